"""A scripted person at a calculator: knows where galculator's keys are, as fractions of its window.

This is the tester of the demo. It acts on the recorded screen only, and by real input; what replays
on the other screens knows nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.events import Hover, KeyPress, Tap
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from vistest.core.clock import Clock
    from vistest.core.geometry import Rect, Screen
    from vistest.devices.base import InputSink

_ACROSS = (0.103, 0.299, 0.495, 0.692, 0.888)
_GRID = {0.594: "789/", 0.707: "456*", 0.821: "123-", 0.935: "0.±+"}
_PLACES = {
    "display": (0.888, 0.179),
    "C": (0.565, 0.349),
    "=": (0.888, 0.878),
    **{key: (_ACROSS[i], down) for down, row in _GRID.items() for i, key in enumerate(row)},
}

_THINKING_S = 0.35


@dataclass(frozen=True, slots=True)
class Person:
    """Works a calculator in `window` by `sink`, at the pace of a person."""

    sink: InputSink
    screen: Screen
    window: Rect
    clock: Clock

    def tap(self, key: str) -> None:
        """Tap a key."""
        self.sink.perform(Tap(self._place(key)))
        self.clock.pause(_THINKING_S)

    def check(self, key: str, hot_key: tuple[str, ...]) -> None:
        """Point at something and press the recorder's check-point key."""
        self.sink.perform(Hover(self._place(key)))
        self.clock.pause(_THINKING_S)
        self.sink.perform(KeyPress(hot_key))
        self.clock.pause(_THINKING_S)

    def _place(self, key: str) -> Position:
        across, down = _PLACES[key]
        point = Point(
            self.window.left + across * self.window.width,
            self.window.top + down * self.window.height,
        )
        return Position(point, self.screen)
