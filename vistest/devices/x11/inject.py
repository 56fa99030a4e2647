"""Performs interactions through XTEST."""

from __future__ import annotations

import itertools
import math
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from Xlib import X

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
    Waypoint,
)
from vistest.core.geometry import Point, Position
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.keyboard import Keyboard
from vistest.devices.x11.screen import read_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vistest.core.events import Button, InputEvent
    from vistest.core.geometry import Size

_BUTTONS: dict[Button, int] = {"left": 1, "middle": 2, "right": 3}
_WHEEL = {"up": 4, "down": 5, "left": 6, "right": 7}
_HOLD_S = 0.03
_BETWEEN_TAPS_S = 0.06
_SETTLE_S = 0.01
_STEP_MS = 16.0


class XTestSink:
    """An `InputSink` for one display."""

    def __init__(self, display: str) -> None:
        self._connection = Connection(display)
        self._clock = MonotonicClock()
        self._keyboard = Keyboard(self._connection, self._clock)

    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        self._perform(event)

    def park_pointer(self) -> None:
        """To a corner where no window is, the bottom right one if there is none."""
        size = read_size(self._connection)
        right, bottom = size.width - 1, size.height - 1
        corners = [(right, bottom), (0, bottom), (right, 0), (0, 0)]
        free = [corner for corner in corners if not self._window_at(*corner)]
        self._move(*(free or corners)[0])

    def close(self) -> None:
        """Let go of the display; safe to call twice."""
        self._keyboard.close()
        self._connection.close()

    @singledispatchmethod
    def _perform(self, event: object) -> None:
        raise InjectionError(f"An X11 screen cannot perform {type(event).__name__}.")

    @_perform.register
    def _(self, event: Tap) -> None:
        x, y = self._on_screen(event.at)
        button = _BUTTONS[event.button]
        self._move(x, y)
        self._clock.pause(_SETTLE_S)
        for index in range(event.count):
            if index:
                self._clock.pause(_BETWEEN_TAPS_S)
            self._press(button, _HOLD_S)

    @_perform.register
    def _(self, event: LongPress) -> None:
        self._move(*self._on_screen(event.at))
        self._clock.pause(_SETTLE_S)
        self._press(_BUTTONS["left"], event.duration_ms / 1e3)

    @_perform.register
    def _(self, event: Swipe) -> None:
        if not event.path:
            raise InjectionError("A swipe needs at least one point.")
        for waypoint in event.path:
            self._on_screen(waypoint.at)
        self._move(*self._on_screen(event.path[0].at))
        self._clock.pause(_SETTLE_S)
        self._fake(X.ButtonPress, _BUTTONS[event.button])
        try:
            self._follow(event.path)
        finally:
            self._fake(X.ButtonRelease, _BUTTONS[event.button])

    @_perform.register
    def _(self, event: Scroll) -> None:
        self._move(*self._on_screen(event.at))
        self._clock.pause(_SETTLE_S)
        notches = [("down" if event.dy > 0 else "up", event.dy)]
        notches += [("right" if event.dx > 0 else "left", event.dx)]
        for direction, count in notches:
            for _ in range(abs(count)):
                self._press(_WHEEL[direction], 0.0)
                self._clock.pause(_SETTLE_S)

    @_perform.register
    def _(self, event: Hover) -> None:
        self._move(*self._on_screen(event.at))

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

    def _follow(self, path: tuple[Waypoint, ...]) -> None:
        """Move along `path` at its pace, from the moment of the press."""
        pressed_ms = self._clock.now_ms() - path[0].after_ms
        for waypoint in smooth(path):
            self._clock.pause((pressed_ms + waypoint.after_ms - self._clock.now_ms()) / 1e3)
            self._move(*self._on_screen(waypoint.at))

    def _on_screen(self, at: Position) -> tuple[int, int]:
        """The pixel of `at`, which must be one of this screen."""
        size = read_size(self._connection)
        _require_same_screen(at, size)
        x, y = math.floor(at.point.x), math.floor(at.point.y)
        if not (0 <= x < size.width and 0 <= y < size.height):
            raise InjectionError(f"The point ({x}, {y}) is off the screen, which is {size}.")
        return x, y

    def _window_at(self, x: int, y: int) -> int:
        with self._connection.guarded() as display:
            root = display.screen().root
            return int(getattr(root.translate_coords(root, x, y).child, "id", 0))

    def _move(self, x: int, y: int) -> None:
        with self._connection.guarded() as display:
            display.xtest_fake_input(X.MotionNotify, x=x, y=y)
            display.sync()

    def _press(self, button: int, hold_s: float) -> None:
        self._fake(X.ButtonPress, button)
        try:
            self._clock.pause(hold_s)
        finally:
            self._fake(X.ButtonRelease, button)

    def _fake(self, kind: Any, detail: int) -> None:  # noqa: ANN401
        with self._connection.guarded() as display:
            display.xtest_fake_input(kind, detail)
            display.sync()


def _require_same_screen(at: Position, size: Size) -> None:
    if at.screen.size != size:
        raise InjectionError(
            f"The position was measured on a screen of {at.screen.size}, this one is {size}.",
            hint="take a new picture and find the object on it.",
        )


def smooth(path: tuple[Waypoint, ...]) -> Iterator[Waypoint]:
    """`path` with points in between where it jumps, as a hand would move."""
    yield path[0]
    for start, end in itertools.pairwise(path):
        steps = max(1, int((end.after_ms - start.after_ms) / _STEP_MS))
        for step in range(1, steps):
            share = step / steps
            yield Waypoint(
                start.after_ms + share * (end.after_ms - start.after_ms),
                Position(_between(start.at.point, end.at.point, share), end.at.screen),
            )
        yield end


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
