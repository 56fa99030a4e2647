"""The device contract on the fake device, whose application reads `performed`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from vistest.core.events import (
    InputEvent,
    KeyEvent,
    LongPress,
    Pinch,
    PointerEvent,
    RawEvent,
    Swipe,
    Tap,
    TextInput,
    WheelEvent,
)
from vistest.core.geometry import Point, Position, Size
from vistest.testing import FakeDevice, raw_events
from vistest.testing.device_contract import DeviceContract, Received

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KINDS = {"down": "press", "up": "release", "move": "move"}
BUTTONS = {"left": 1, "middle": 2, "right": 3}


class FakeStage:
    def __init__(self) -> None:
        self.device = FakeDevice(paint, size=Size(300, 300), programs=[])
        self.field = Position(Point(100, 100), self.device.info.screen)
        self.text_field = Position(Point(100, 250), self.device.info.screen)

    def received(self) -> Sequence[Received]:
        device = self.device
        found, text = [], ""
        for event, began_ms in zip(device.performed, device.performed_ms, strict=True):
            if isinstance(event, TextInput):
                text += event.text
                found.append(Received("text", value=text))
            elif not isinstance(event, Pinch):
                found += [line for raw in raw_events(event, began_ms) for line in received(raw)]
        return found

    def user_performs(self, event: InputEvent) -> None:
        self.device.user_performs(event)
        self.device.clock.pause(1.0)

    def user_clicks(self, count: int) -> None:
        self.user_performs(Tap(self.field, count=count))

    def lose(self) -> None:
        self.device.lose()


def received(event: RawEvent) -> list[Received]:
    match event:
        case PointerEvent():
            value = BUTTONS[event.button]
            return [Received(KINDS[event.action], event.time_ms, *pixel(event.at), value)]
        case WheelEvent():
            return [Received("wheel", event.time_ms, *pixel(event.at), event.dy)]
        case KeyEvent(action="down"):
            return [Received("key", event.time_ms, value=event.key)]
    return []


def pixel(at: Position) -> tuple[float, float]:
    return at.point.x, at.point.y


def paint(time_ms: float, performed: Sequence[InputEvent]) -> NDArray[np.uint8]:
    presses = sum(isinstance(event, Tap | LongPress | Swipe) for event in performed)
    return np.full((300, 300, 4), presses, np.uint8)


class TestFakeDevice(DeviceContract):
    @pytest.fixture
    def stage(self) -> FakeStage:
        return FakeStage()

    @pytest.fixture
    def other_stage(self) -> FakeStage:
        return FakeStage()
