"""`vistest parse`: what is on each picture of a list."""

from __future__ import annotations

import json
import time
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from vistest.cli.output import error_console, print_error
from vistest.core.errors import FormatError, VistestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.scene import Scene
    from vistest.vision.parse import ScreenParser


def parse(
    images: Annotated[Path, typer.Option(help="Text file with the path of one picture a line.")],
    out: Annotated[Path, typer.Option(help="Where to write one JSON line per picture.")],
) -> None:
    """List the objects of pictures of screens: class, box, score and text.

    A picture that cannot be read gives a line with `image` and `error`; the others are parsed
    all the same, and the exit code is 1.
    """
    paths = _listed(images)
    try:
        with out.open("w", encoding="utf-8") as sink:
            failures = _parse_all(paths, sink)
    except OSError as error:
        raise VistestError(
            f"{out} cannot be written: {error.strerror}", hint="Give another path with --out."
        ) from error
    if failures:
        raise typer.Exit(1)


def scene_record(image: str, scene: Scene, elapsed_ms: float) -> dict[str, Any]:
    """A line of the output."""
    size = scene.screen.size
    return {
        "image": image,
        "size": [size.width, size.height],
        "elements": [
            {
                "class": element.cls,
                "box": [round(value, 1) for value in element.box.as_list()],
                "score": round(element.score, 4),
                "text": element.text,
            }
            for element in scene.elements
        ],
        "elapsed_ms": round(elapsed_ms, 1),
    }


def _listed(images: Path) -> list[str]:
    try:
        text = images.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(
            f"the list {images} cannot be read", hint="Give a text file with one path a line."
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parse_all(paths: Sequence[str], sink: TextIO) -> int:
    """Write a line for each picture; returns how many could not be read."""
    from rich.progress import Progress

    from vistest.vision.parse import ScreenParser

    parser = ScreenParser.default()
    failures = 0
    with Progress(console=error_console, transient=True) as progress:
        for path in progress.track(paths, description="parsing"):
            try:
                record = _parse_one(parser, path)
            except FormatError as error:
                failures += 1
                print_error(error)
                record = {"image": path, "error": str(error)}
            sink.write(json.dumps(record) + "\n")
            sink.flush()
    return failures


def _parse_one(parser: ScreenParser, path: str) -> dict[str, Any]:
    from vistest.vision.images import read_frame

    frame = read_frame(path)
    start = time.perf_counter()
    scene = parser.parse(frame)
    return scene_record(path, scene, (time.perf_counter() - start) * 1e3)
