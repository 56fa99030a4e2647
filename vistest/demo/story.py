"""What the demo does: a person works on screen A, the script replays on B, C and D."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.codegen import build_script
from vistest.demo.calculator import copied_result, wait_for_window
from vistest.demo.person import Person
from vistest.devices.x11.virtual import VirtualScreen
from vistest.recorder import Recorder, RecorderOptions
from vistest.recording import DeviceFacts, Recording, RecordingWriter
from vistest.script import load_script

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.core.clock import Clock
    from vistest.devices.base import Device
    from vistest.devices.x11.virtual import ScreenSetup
    from vistest.replayer import Replayer
    from vistest.results.model import RunResult
    from vistest.script.model import Script
    from vistest.vision.parse import ScreenParser

APPLICATION = "galculator"
KEYS = "7*8=C123-77="
RESULTS = {"7*8=": "56", KEYS: "46"}
FINAL = RESULTS[KEYS]

_STARTING_S = 0.6
_ENDING_S = 0.5


@dataclass(frozen=True, slots=True)
class Shown:
    """A replay, and what the application itself says at its end."""

    result: RunResult
    display: str

    @property
    def right(self) -> bool:
        return self.result.status == "passed" and self.display == FINAL


def record(setup: ScreenSetup, folder: Path, clock: Clock) -> None:
    """Let a scripted person work on a screen of its own while the recorder records it."""
    with VirtualScreen(setup) as screen, screen.connect() as device:
        device.launch([APPLICATION])
        window = wait_for_window(screen.environment["DISPLAY"], APPLICATION, clock)
        clock.pause(_STARTING_S)
        device.sink.park_pointer()
        options = RecorderOptions()
        writer = RecordingWriter(folder, facts(device), device.now_ms(), app=[APPLICATION])
        recorder = Recorder(device, writer, options)
        recorder.start()
        person = Person(device.sink, device.info.screen, window, clock)
        hot_key = (*sorted(options.checkpoint_key.modifiers), options.checkpoint_key.key)
        done = ""
        for key in KEYS:
            person.tap(key)
            done += key
            if done in RESULTS:
                person.check("display", hot_key)
        clock.pause(_ENDING_S)
        summary = recorder.stop()
        if summary.error is not None:
            raise summary.error


def facts(device: Device) -> DeviceFacts:
    """The device in the words of a recording."""
    info = device.info
    return DeviceFacts(info.uri, info.backend, info.platform, info.name, info.screen)


def build(recording: Path, folder: Path, parser: ScreenParser) -> Script:
    """The script of a recording, as a tester would load it again."""
    build_script(Recording.open(recording), parser, folder)
    return load_script(folder)


def replay(
    script: Script, setup: ScreenSetup, folder: Path, replayer: Replayer, clock: Clock
) -> Shown:
    """Replay on a screen of its own and ask the application for its result."""
    with VirtualScreen(setup) as screen, screen.connect() as device:
        device.launch([APPLICATION])
        wait_for_window(screen.environment["DISPLAY"], APPLICATION, clock)
        result = replayer.run(script, device, folder, launch=False)
        return Shown(result, copied_result(screen.environment, device.sink, clock))
