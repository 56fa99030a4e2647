"""Drives a process that draws pages and says where everything is."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from models.data.looks import Look


class RenderError(Exception):
    """A page could not be drawn, or what was drawn is not what the page says."""


class PageRenderer:
    """A process that draws logical pages. Used from one thread; close it.

    It reads jobs from its standard input, one JSON object a line, `{id, page, look, views}`, and
    answers each with one line, `{id, views}` or `{id, error}`.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self._process = subprocess.Popen(
            list(command),
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def draw(
        self, page: dict[str, Any], views: Sequence[tuple[Look, Path]]
    ) -> list[dict[str, Any]]:
        """Draws `page` once for each view and saves the pictures.

        Args:
            page: From `Page.as_json`.
            views: Looks that differ only in what `Look.loads_as` leaves out, each with the PNG
                to write.

        Returns:
            For each view `elements` and `behind`, boxes in dp.

        Raises:
            RenderError: a widget was not drawn, has no size or is covered, or the kit failed.
        """
        look = views[0][0]
        job = {
            "id": str(views[0][1]),
            "page": page,
            "look": look.as_json(),
            "views": [
                {
                    "width": view.width, "height": view.height, "density": view.density,
                    "scroll": view.scroll, "png": str(png),
                }
                for view, png in views
            ],
        }  # fmt: skip
        answer = self._ask(job)
        if "error" in answer:
            raise RenderError(answer["error"])
        return answer["views"]

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise RenderError("the renderer has no pipes")
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise RenderError("the renderer has ended; its last words are above") from error
        line = process.stdout.readline()
        if not line:
            raise RenderError("the renderer has ended; its last words are above")
        return json.loads(line)
