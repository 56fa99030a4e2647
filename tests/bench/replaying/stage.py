"""What the parts of the replay bench share: engines loaded once, folders, figures of steps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.bench.parsers import bench_parser
from vistest.core.clock import MonotonicClock
from vistest.core.events import Tap
from vistest.core.geometry import Position
from vistest.demo import story
from vistest.recorder import Recorder, RecorderOptions
from vistest.recording import RecordingWriter
from vistest.replayer import Locator, Replayer, ReplayOptions
from vistest.vision.matching import DescribedQuery, Matcher

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from vistest.core.geometry import Point
    from vistest.core.scene import ElementClass
    from vistest.devices.base import Device
    from vistest.results.model import StepResult
    from vistest.script.model import Script


class Stage:
    """Engines, clock and folders of one run of the bench."""

    def __init__(self, folder: Path, console: Console) -> None:
        self.folder = folder
        self.console = console
        self.clock = MonotonicClock()
        self.parser = bench_parser()
        self.matcher = Matcher()
        self.own_ms: list[float] = []
        self.replayer = Replayer(
            Locator(self.parser, self.matcher),
            self.clock,
            ReplayOptions(),
            os.environ,
            on_step=self._note,
        )

    def say(self, text: str) -> None:
        self.console.print(text, highlight=False, markup=False)

    def new_folder(self, name: str) -> Path:
        number = sum(1 for path in self.folder.iterdir() if path.name.startswith(name))
        return self.folder / f"{name}-{number}"

    def build(self, recording: Path) -> Script:
        return story.build(recording, recording.with_suffix(".vistest"), self.parser)

    def recorder(self, device: Device, folder: Path) -> Recorder:
        writer = RecordingWriter(folder, story.facts(device), device.now_ms())
        return Recorder(device, writer, RecorderOptions())

    def tap_text(self, device: Device, text: str, cls: ElementClass | None = None) -> None:
        """Do as a person does who looks for `text` and clicks on it; only while recording.

        Raises:
            LookupError: it is not to be seen, and so the recording is worth nothing.
        """
        device.sink.perform(Tap(Position(self.see(device, text, cls), device.info.screen)))
        self.clock.pause(0.7)

    def see(self, device: Device, text: str, cls: ElementClass | None = None) -> Point:
        match = self.matcher.match(DescribedQuery(text, cls), self.parser.parse(device.grab()))
        if match.point is None:
            raise LookupError(f"the person does not see {text!r}: {match.reason}")
        return match.point

    def _note(self, step: StepResult) -> None:
        if step.status == "passed":
            self.own_ms.append(step.own_ms)
            if step.flags:
                self.say(f"    {', '.join(step.flags)}: {step.title}")
        elif step.status != "skipped":
            self.say(f"    {step.status}: {step.title}: {step.reason}")
