"""One stream of events in order, out of two connections that see the same user.

The server emulates a mouse for the first finger, so a mouse event during a touch is an echo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.events import PointerEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vistest.core.events import RawEvent


class EventMerger:
    """Holds events back until no earlier one can come, and drops the echoes of touches."""

    def __init__(self) -> None:
        self._waiting: list[RawEvent] = []
        self._fingers: set[int] = set()
        self._touched_ms = float("-inf")

    @property
    def waiting(self) -> bool:
        """Whether events are held back."""
        return bool(self._waiting)

    def add(self, events: Iterable[RawEvent]) -> None:
        """Take in `events` of any source."""
        self._waiting += events

    def release(self, until_ms: float) -> list[RawEvent]:
        """The events up to `until_ms` in order; at the same moment, touches come first."""
        self._waiting.sort(key=lambda event: (event.time_ms, not _is_touch(event)))
        ready = [event for event in self._waiting if event.time_ms <= until_ms]
        self._waiting = self._waiting[len(ready) :]
        return [event for event in ready if not self._is_echo(event)]

    def _is_echo(self, event: RawEvent) -> bool:
        if not isinstance(event, PointerEvent):
            return False
        if event.kind == "mouse":
            return bool(self._fingers) or event.time_ms <= self._touched_ms
        self._touched_ms = event.time_ms
        if event.action == "up":
            self._fingers.discard(event.contact)
        else:
            self._fingers.add(event.contact)
        return False


def _is_touch(event: RawEvent) -> bool:
    return isinstance(event, PointerEvent) and event.kind == "touch"
