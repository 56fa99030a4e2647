"""A stand-in for a phone with a page on it that logs all that it receives."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.phone import Phone, PhoneSetup
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.events import Scroll, Tap, TextInput
from vistest.core.geometry import Point, Position
from vistest.devices import connect
from vistest.testing.device_contract import Received

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vistest.core.events import InputEvent

PAD = PhoneSetup(size=(720, 1280), density=2.0, page="pad", keyboard="none", sendevent=True)
KEYBOARD = "com.android.adbkeyboard/.AdbIME"


class PhoneStage:
    """See `vistest.testing.device_contract.Stage`."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.device = connect(f"adb:{phone.address}")
        screen = self.device.info.screen
        field, text = self._box("#pad"), self._box("#pad-text")
        self.field = Position(Point(*map(int, field)), screen)
        self.text_field = Position(Point(*map(int, text)), screen)

    def received(self) -> Sequence[Received]:
        return [
            Received(
                event["action"],
                event["time_ms"],
                event.get("x", 0),
                event.get("y", 0),
                event["value"],
            )
            for event in self.phone.events()
            if event["page"] == "pad" and event["action"] != "shown"
        ]

    def user_performs(self, event: InputEvent) -> None:
        user = self.phone.user
        match event:
            case Tap(at, count):
                user.tap(at.point.x, at.point.y, count=count)
            case Scroll(at, _, notches):
                self.phone.control.call("wheel", x=at.point.x, y=at.point.y, notches=notches)
            case TextInput(text):
                user.type_on_keyboard(text)
            case _:
                raise NotImplementedError(event)

    def user_clicks(self, count: int) -> None:
        self.phone.user.burst(self.field.point.x, self.field.point.y, count)

    def lose(self) -> None:
        self.phone.faults(refuse_connections=True)
        self.phone.disconnect()

    def _box(self, selector: str) -> tuple[float, float]:
        deadline = Deadline.after(15, MonotonicClock())
        while (box := self.phone.where(selector)) is None and not deadline.passed:
            deadline.pause(0.1)
        assert box is not None, selector
        return box.center.x, box.center.y


@pytest.fixture(scope="session", autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A configuration folder of its own: no test touches a developer's keys."""
    folder = tmp_path_factory.mktemp("config")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def pad_phone() -> Iterator[Phone]:
    with Phone(PAD) as phone:
        yield phone


@pytest.fixture(scope="session")
def other_pad_phone() -> Iterator[Phone]:
    with Phone(PAD) as phone:
        yield phone


@contextlib.contextmanager
def staged(phone: Phone) -> Iterator[PhoneStage]:
    phone.reset()
    stage = PhoneStage(phone)
    yield stage
    stage.device.close()


@pytest.fixture
def stage(pad_phone: Phone) -> Iterator[PhoneStage]:
    with staged(pad_phone) as stage:
        yield stage


@pytest.fixture
def other_stage(other_pad_phone: Phone) -> Iterator[PhoneStage]:
    with staged(other_pad_phone) as stage:
        yield stage
