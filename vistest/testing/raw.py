"""What a device reports while a person does something: an interaction, taken apart."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from vistest.core.events import (
    Hover,
    InputEvent,
    KeyEvent,
    KeyPress,
    LongPress,
    PointerEvent,
    RawEvent,
    Scroll,
    Swipe,
    Tap,
    TextInput,
    WheelEvent,
)

if TYPE_CHECKING:
    from vistest.core.events import Button
    from vistest.core.geometry import Position

_HOLD_MS = 30.0
_BETWEEN_MS = 60.0
_CONTROL_KEYS = {"\n": "Enter", "\t": "Tab"}


def raw_events(event: InputEvent, start_ms: float = 0.0) -> list[RawEvent]:
    """The raw events of `event` done with mouse and keyboard, from `start_ms` on.

    Raises:
        ValueError: a mouse and a keyboard cannot do it.
    """
    return _raw(event, start_ms)


@singledispatch
def _raw(event: InputEvent, start_ms: float) -> list[RawEvent]:
    raise ValueError(f"{type(event).__name__} takes fingers")


@_raw.register
def _(event: Tap, start_ms: float) -> list[RawEvent]:
    events: list[RawEvent] = []
    for index in range(event.count):
        down_ms = start_ms + index * (_HOLD_MS + _BETWEEN_MS)
        events += _press(event.at, down_ms, _HOLD_MS, event.button)
    return events


@_raw.register
def _(event: LongPress, start_ms: float) -> list[RawEvent]:
    return _press(event.at, start_ms, event.duration_ms, "left")


@_raw.register
def _(event: Swipe, start_ms: float) -> list[RawEvent]:
    begin_ms = start_ms - event.path[0].after_ms
    moves = [PointerEvent(begin_ms + point.after_ms, "move", point.at) for point in event.path]
    down, up = moves[0], moves[-1]
    return [
        PointerEvent(down.time_ms, "down", down.at, button=event.button),
        *moves[1:],
        PointerEvent(up.time_ms, "up", up.at, button=event.button),
    ]


@_raw.register
def _(event: Hover, start_ms: float) -> list[RawEvent]:
    return [PointerEvent(start_ms, "move", event.at)]


@_raw.register
def _(event: Scroll, start_ms: float) -> list[RawEvent]:
    turns: list[RawEvent] = [
        WheelEvent(start_ms, event.at, dy=1 if event.dy > 0 else -1) for _ in range(abs(event.dy))
    ]
    turns += [
        WheelEvent(start_ms, event.at, dx=1 if event.dx > 0 else -1) for _ in range(abs(event.dx))
    ]
    return turns


@_raw.register
def _(event: KeyPress, start_ms: float) -> list[RawEvent]:
    alone = len(event.keys) == 1 and len(event.keys[0]) == 1
    downs = [KeyEvent(start_ms, "down", key, key if alone else "") for key in event.keys]
    return [*downs, *(KeyEvent(start_ms + _HOLD_MS, "up", key) for key in event.keys[::-1])]


@_raw.register
def _(event: TextInput, start_ms: float) -> list[RawEvent]:
    events: list[RawEvent] = []
    for index, character in enumerate(event.text):
        key, text = _CONTROL_KEYS.get(character, character), character
        down_ms = start_ms + index * _BETWEEN_MS
        events.append(KeyEvent(down_ms, "down", key, "" if key != character else text))
        events.append(KeyEvent(down_ms + _HOLD_MS, "up", key))
    return events


def _press(at: Position, down_ms: float, hold_ms: float, button: Button) -> list[RawEvent]:
    return [
        PointerEvent(down_ms, "down", at, button=button),
        PointerEvent(down_ms + hold_ms, "up", at, button=button),
    ]
