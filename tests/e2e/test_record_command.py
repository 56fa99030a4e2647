"""`vistest record` as a tester uses it: work, press Ctrl-C, replay the script."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from vistest.core.clock import MonotonicClock
from vistest.demo.calculator import wait_for_window
from vistest.demo.person import Person
from vistest.demo.screens import SCREENS
from vistest.devices.x11.virtual import VirtualScreen
from vistest.script import load_script

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.replayer import Replayer

pytestmark = [pytest.mark.e2e, pytest.mark.x11, pytest.mark.slow]

CLOCK = MonotonicClock()


def test_what_is_recorded_until_ctrl_c_is_a_script_that_replays(
    replayer: Replayer, tmp_path: Path
) -> None:
    recording = tmp_path / "first.vrec"
    with VirtualScreen(SCREENS["A"]) as screen, screen.connect() as device:
        command = [sys.executable, "-m", "vistest", "record", screen.uri, "-o", str(recording)]
        recorder = subprocess.Popen(
            [*command, "--app", "galculator"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=screen.environment,
            text=True,
        )
        assert recorder.stderr is not None
        assert any(line.startswith("Recording.") for line in recorder.stderr)
        window = wait_for_window(screen.environment["DISPLAY"], "galculator", CLOCK)
        CLOCK.pause(1.0)
        person = Person(device.sink, device.info.screen, window, CLOCK)
        for key in "9-4=":
            person.tap(key)
        CLOCK.pause(0.5)
        recorder.send_signal(signal.SIGINT)
        said, complaints = recorder.communicate(timeout=120)
        assert recorder.returncode == 0, complaints
    script = load_script(tmp_path / "first.vistest")
    assert script.steps[0].action.target.text == "9", said
    with VirtualScreen(SCREENS["B"]) as screen, screen.connect() as device:
        result = replayer.run(script, device, tmp_path / "results")
        assert result.status == "passed", result.reason
    assert script.app == ("galculator",)
