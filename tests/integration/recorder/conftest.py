from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.geometry import Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

APPS = Path(__file__).parents[2] / "apps"
CLOCK = MonotonicClock()


@pytest.fixture
def clock():
    return CLOCK


@pytest.fixture(name="wait_until")
def _wait_until():
    return wait_until


def wait_until(condition, seconds=20.0):
    deadline = Deadline.after(seconds, CLOCK)
    while not condition():
        assert not deadline.passed, "it did not happen in time"
        deadline.pause(0.05)


class RecordProcess:
    """`vistest record` as a user runs it."""

    def __init__(self, uri, path, log, *options):
        self.path = path
        self._log = log
        command = [sys.executable, "-m", "vistest", "--debug", "record", uri, "-o", str(path)]
        self._error_file = log.open("w+b")
        self.process = subprocess.Popen(
            [*command, "--json", "--no-build", *options],
            stdout=subprocess.PIPE,
            stderr=self._error_file,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
        )
        wait_until(lambda: "Recording." in self.errors or self.process.poll() is not None)

    @property
    def errors(self):
        return self._log.read_text()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._error_file.close()

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.result()

    def result(self):
        self.output, _ = self.process.communicate(timeout=30)
        self.code = self.process.returncode
        return json.loads(self.output) if self.output.strip() else None


@pytest.fixture
def screen():
    with VirtualScreen(ScreenSetup(Size(800, 600))) as screen:
        yield screen


@pytest.fixture
def start_recording(screen, tmp_path):
    running = []

    def start(*options, path=None):
        path = path or tmp_path / "session.vrec"
        recorder = RecordProcess(screen.uri, path, tmp_path / "recorder.log", *options)
        running.append(recorder)
        return recorder

    yield start
    for recorder in running:
        recorder.close()


@pytest.fixture
def start_app(screen, tmp_path):
    """Start an application of tests/apps; returns its log."""
    running = []

    def start(name, *options):
        log = tmp_path / f"{name}.jsonl"
        command = [sys.executable, str(APPS / name), "--log", str(log), *options]
        running.append(subprocess.Popen(command, env=screen.environment))
        return log

    yield start
    for process in running:
        process.kill()
        process.wait()
