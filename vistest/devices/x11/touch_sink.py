"""Performs interactions with fingers, and with mouse and keyboard what fingers cannot."""

from __future__ import annotations

from functools import singledispatchmethod
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.events import InputEvent, LongPress, Pinch, Swipe, Tap
from vistest.core.geometry import Point, Position
from vistest.devices.x11.inject import BETWEEN_TAPS_MS, HOLD_MS, XTestSink
from vistest.devices.x11.inputtest import FingerEvent, TouchInjector
from vistest.devices.x11.path import smooth

if TYPE_CHECKING:
    from vistest.core.events import Waypoint

_PINCH_STEP_MS = 16.0


class TouchSink:
    """An `InputSink` for a display with a touch screen that takes injected fingers."""

    def __init__(self, display: str, touch: str) -> None:
        self._mouse = XTestSink(display)
        self._touch = TouchInjector(Path(touch), MonotonicClock())

    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        fingers = self._fingers(event)
        if fingers:
            self._touch.play(fingers, self._mouse.size())
        else:
            self._mouse.perform(event)

    def park_pointer(self) -> None:
        """See `InputSink`; fingers leave nothing behind, the mouse may."""
        self._mouse.park_pointer()

    def close(self) -> None:
        """Let go of the display; safe to call twice."""
        self._touch.close()
        self._mouse.close()

    @singledispatchmethod
    def _fingers(self, event: InputEvent) -> list[FingerEvent]:
        return []

    @_fingers.register
    def _(self, event: Tap) -> list[FingerEvent]:
        if event.button != "left":
            return []
        x, y = self._mouse.on_screen(event.at)
        fingers: list[FingerEvent] = []
        for index in range(event.count):
            fingers += _touch(x, y, index * (HOLD_MS + BETWEEN_TAPS_MS), HOLD_MS)
        return fingers

    @_fingers.register
    def _(self, event: LongPress) -> list[FingerEvent]:
        return _touch(*self._mouse.on_screen(event.at), 0.0, event.duration_ms)

    @_fingers.register
    def _(self, event: Swipe) -> list[FingerEvent]:
        if event.button != "left" or not event.path:
            return []
        moves = [self._move(waypoint, event.path[0].after_ms) for waypoint in smooth(event.path)]
        first, last = moves[0], moves[-1]
        return [
            FingerEvent(first.at_ms, "down", 0, first.x, first.y),
            *moves[1:],
            FingerEvent(last.at_ms, "up", 0, last.x, last.y),
        ]

    @_fingers.register
    def _(self, event: Pinch) -> list[FingerEvent]:
        steps = max(1, round(event.duration_ms / _PINCH_STEP_MS))
        fingers: list[FingerEvent] = []
        for step in range(steps + 1):
            share = step / steps
            span = event.start_span + share * (event.end_span - event.start_span)
            fingers += self._pair(event.at, span, share * event.duration_ms, first=step == 0)
        return fingers + [
            FingerEvent(last.at_ms, "up", last.finger, last.x, last.y) for last in fingers[-2:]
        ]

    def _pair(self, at: Position, span: float, at_ms: float, *, first: bool) -> list[FingerEvent]:
        pair = []
        for finger, side in enumerate((-0.5, 0.5)):
            place = Point(at.point.x + side * span, at.point.y)
            x, y = self._mouse.on_screen(Position(place, at.screen))
            pair.append(FingerEvent(at_ms, "down" if first else "move", finger, x, y))
        return pair

    def _move(self, waypoint: Waypoint, start_ms: float) -> FingerEvent:
        x, y = self._mouse.on_screen(waypoint.at)
        return FingerEvent(waypoint.after_ms - start_ms, "move", 0, x, y)


def _touch(x: int, y: int, down_ms: float, hold_ms: float) -> list[FingerEvent]:
    return [
        FingerEvent(down_ms, "down", 0, x, y),
        FingerEvent(down_ms + hold_ms, "up", 0, x, y),
    ]
