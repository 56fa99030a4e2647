"""Performs interactions on a display."""

from __future__ import annotations

import math
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import InjectionError
from vistest.core.events import (
    Hover,
    KeyPress,
    LongPress,
    Pinch,
    Scroll,
    Swipe,
    Tap,
    TextInput,
)
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.fake_input import FakeEvent, FakeInput
from vistest.devices.x11.keyboard import Keyboard
from vistest.devices.x11.path import smooth
from vistest.devices.x11.screen import read_size

if TYPE_CHECKING:
    from vistest.core.events import Button, InputEvent, Waypoint
    from vistest.core.geometry import Position, Size

_BUTTONS: dict[Button, int] = {"left": 1, "middle": 2, "right": 3}
_UP, _DOWN, _LEFT, _RIGHT = 4, 5, 6, 7
_ARRIVE_MS = 12.0
HOLD_MS = 30.0
BETWEEN_TAPS_MS = 60.0
_BETWEEN_NOTCHES_MS = 12.0


class XTestSink:
    """An `InputSink` that moves the mouse and presses its buttons and the keys."""

    def __init__(self, display: str) -> None:
        self._connection = Connection(display)
        self._clock = MonotonicClock()
        self._input = FakeInput(self._connection, self._clock)
        self._keyboard = Keyboard(self._connection, self._clock, self._input)

    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        self._perform(event)

    def park_pointer(self) -> None:
        """To a corner where no window is, the bottom right one if there is none."""
        size = read_size(self._connection)
        right, bottom = size.width - 1, size.height - 1
        corners = [(right, bottom), (0, bottom), (right, 0), (0, 0)]
        free = [corner for corner in corners if not self._window_at(*corner)]
        x, y = (free or corners)[0]
        self._input.play([FakeEvent(0, "move", x=x, y=y)])

    def size(self) -> Size:
        """The display's size now."""
        return read_size(self._connection)

    def close(self) -> None:
        """Let go of the display; safe to call twice."""
        self._input.close()
        self._keyboard.close()
        self._connection.close()

    def on_screen(self, at: Position) -> tuple[int, int]:
        """The pixel of `at`.

        Raises:
            InjectionError: it is not on this screen.
        """
        size = read_size(self._connection)
        if at.screen.size != size:
            raise InjectionError(
                f"The position was measured on a screen of {at.screen.size}, this is {size}.",
                hint="take a new picture and find the object on it.",
            )
        x, y = math.floor(at.point.x), math.floor(at.point.y)
        if not (0 <= x < size.width and 0 <= y < size.height):
            raise InjectionError(f"The point ({x}, {y}) is off the screen, which is {size}.")
        return x, y

    @singledispatchmethod
    def _perform(self, event: object) -> None:
        raise InjectionError(f"An X11 screen cannot perform {type(event).__name__}.")

    @_perform.register
    def _(self, event: Tap) -> None:
        events, button = [self._move(event.at)], _BUTTONS[event.button]
        for index in range(event.count):
            down_ms = _ARRIVE_MS + index * (HOLD_MS + BETWEEN_TAPS_MS)
            events += _click(button, down_ms, HOLD_MS)
        self._input.play(events)

    @_perform.register
    def _(self, event: LongPress) -> None:
        press = _click(_BUTTONS["left"], _ARRIVE_MS, event.duration_ms)
        self._input.play([self._move(event.at), *press])

    @_perform.register
    def _(self, event: Swipe) -> None:
        if not event.path:
            raise InjectionError("A swipe needs at least one point.")
        moves = self._moves(event.path)
        down, up = _click(_BUTTONS[event.button], _ARRIVE_MS, moves[-1].at_ms - _ARRIVE_MS)
        self._input.play([self._move(event.path[0].at), down, *moves, up])

    @_perform.register
    def _(self, event: Scroll) -> None:
        notches = [_DOWN if event.dy > 0 else _UP] * abs(event.dy)
        notches += [_RIGHT if event.dx > 0 else _LEFT] * abs(event.dx)
        events = [self._move(event.at)]
        held = self._keyboard.keycodes(event.held) if event.held else []
        events += [FakeEvent(0.0, "key_down", keycode) for keycode in held]
        for index, button in enumerate(notches):
            events += _click(button, _ARRIVE_MS + index * _BETWEEN_NOTCHES_MS, 0.0)
        last_ms = events[-1].at_ms + _BETWEEN_NOTCHES_MS
        events += [FakeEvent(last_ms, "key_up", keycode) for keycode in reversed(held)]
        self._input.play(events)

    @_perform.register
    def _(self, event: Hover) -> None:
        self._input.play([self._move(event.at)])

    @_perform.register
    def _(self, event: KeyPress) -> None:
        self._keyboard.press(event.keys)

    @_perform.register
    def _(self, event: TextInput) -> None:
        self._keyboard.type(event.text)

    @_perform.register
    def _(self, event: Pinch) -> None:
        raise InjectionError(
            "This X11 screen has no touch injection, so it cannot pinch.",
            hint="use a device with multi-touch, or zoom with the wheel or keys.",
        )

    def _move(self, at: Position, at_ms: float = 0.0) -> FakeEvent:
        x, y = self.on_screen(at)
        return FakeEvent(at_ms, "move", x=x, y=y)

    def _moves(self, path: tuple[Waypoint, ...]) -> list[FakeEvent]:
        """Along `path` at its pace; all of it must be on the screen."""
        start_ms = path[0].after_ms
        return [
            self._move(waypoint.at, _ARRIVE_MS + waypoint.after_ms - start_ms)
            for waypoint in smooth(path)
        ]

    def _window_at(self, x: int, y: int) -> int:
        with self._connection.guarded() as display:
            root = display.screen().root
            return int(getattr(root.translate_coords(root, x, y).child, "id", 0))


def _click(button: int, down_ms: float, hold_ms: float) -> list[FakeEvent]:
    down = FakeEvent(down_ms, "button_down", button)
    return [down, FakeEvent(down_ms + hold_ms, "button_up", button)]
