"""Observes the user of a display: XRecord for mouse, wheel and keys, XInput for fingers."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.errors import DeviceLost
from vistest.devices.x11.merge import EventMerger
from vistest.devices.x11.record_thread import RecordThread
from vistest.devices.x11.watch_thread import WatchThread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.events import RawEvent
    from vistest.core.geometry import Screen
    from vistest.devices.x11.clock import ServerClock
    from vistest.devices.x11.record_thread import EventQueue

# How much later than the other one of two connections may bring its event.
_HOLD_MS = 50.0


class XInputSource:
    """An `InputSource` for one display. Threads of its own keep up with the server."""

    def __init__(
        self, display: str, screen: Screen, density: float | None, clock: ServerClock
    ) -> None:
        self._clock = clock
        self._events: EventQueue = queue.SimpleQueue()
        self._merger = EventMerger()
        self._lost: DeviceLost | None = None
        self._recorder = RecordThread(display, screen, clock, self._events)
        try:
            self._watcher = WatchThread(
                display, screen, density, clock, self._events, self._recorder.set_screen
            )
        except BaseException:
            self._recorder.close()
            raise
        self._hold_ms = _HOLD_MS if self._watcher.has_touch else 0.0

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """See `InputSource`."""
        deadline = Deadline.after(timeout_s, self._clock)
        while True:
            idle = not self._merger.waiting and self._lost is None
            self._take(deadline.remaining_s if idle else 0.0)
            events = self._release()
            if events:
                return events
            if self._lost is not None:
                raise self._lost
            if deadline.passed:
                return []
            if self._merger.waiting:
                deadline.pause(self._hold_ms / 1e3)

    def close(self) -> None:
        """See `InputSource`."""
        self._watcher.close()
        self._recorder.close()
        self._lost = self._lost or DeviceLost("The display is no longer observed.")

    def _take(self, timeout_s: float) -> None:
        """Move what the threads have found to the merger; wait for the first of it."""
        item = self._next(timeout_s)
        while item is not None:
            if isinstance(item, DeviceLost):
                self._lost = item
            else:
                self._merger.add([item])
            item = self._next(0.0)

    def _release(self) -> list[RawEvent]:
        """Without touch one thread brings all input in order, so nothing is held back."""
        if self._lost is not None or not self._hold_ms:
            return self._merger.release(float("inf"))
        return self._merger.release(self._clock.now_ms() - self._hold_ms)

    def _next(self, timeout_s: float) -> RawEvent | DeviceLost | None:
        try:
            return self._events.get(timeout=timeout_s) if timeout_s else self._events.get_nowait()
        except queue.Empty:
            return None
