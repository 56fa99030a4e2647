"""Results on disk: a folder with `results.jsonl` and pictures, written while a run goes on."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vistest.core.errors import FormatError, VistestError
from vistest.core.paths import path_inside
from vistest.results.lines import (
    end_to_json,
    run_from_json,
    run_to_json,
    step_from_json,
    step_to_json,
)
from vistest.results.migrate import RESULTS
from vistest.results.model import Artifact, ArtifactKind, RunResult, StepResult

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.core.frame import Frame

RESULTS_FILE = "results.jsonl"


class ResultWriter:
    """Appends each step as it ends, so that a crash keeps what was there. One thread.

    Use it as a context manager, or call `close`. `finish` writes the end; without it the run
    reads as one that broke off.
    """

    def __init__(self, folder: Path, run: RunResult) -> None:
        """Begin a run in `folder`, which is created.

        Args:
            folder: Must not hold results already.
            run: What is known now: script, device, screen, start, versions.

        Raises:
            FormatError: there are results in the folder.
        """
        (folder / "pictures").mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._run = run
        self._steps: list[StepResult] = []
        self._pictures: dict[str, str] = {}
        try:
            self._stream = (folder / RESULTS_FILE).open("x", encoding="ascii")
        except FileExistsError as error:
            hint = "choose another folder, or delete this one"
            raise FormatError(f"{folder} holds the results of a run already", hint=hint) from error
        self._write({"kind": "run", "version": RESULTS.version, **run_to_json(run)})

    def picture(self, kind: ArtifactKind, frame: Frame, name: str) -> Artifact:
        """Keep `frame` without loss as `pictures/NAME.png`; the same pixels are kept once."""
        import cv2

        digest = frame.digest()
        if digest not in self._pictures:
            path = f"pictures/{name}.png"
            done, encoded = cv2.imencode(".png", frame.bgr)
            if not done:
                raise FormatError(f"the picture {path} cannot be encoded")
            path_inside(self.folder, path).write_bytes(encoded.tobytes())
            self._pictures[digest] = path
        return Artifact(kind, self._pictures[digest])

    def text(self, kind: ArtifactKind, text: str, path: str) -> Artifact:
        """Keep `text` in the folder as `path`."""
        place = path_inside(self.folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", errors="replace")
        return Artifact(kind, path)

    def attach(self, kind: ArtifactKind, source: Path, path: str) -> Artifact:
        """Copy a file into the folder as `path`."""
        place = path_inside(self.folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        return Artifact(kind, path)

    def add(self, step: StepResult) -> None:
        """Keep what became of a step."""
        self._write({"kind": "step", **step_to_json(step)})
        self._steps.append(step)

    def finish(self, run: RunResult) -> RunResult:
        """Write the end: status, reason, time and artifacts of `run`; its steps are those added."""
        complete = replace(run, steps=tuple(self._steps))
        self._write({"kind": "end", **end_to_json(complete)})
        self.close()
        return complete

    def close(self) -> None:
        """Stop writing; safe to call twice."""
        self._stream.close()

    def __enter__(self) -> ResultWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, fields: dict[str, Any]) -> None:
        line = json.dumps(fields, allow_nan=False) + "\n"
        try:
            self._stream.write(line)
            self._stream.flush()
        except OSError as error:
            hint = "what was written before can be read; make room and run again"
            message = f"{self.folder / RESULTS_FILE} cannot be written: {error.strerror}"
            raise VistestError(message, hint=hint) from error


def load_results(folder: Path) -> RunResult:
    """Read the run in `folder`; one that broke off has status `error`.

    Raises:
        FormatError: there are no results, or they are damaged before their last line.
        UnsupportedVersion: a newer vistest wrote them.
    """
    file = folder / RESULTS_FILE
    lines = _lines(file)
    if not lines or lines[0].get("kind") != "run":
        raise FormatError(f"{file} does not begin with a run")
    lines = RESULTS.upgrade(lines, lines[0].get("version"), str(file))
    try:
        steps = [step_from_json(line) for line in lines if line["kind"] == "step"]
        ends = [line for line in lines if line["kind"] == "end"]
        run = run_from_json(lines[0], steps, ends[-1] if ends else _broken_off(steps))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise FormatError(f"{file} is damaged: {error!r}") from error
    for artifact in [*run.artifacts, *(item for step in steps for item in step.artifacts)]:
        path_inside(folder, artifact.path)
    return run


def find_results(folder: Path) -> list[Path]:
    """`folder` if it holds results, else its subfolders that do, by name.

    Raises:
        FormatError: neither holds any.
    """
    if (folder / RESULTS_FILE).is_file():
        return [folder]
    found = sorted(file.parent for file in folder.glob(f"*/{RESULTS_FILE}"))
    if not found:
        hint = "give the folder that vistest replay --report wrote"
        raise FormatError(f"there are no results in {folder}", hint=hint)
    return found


def _broken_off(steps: list[StepResult]) -> dict[str, Any]:
    last = steps[-1] if steps else None
    elapsed = last.started_ms + last.elapsed_ms if last else 0.0
    reason = f"the replay broke off after {len(steps)} steps"
    return {"status": "error", "reason": reason, "elapsed_ms": elapsed}


def _lines(file: Path) -> list[dict[str, Any]]:
    """All lines; the last may be cut short by a crash and is left out then."""
    try:
        rows = file.read_bytes().split(b"\n")
    except OSError as error:
        hint = "give the folder that vistest replay --report wrote"
        raise FormatError(f"there are no results at {file.parent}", hint=hint) from error
    lines: list[dict[str, Any]] = []
    for number, row in enumerate(rows[:-1], 1):
        try:
            line = json.loads(row, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{file} is damaged at line {number}: {error}") from error
        if not isinstance(line, dict):
            raise FormatError(f"{file} is damaged at line {number}")
        lines.append(line)
    return lines


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")
