"""A small run on disk: two buttons, a tap that found one of them, an expectation that failed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from vistest.core.errors import WaitNote
from vistest.core.frame import Frame
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.core.scene import Candidate, Match, UiElement
from vistest.results import ResultWriter
from vistest.results.model import Artifact, Attempt, RunResult, StepResult

BEGUN = RunResult(
    "Sum",
    "x11::91",
    "linux",
    Screen(Size(320, 200), 1.5),
    "2026-11-24T10:00:00+00:00",
    "passed",
    versions=(("vistest", "0.1.0"),),
    script_path="sum.vistest",
)
KEY = Rect(20, 120, 80, 160)
OTHER = Rect(100, 120, 160, 160)


def frame(shade: int = 230) -> Frame:
    pixels = np.full((200, 320, 3), shade, np.uint8)
    for box, text in ((KEY, "7"), (OTHER, "1")):
        corner = (int(box.left), int(box.top))
        cv2.rectangle(pixels, corner, (int(box.right), int(box.bottom)), (90, 90, 90), 1)
        cv2.putText(pixels, text, (corner[0] + 20, corner[1] + 30), 0, 1, (30, 30, 30), 2)
    return Frame.from_bgr(pixels)


def found(text: str = "7") -> Match:
    first = Candidate(UiElement("button", KEY, 0.9, text), 0.93, {"text": 3.1, "place": -0.5})
    second = Candidate(UiElement("button", OTHER, 0.9, "1"), 0.21, {"text": -1.0})
    return Match("found", (first, second), 0.97, KEY.center, f"it reads {text}")


WriteRun = Callable[..., Path]


@pytest.fixture
def write_run(tmp_path: Path) -> WriteRun:
    """Writes a run into `tmp_path / name`; `text` is what the screen and the script say."""

    def write(name: str = "run", text: str = "7", video: bytes = b"", **changes: object) -> Path:
        begun = replace(BEGUN, **changes)
        with ResultWriter(tmp_path / name, begun) as writer:
            before = writer.picture("before", frame(), "001-before")
            after = writer.picture("after", frame(200), "001-after")
            tries = (
                Attempt(found(text), Point(50, 140), False, (WaitNote(9000, text),), 120),
                Attempt(found(text), Point(50, 140), True, (), 80),
            )
            tap = StepResult(
                0, 4, f"tap {text}", "passed", "", tries, ("tap_retried",), (before, after)
            )
            writer.add(replace(tap, elapsed_ms=1250, own_ms=90, source=f"tap: {text}"))
            absent = Attempt(Match("absent", (), 0.1, None, "nothing like it"), elapsed_ms=5000)
            reason = f"{text} is not there"
            writer.add(
                StepResult(1, 5, f"expect {text}", "failed", reason, (absent,), (), (before,))
            )
            writer.add(StepResult(2, 6, "press Enter", "skipped", "a step before it failed"))
            artifacts = ()
            if video:
                (tmp_path / name / "run.mp4").write_bytes(video)
                artifacts = (Artifact("video", "run.mp4"),)
            writer.finish(
                replace(begun, status="failed", reason=reason, elapsed_ms=6500, artifacts=artifacts)
            )
        return tmp_path / name

    return write
