"""A real X server with a Tk window on it that logs what it receives."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apps.log import read_log
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.geometry import Point, Position, Size
from vistest.devices import connect
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.fake_input import FakeEvent, FakeInput
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen
from vistest.testing.device_contract import Received

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.core.events import InputEvent

RECEIVER = Path(__file__).parents[2] / "apps" / "receiver"
KEYS = {"Control_L": "Control", "Shift_L": "Shift"}


class X11Stage:
    def __init__(self, screen: VirtualScreen, log: Path) -> None:
        self.screen = screen
        self.device = screen.connect()
        self.log = log
        self.application = self.device.launch([sys.executable, str(RECEIVER), str(log)])
        self.field = Position(Point(150, 120), self.device.info.screen)
        self.text_field = Position(Point(150, 350), self.device.info.screen)
        deadline = Deadline.after(15, MonotonicClock())
        while not read_log(self.log) and not deadline.passed:
            deadline.pause(0.02)
        self._wait_until_painted()

    def received(self) -> Sequence[Received]:
        return [_received(line) for line in read_log(self.log)]

    def user_performs(self, event: InputEvent) -> None:
        with connect(self.screen.uri) as user:
            user.sink.perform(event)

    def user_clicks(self, count: int) -> None:
        x, y = int(self.field.point.x), int(self.field.point.y)
        connection = Connection(self.device.info.uri.removeprefix("x11:"))
        clicks = [FakeEvent(0, kind, 1) for kind in ("button_down", "button_up")] * count
        FakeInput(connection, MonotonicClock()).play([FakeEvent(0, "move", x=x, y=y), *clicks])
        connection.close()

    def lose(self) -> None:
        os.kill(self.screen._running[0].process, signal.SIGKILL)

    def _wait_until_painted(self) -> None:
        video = self.device.open_video()
        while video.next_frame(0.3) is not None:
            pass
        video.close()


def _received(line: dict[str, object]) -> Received:
    kind = str(line["kind"]).replace("key_down", "key")
    value = line.get("value", line.get("button", 0))
    return Received(
        kind,
        float(line.get("time_ms", 0)),
        float(line.get("x", 0)),
        float(line.get("y", 0)),
        KEYS.get(value, value),
    )


@contextlib.contextmanager
def staged(log: Path) -> Iterator[X11Stage]:
    with VirtualScreen(ScreenSetup(Size(700, 500))) as screen:
        stage = X11Stage(screen, log)
        yield stage
        stage.device.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[X11Stage]:
    with staged(tmp_path / "log.jsonl") as stage:
        yield stage


@pytest.fixture
def other_stage(tmp_path: Path) -> Iterator[X11Stage]:
    with staged(tmp_path / "other.jsonl") as stage:
        yield stage
