"""mousepad: typing Unicode, menus and a dialog; recorded light, replayed dark at another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.events import Tap, TextInput
from vistest.core.geometry import Position
from vistest.demo.calculator import wait_for_window
from vistest.demo.screens import SCREENS
from vistest.devices.x11.virtual import VirtualScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.figures import Bench
    from tests.bench.replaying.stage import Stage

_APPLICATION = "mousepad"
_TEXT = "Grüße aus Köln, привет мир, 你好"
_NAME = "~/notes of today.txt"
_FILE = "home/notes of today.txt"


def measure(bench: Bench, stage: Stage, runs: int) -> None:
    recording = _record(stage)
    script = stage.build(recording)
    right = 0
    for number in range(runs):
        stage.say(f"{_APPLICATION} on B, {number + 1} of {runs}")
        with VirtualScreen(SCREENS["B"]) as screen, screen.connect() as device:
            device.launch([_APPLICATION], {"HOME": screen.environment["HOME"]})
            wait_for_window(screen.environment["DISPLAY"], _APPLICATION, stage.clock)
            result = stage.replayer.run(script, device, stage.new_folder("editor"))
            stage.clock.pause(0.5)
            file = screen.folder / _FILE
            content = file.read_text(encoding="utf-8") if file.exists() else None
        saved = content is not None and content.rstrip("\n") == _TEXT
        right += saved and result.status == "passed"
        bench.cases.append(
            {
                "part": "editor",
                "status": result.status,
                "reason": result.reason,
                "content": content,
                "elapsed_ms": result.elapsed_ms,
            }
        )
    bench.count("editor_runs_ok", right, "runs", runs)


def _record(stage: Stage) -> Path:
    folder = stage.folder / "editor.vrec"
    with VirtualScreen(SCREENS["A"]) as screen, screen.connect() as device:
        device.launch([_APPLICATION])
        window = wait_for_window(screen.environment["DISPLAY"], _APPLICATION, stage.clock)
        stage.clock.pause(1.5)
        recorder = stage.recorder(device, folder)
        recorder.start()
        device.sink.perform(Tap(Position(window.center, device.info.screen)))
        stage.clock.pause(0.5)
        device.sink.perform(TextInput(_TEXT))
        stage.clock.pause(0.7)
        stage.tap_text(device, "File")
        stage.tap_text(device, "Save As...")
        stage.clock.pause(1.0)
        device.sink.perform(TextInput(_NAME))
        stage.clock.pause(0.7)
        stage.tap_text(device, "Save", "button")
        summary = recorder.stop()
        if summary.error is not None:
            raise summary.error
    return folder
