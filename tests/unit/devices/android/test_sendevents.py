from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.events import Pinch
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.android.contacts import SlotReader
from vistest.devices.android.fingers import pinch_moments
from vistest.devices.android.getevent import EvdevEvent
from vistest.devices.android.sendevents import find_send_events
from vistest.devices.android.shell import Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.devices.android.conftest import FakeShell
    from vistest.testing import FakeClock

SCREEN = Screen(Size(1000, 2000))
LISTED = """\
add device 1: /dev/input/event3
  name:     "virtio_input"
  events:
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 0, max 1999, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 3999, fuzz 0, flat 0, resolution 0
                ABS_MT_TRACKING_ID    : value 0, min 0, max 65535, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
"""
NAMES = {
    (3, 47): "ABS_MT_SLOT",
    (3, 53): "ABS_MT_POSITION_X",
    (3, 54): "ABS_MT_POSITION_Y",
    (3, 57): "ABS_MT_TRACKING_ID",
    (0, 0): "SYN_REPORT",
}


def test_a_pinch_reads_back_as_two_fingers(
    make_shell: Callable[..., FakeShell], clock: FakeClock
) -> None:
    shell = make_shell({"getevent": LISTED})
    fingers = find_send_events(shell, SCREEN, lambda: 0, clock)  # type: ignore[arg-type]
    assert fingers is not None
    shell.commands.clear()
    at = Position(Point(500, 900), SCREEN)
    fingers.play(pinch_moments(Pinch(at, start_span=100, end_span=300, duration_ms=160)))
    reader = SlotReader(lambda x, y: Position(Point(x // 2, y // 2), SCREEN))
    found = []
    for command in "; ".join(shell.commands).split("; "):
        _, path, kind, code, value = command.split()
        name = NAMES.get((int(kind), int(code)), "")
        form = "EV_SYN" if kind == "0" else "EV_ABS"
        found += reader.take(EvdevEvent(0.0, path, form, name, f"{int(value):08x}"))
    assert [event.action for event in found[:2]] == ["down", "down"]
    assert [event.action for event in found[-2:]] == ["up", "up"]
    assert {event.contact for event in found} == {0, 1}
    assert [event.at.point.x for event in found[:2]] == [450, 550]
    assert [event.at.point.x for event in found[-2:]] == [350, 650]


def test_a_phone_that_forbids_it(make_shell: Callable[..., FakeShell], clock: FakeClock) -> None:
    denied = Output("sendevent: /dev/input/event3: Permission denied\n", 1)
    shell = make_shell({"getevent": LISTED, "sendevent": denied})
    assert find_send_events(shell, SCREEN, lambda: 0, clock) is None  # type: ignore[arg-type]
