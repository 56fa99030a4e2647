"""The main job on a real application, and what happens when it cannot be done."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from vistest.core.clock import MonotonicClock
from vistest.demo import story
from vistest.demo.calculator import copied_result, wait_for_window
from vistest.demo.screens import SCREENS
from vistest.devices.x11.virtual import VirtualScreen
from vistest.report import write_html, write_junit
from vistest.results import load_results
from vistest.script import load_script

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.replayer import Replayer

pytestmark = [pytest.mark.e2e, pytest.mark.x11, pytest.mark.slow]

CLOCK = MonotonicClock()
HOSTILE = "<script>alert(1)</script>\x1b[2J\u202e" + "x" * 10_000


def vistest(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vistest", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.parametrize("name", ["B", "C", "D"])
def test_recorded_on_one_screen_it_works_on_another(
    name: str, calculation: Path, replayer: Replayer, tmp_path: Path
) -> None:
    script = load_script(calculation)
    shown = story.replay(script, SCREENS[name], tmp_path / "results", replayer, CLOCK)
    assert shown.result.status == "passed", shown.result.reason
    assert shown.display == story.FINAL


def test_a_script_by_hand_is_replayed_and_reported_by_the_command_line(tmp_path: Path) -> None:
    script = tmp_path / "sum.yaml"
    script.write_text(
        "version: 1\nsteps:\n"
        "  - tap: 7\n  - tap: {button: 8}\n  - key: '*'\n  - tap: 2\n  - key: Enter\n"
        "  - expect: 156\n"
    )
    results = tmp_path / "results"
    with VirtualScreen(SCREENS["A"]) as screen, screen.connect() as device:
        device.launch(["galculator"])
        wait_for_window(screen.environment["DISPLAY"], "galculator", CLOCK)
        done = vistest(
            "replay", str(script), "--device", screen.uri, "--report", str(results), "--json"
        )
        assert copied_result(screen.environment, device.sink, CLOCK) == "156"
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["status"] == "passed"
    assert "data:image/" in (results / "report.html").read_text()
    assert (results / "junit.xml").read_text().count("<testcase") == 1


def test_what_is_not_there_is_not_tapped_and_hostile_text_harms_nothing(tmp_path: Path) -> None:
    script = tmp_path / "hostile.yaml"
    script.write_text(f"version: 1\nsteps:\n  - tap: {json.dumps(HOSTILE)}\n    timeout: 4\n")
    results = tmp_path / "results"
    with VirtualScreen(SCREENS["A"]) as screen, screen.connect() as device:
        device.launch(["galculator"])
        wait_for_window(screen.environment["DISPLAY"], "galculator", CLOCK)
        arguments = ["replay", str(script), "--device", screen.uri, "--report", str(results)]
        done = vistest(*arguments)
        assert copied_result(screen.environment, device.sink, CLOCK) == "0", "something was tapped"
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "\x1b[2J" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    assert len(done.stdout) < 5_000
    run = load_results(results)
    assert run.steps[0].status == "failed"
    assert "<script>alert" not in (results / "report.html").read_text()


def test_a_display_that_vanishes_ends_the_run_and_keeps_the_results(
    calculation: Path, replayer: Replayer, tmp_path: Path
) -> None:
    script = load_script(calculation)
    screen = VirtualScreen(SCREENS["A"])
    with screen.connect() as device:
        device.launch(["galculator"])
        wait_for_window(screen.environment["DISPLAY"], "galculator", CLOCK)
        killer = threading.Timer(4.0, screen.close)
        killer.start()
        result = replayer.run(script, device, tmp_path / "results", launch=False)
        killer.join()
    assert result.status == "error"
    assert screen.environment["DISPLAY"] in result.reason
    assert load_results(tmp_path / "results").status == "error"
    write_html([tmp_path / "results"], tmp_path / "report.html")
    write_junit([tmp_path / "results"], tmp_path / "junit.xml")


def test_a_display_that_is_not_there_is_one_clear_sentence(calculation: Path) -> None:
    done = vistest("replay", str(calculation), "--device", "x11::987")
    assert done.returncode == 1
    assert "987" in done.stderr
    assert "try:" in done.stderr
    assert "Traceback" not in done.stderr
