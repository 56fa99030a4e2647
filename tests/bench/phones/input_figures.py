"""What a recording loses of a fast user, and how long an injected tap takes to arrive."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from tests.phone import PhoneSetup
from vistest.core.clock import Deadline
from vistest.core.events import PointerEvent, Tap
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.figures import Bench
    from tests.phone import Phone
    from vistest.core.clock import Clock
    from vistest.core.events import RawEvent
    from vistest.devices.base import Device, InputSource

PAD = PhoneSetup(size=(1080, 2400), density=2.625, page="pad", keyboard="none")
_TAPS = 500
_SWIPES_MS = (120.0, 250.0, 400.0, 800.0, 1500.0)
_ROUNDS = 4
_LATENCIES = 60
_PATIENCE_S = 60.0
_SILENCE_S = 2.0


def measure_recording(bench: Bench, phone: Phone, device: Device, clock: Clock) -> None:
    """`taps_lost` of 500, and by how much recorded swipes are longer or shorter than meant.

    The hand of the stand-in is part of that: on a busy machine it is late itself.
    """
    x, y = _middle(phone)
    source = device.open_input()
    errors = []
    for lasts_ms in _SWIPES_MS * _ROUNDS:
        phone.user.swipe([(0.0, x, y + 200), (lasts_ms, x, y - 200)])
        seen = _observe(source, clock, lambda found: _count(found, "up") >= 1)
        down = next(event for event in seen if _is(event, "down"))
        up = next(event for event in seen if _is(event, "up"))
        errors.append(abs(up.time_ms - down.time_ms - lasts_ms))
    phone.user.burst(x, y, _TAPS)
    events = _observe(source, clock, lambda seen: _count(seen, "up") >= _TAPS)
    bench.count(
        "taps_lost", _TAPS - min(_count(events, "down"), _count(events, "up")), "taps", _TAPS
    )
    source.close()
    bench.samples("swipe_duration_error_ms", errors, "ms")
    worst = max(errors)
    bench.count("swipe_duration_error_max_ms", worst, "ms", len(errors))


def measure_latency(bench: Bench, phone: Phone, device: Device, clock: Clock) -> None:
    """From `perform` to the application, over ADB; and the fixture's share of it.

    The share is what the same tap takes when the fixture's shell is asked on the spot: its
    process, the injection into the X server, Chromium, the page.
    """
    x, y = _middle(phone)
    at = Position(Point(x, y), device.info.screen)

    def through_adb() -> None:
        device.sink.perform(Tap(at))

    def on_the_spot() -> None:
        files = phone.folder / "files"
        environment = {"PATH": str(files / "bin"), "VISTEST_PHONE": str(files / "tools")}
        command = ["/bin/sh", "-c", f"input tap {x:.0f} {y:.0f}"]
        subprocess.run(command, env=environment, check=True)

    bench.samples("tap_latency_ms", _latencies(phone, clock, through_adb), "ms")
    bench.samples("fixture_share_ms", _latencies(phone, clock, on_the_spot), "ms")


def _latencies(phone: Phone, clock: Clock, tap: Callable[[], None]) -> list[float]:
    """The application's times are CLOCK_MONOTONIC of this machine, as `clock` is."""
    found = []
    for _ in range(_LATENCIES):
        before = len(_presses(phone))
        asked_ms = clock.now_ms()
        tap()
        deadline = Deadline.after(_PATIENCE_S, clock)
        while len(presses := _presses(phone)) == before and not deadline.passed:
            deadline.pause(0.01)
        found.append(presses[before]["time_ms"] - asked_ms)
    return found


def _presses(phone: Phone) -> list[dict[str, Any]]:
    return [event for event in phone.events() if event["action"] == "press"]


def _middle(phone: Phone) -> tuple[float, float]:
    box = phone.where("#pad")
    assert box is not None
    return float(int(box.center.x)), float(int(box.center.y))


def _observe(
    source: InputSource, clock: Clock, enough: Callable[[Sequence[RawEvent]], bool]
) -> list[RawEvent]:
    seen: list[RawEvent] = []
    deadline = Deadline.after(_PATIENCE_S, clock)
    while not enough(seen) and not deadline.passed:
        seen += source.poll(0.2)
    late = Deadline.after(_SILENCE_S if len(seen) > 2 * _TAPS else 0.2, clock)
    while not late.passed:
        seen += source.poll(0.1)
    return seen


def _count(events: Sequence[RawEvent], action: str) -> int:
    return sum(_is(event, action) for event in events)


def _is(event: RawEvent, action: str) -> bool:
    return isinstance(event, PointerEvent) and event.action == action
