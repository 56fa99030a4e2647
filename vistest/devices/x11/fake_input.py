"""Plays timed input into a display through XTEST.

XTEST lets the server wait before each event. So a stretch of a gesture is sent at once, and its
pace does not depend on when this process gets the processor; after each stretch, what the timers
lagged behind is made up for.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from Xlib import X

from vistest.core.errors import DeviceLost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.core.clock import Clock
    from vistest.devices.x11.connection import Connection

FakeKind = Literal["key_down", "key_up", "button_down", "button_up", "move"]

_STRETCH_MS = 120.0
# The server counts whole milliseconds, so a timer fires half of one late on average.
_TIMER_LATE_MS = 0.5
_KINDS: dict[FakeKind, int] = {
    "key_down": X.KeyPress,
    "key_up": X.KeyRelease,
    "button_down": X.ButtonPress,
    "button_up": X.ButtonRelease,
    "move": X.MotionNotify,
}
_RELEASES: dict[FakeKind, FakeKind] = {"key_down": "key_up", "button_down": "button_up"}
_PRESSES = {release: press for press, release in _RELEASES.items()}


@dataclass(frozen=True, slots=True)
class FakeEvent:
    """One event, `at_ms` after the start of the sequence.

    Attributes:
        at_ms: Never less than that of the event before.
        kind: What happens.
        detail: Keycode or button number.
        x: Pixels, of a move.
        y: Pixels, of a move.
    """

    at_ms: float
    kind: FakeKind
    detail: int = 0
    x: int = 0
    y: int = 0


class FakeInput:
    """The XTEST devices of one display."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._held: set[tuple[FakeKind, int]] = set()

    def play(self, events: Sequence[FakeEvent]) -> None:
        """Send `events` at their times and return when the server has processed the last.

        Raises:
            DeviceLost: the display went away.
        """
        start_ms = self._clock.now_ms()
        for stretch in _stretches(events):
            self._send(stretch, self._clock.now_ms() - start_ms)

    def close(self) -> None:
        """Release what an interrupted sequence left pressed."""
        with contextlib.suppress(DeviceLost):
            self._send([FakeEvent(0, _RELEASES[kind], code) for kind, code in self._held], 0)

    def _send(self, stretch: Sequence[FakeEvent], now_ms: float) -> None:
        if not stretch:
            return
        lasts_s = max(0.0, stretch[-1].at_ms - now_ms) / 1e3
        self._note_held(stretch)
        with self._connection.guarded(extra_s=lasts_s) as display:
            for event in stretch:
                wait_ms = max(0, round(event.at_ms - now_ms))
                now_ms += wait_ms + (_TIMER_LATE_MS if wait_ms else 0.0)
                display.xtest_fake_input(
                    _KINDS[event.kind], event.detail, time=wait_ms, x=event.x, y=event.y
                )
            display.sync()

    def _note_held(self, stretch: Sequence[FakeEvent]) -> None:
        for event in stretch:
            if event.kind in _RELEASES:
                self._held.add((event.kind, event.detail))
            elif event.kind != "move":
                self._held.discard((_PRESSES[event.kind], event.detail))


def _stretches(events: Sequence[FakeEvent]) -> Iterator[list[FakeEvent]]:
    """Parts that last a short time up to their last event, whose own wait may be long."""
    part: list[FakeEvent] = []
    for event in events:
        if part and part[-1].at_ms - part[0].at_ms > _STRETCH_MS:
            yield part
            part = []
        part.append(event)
    if part:
        yield part
