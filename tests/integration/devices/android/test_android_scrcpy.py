"""Video, fingers and clipboard through the stand-in for scrcpy's server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.phone.adb import eventually
from vistest.core.events import Pinch, Swipe, Tap, TextInput, Waypoint
from vistest.core.geometry import Point, Position
from vistest.devices import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.devices.android.conftest import PhoneStage
    from vistest.devices.base import Device

pytestmark = [pytest.mark.x11, pytest.mark.slow]


@pytest.fixture
def device(stage: PhoneStage, tmp_path: Path) -> Iterator[Device]:
    jar = tmp_path / "scrcpy-server-v3.3.4"
    jar.write_bytes(b"in the place of a program")
    with connect(f"adb:{stage.phone.address}?scrcpy={jar}") as device:
        yield device


def test_frames_carry_the_phones_own_times(stage: PhoneStage, device: Device) -> None:
    video = device.open_video()
    first = video.next_frame(15.0)
    assert first is not None
    while video.next_frame(1.0) is not None:
        pass
    asked_ms = device.now_ms()
    device.sink.perform(Tap(stage.field))
    changed = video.next_frame(5.0)
    video.close()
    assert changed is not None
    assert changed.size == first.size
    assert asked_ms <= changed.time_ms <= device.now_ms()


def test_fingers_and_paths(stage: PhoneStage, device: Device) -> None:
    assert device.capabilities.multi_touch
    device.sink.perform(Pinch(stage.field, start_span=60, end_span=200))
    assert eventually(lambda: len([e for e in stage.received() if e.kind == "release"]) == 2)
    path = [(0, 0, 0), (150, 60, 0), (300, 60, 60)]
    start = stage.field.point
    device.sink.perform(
        Swipe(
            tuple(
                Waypoint(ms, Position(Point(start.x + dx, start.y + dy), stage.field.screen))
                for ms, dx, dy in path
            )
        )
    )
    assert eventually(lambda: len([e for e in stage.received() if e.kind == "release"]) == 3)
    last = [event for event in stage.received() if event.kind == "release"][-1]
    assert (last.x, last.y) == (start.x + 60, start.y + 60)


def test_any_script_by_the_clipboard(stage: PhoneStage, device: Device) -> None:
    device.sink.perform(Tap(stage.text_field))
    device.sink.perform(TextInput("Größe 世界 $(reboot)"))
    assert eventually(
        lambda: (
            [e.value for e in stage.received() if e.kind == "text"][-1:] == ["Größe 世界 $(reboot)"]
        )
    )
