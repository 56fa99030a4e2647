"""A touch screen without hardware: what fingers do is injected, and observed as fingers."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apps.log import read_log
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.events import (
    LongPress,
    Pinch,
    PointerEvent,
    RawEvent,
    Scroll,
    Swipe,
    Tap,
    Waypoint,
    WheelEvent,
)
from vistest.core.geometry import Point, Position, Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vistest.devices.x11.device import X11Device

RECEIVER = Path(__file__).parents[2] / "apps" / "receiver"
DRIVER = Path("/usr/lib/xorg/modules/input/inputtest_drv.so")

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(
        shutil.which("Xorg") is None or not DRIVER.exists() or os.geteuid() != 0,
        reason="needs root and Xorg with its drivers dummy and inputtest",
    ),
]


@pytest.fixture(scope="module")
def device() -> Iterator[X11Device]:
    setup = ScreenSetup(Size(540, 960), window_manager="none", touch=True)
    with VirtualScreen(setup) as screen, screen.connect() as device:
        yield device


def observed(device: X11Device, *events: object) -> list[RawEvent]:
    source = device.open_input()
    for event in events:
        device.sink.perform(event)
    seen: list[RawEvent] = []
    while new := source.poll(0.5):
        seen += new
    source.close()
    return seen


def place(device: X11Device, x: float, y: float) -> Position:
    return Position(Point(x, y), device.info.screen)


def test_a_double_tap_is_two_touches_and_no_click(device: X11Device) -> None:
    seen = observed(device, Tap(place(device, 100, 200), count=2))
    assert [(e.kind, e.action, e.contact) for e in seen] == [
        ("touch", "down", 0),
        ("touch", "up", 0),
    ] * 2
    assert seen[0].at.point.distance_to(Point(100, 200)) <= 1


def test_each_corner_can_be_touched(device: X11Device) -> None:
    for x, y in ((0, 0), (539, 0), (0, 959), (539, 959)):
        touch = observed(device, Tap(place(device, x, y)))[0]
        assert touch.at.point.distance_to(Point(x, y)) <= 1


def test_a_swipe_keeps_its_path_and_time(device: X11Device) -> None:
    path = [(0, 100, 800), (150, 120, 500), (300, 200, 200)]
    swipe = Swipe(tuple(Waypoint(ms, place(device, x, y)) for ms, x, y in path))
    errors = []
    for _ in range(3):
        seen = observed(device, swipe)
        assert seen[0].action == "down"
        assert seen[-1].action == "up"
        assert seen[-1].at.point.distance_to(Point(200, 200)) <= 1
        errors.append(abs(seen[-1].time_ms - seen[0].time_ms - 300))
    assert min(errors) <= 8


def test_a_pinch_is_two_fingers_at_once(device: X11Device) -> None:
    seen = observed(device, Pinch(place(device, 270, 480), start_span=50, end_span=300))
    assert {e.contact for e in seen} == {0, 1}
    assert [e.action for e in seen[:2]] == ["down", "down"]
    assert [e.action for e in seen[-2:]] == ["up", "up"]
    left, right = sorted(e.at.point.x for e in seen[-2:])
    assert right - left == pytest.approx(300, abs=2)


def test_finger_numbers_are_used_again(device: X11Device) -> None:
    pinch = Pinch(place(device, 270, 480), start_span=50, end_span=90, duration_ms=50)
    seen = observed(device, pinch, pinch, LongPress(place(device, 10, 10), duration_ms=50))
    assert {e.contact for e in seen} == {0, 1}
    assert seen[-1].contact == 0


def test_mouse_and_fingers_take_turns(device: X11Device) -> None:
    seen = observed(
        device, Tap(place(device, 50, 50)), Scroll(place(device, 60, 60), dy=1),
        Tap(place(device, 70, 70), button="right"), Tap(place(device, 80, 80)),
    )  # fmt: skip
    downs = [e for e in seen if isinstance(e, PointerEvent) and e.action == "down"]
    assert [(e.kind, e.button) for e in downs] == [
        ("touch", "left"), ("mouse", "right"), ("touch", "left"),
    ]  # fmt: skip
    assert sum(isinstance(e, WheelEvent) for e in seen) == 1
    times = [e.time_ms for e in seen]
    assert times == sorted(times)


def test_an_application_is_clicked_once_and_no_echo_is_observed(
    device: X11Device, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    application = device.launch([sys.executable, str(RECEIVER), str(log)])
    deadline = Deadline.after(15, MonotonicClock())
    while not read_log(log) and not deadline.passed:
        deadline.pause(0.05)
    seen = observed(device, Tap(place(device, 150, 120)))
    kinds = [line["kind"] for line in read_log(log)]
    application.close()
    assert [kinds.count(kind) for kind in ("press", "release")] == [1, 1]
    assert [(e.kind, e.action) for e in seen] == [("touch", "down"), ("touch", "up")]
