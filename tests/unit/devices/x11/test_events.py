"""Bytes of the server to events, and two streams to one."""

import struct

import pytest
from Xlib import X

from vistest.core.events import KeyEvent, PointerEvent, WheelEvent
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.x11.clock import ServerClock
from vistest.devices.x11.decode import CoreDecoder
from vistest.devices.x11.keymap import Keymap
from vistest.devices.x11.merge import EventMerger
from vistest.devices.x11.touch import Axis, TouchDecoder, TouchScreen

SCREEN = Screen(Size(1080, 2400), 2.0)
ACUTE = 0xFE51
PANEL = TouchScreen(Axis(0, 32767), Axis(0, 65535))


def core(kind: int, detail: int = 0, x: int = 5, y: int = 6, state: int = 0) -> bytes:
    return struct.pack("=BBHIIIIhhhhHBx", kind, detail, 0, 1000, 0, 0, 0, x, y, 0, 0, state, 1)


def decoder(*keymaps: Keymap) -> CoreDecoder:
    return CoreDecoder(SCREEN, ServerClock(), iter(keymaps).__next__)


def at(x: float, y: float) -> Position:
    return Position(Point(x, y), SCREEN)


def test_buttons_wheel_and_moves() -> None:
    data = b"".join(
        [
            core(X.MotionNotify),
            core(X.ButtonPress, 3),
            core(X.ButtonRelease, 3),
            core(X.ButtonPress, 5),
            core(X.ButtonRelease, 5),
            core(X.ButtonPress, 6),
        ]
    )
    move, down, up, *wheel = decoder().decode(data)
    assert isinstance(move, PointerEvent)
    assert (move.action, move.at) == ("move", at(5, 6))
    assert [(e.action, e.button) for e in (down, up)] == [("down", "right"), ("up", "right")]
    assert [(e.dx, e.dy) for e in wheel if isinstance(e, WheelEvent)] == [(0, 1), (-1, 0)]


def test_a_changed_mapping_is_read_again() -> None:
    first, second = Keymap(8, ((ord("a"),),)), Keymap(8, ((0x1004F60,),))
    data = core(X.KeyPress, 8) + core(X.MappingNotify) + core(X.KeyPress, 8)
    events = list(decoder(first, second).decode(data))
    assert [event.text for event in events if isinstance(event, KeyEvent)] == ["a", "你"]


def test_a_key_goes_up_under_the_name_it_went_down() -> None:
    keymap = Keymap(8, ((ord("a"), ord("A")),))
    data = core(X.KeyPress, 8, state=X.ShiftMask) + core(X.KeyRelease, 8)
    down, up = decoder(keymap).decode(data)
    assert (down.key, down.text, up.key, up.text) == ("A", "A", "A", "")


def test_a_dead_key_goes_on_the_next_letter() -> None:
    keymap = Keymap(8, ((ACUTE,), (ord("e"),)))
    data = core(X.KeyPress, 8) + core(X.KeyPress, 9) + core(X.KeyPress, 9)
    assert [event.text for event in decoder(keymap).decode(data)] == ["", "é", "e"]


def test_an_incomplete_record_is_no_event() -> None:
    assert list(decoder().decode(core(X.MotionNotify)[:20])) == []


def touch(detail: int, values: dict[int, float], source: int = 6) -> bytes:
    mask = sum(1 << number for number in values)
    data = struct.pack("=HIIHHII", 2, 1000, detail, source, 1, 0, 0) + struct.pack("=I", mask)
    for value in values.values():
        data += struct.pack("=iI", int(value), int(value % 1 * 2**32))
    return data


def test_panel_units_become_pixels_and_fingers_small_numbers() -> None:
    decoder = TouchDecoder({6: PANEL}, SCREEN, ServerClock())
    first = decoder.decode(22, touch(70, {0: 32767, 1: 0}))
    second = decoder.decode(22, touch(71, {0: 0, 1: 65535, 4: 50}))
    moved = decoder.decode(23, touch(70, {1: 32767.5}))
    ended = decoder.decode(24, touch(70, {}))
    third = decoder.decode(22, touch(72, {0: 0, 1: 0}))
    assert first is not None
    assert second is not None
    assert moved is not None
    assert ended is not None
    assert third is not None
    assert (first.at, first.contact) == (at(1079, 0), 0)
    assert (second.at, second.contact) == (at(0, 2399), 1)
    assert moved.at == at(1079, 1199.5), "a valuator that is left out did not change"
    assert (ended.action, ended.at) == ("up", at(1079, 1199.5))
    assert third.contact == 0


def test_other_devices_are_not_touch_screens() -> None:
    assert TouchDecoder({6: PANEL}, SCREEN, ServerClock()).decode(22, touch(1, {}, 9)) is None


def pointer(time_ms: float, action: str, kind: str) -> PointerEvent:
    return PointerEvent(time_ms, action, at(1, 1), kind)  # type: ignore[arg-type]


def test_the_emulated_mouse_is_dropped_and_the_real_one_kept() -> None:
    merger = EventMerger()
    merger.add([pointer(10, "move", "mouse"), pointer(10, "down", "mouse")])
    merger.add([pointer(40, "up", "mouse"), pointer(41, "move", "mouse")])
    merger.add([pointer(10, "down", "touch"), pointer(40, "up", "touch")])
    kept = [(event.time_ms, event.kind) for event in merger.release(100)]  # type: ignore[union-attr]
    assert kept == [(10, "touch"), (40, "touch"), (41, "mouse")]


def test_events_wait_for_earlier_ones() -> None:
    merger = EventMerger()
    merger.add([pointer(50, "down", "touch")])
    assert merger.release(40) == []
    merger.add([KeyEvent(45, "down", "a")])
    assert [event.time_ms for event in merger.release(60)] == [45, 50]


@pytest.mark.parametrize("ago_ms", [0, 1, 60_000])
def test_a_server_stamp_is_the_nearest_such_moment(ago_ms: int) -> None:
    clock = ServerClock(offset_ms=2**32 * 3 + 123)
    moment = round(clock.now_ms()) - ago_ms
    assert clock.from_server((moment + 123) % 2**32) == moment
