"""Observes the user of a display: XRecord for mouse, wheel and keys."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from Xlib import X
from Xlib.ext import record

from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.x11.connection import ANSWER_LIMIT_S, Connection
from vistest.devices.x11.decode import CoreDecoder
from vistest.devices.x11.keymap import read_keymap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.events import RawEvent
    from vistest.core.geometry import Screen
    from vistest.devices.x11.clock import ServerClock

_NOTHING = {
    "core_requests": (0, 0),
    "core_replies": (0, 0),
    "ext_requests": (0, 0, 0, 0),
    "ext_replies": (0, 0, 0, 0),
    "delivered_events": (0, 0),
    "device_events": (0, 0),
    "errors": (0, 0),
    "client_started": False,
    "client_died": False,
}
_INPUT = {**_NOTHING, "device_events": (X.KeyPress, X.MotionNotify)}
_MAPPING = {**_NOTHING, "delivered_events": (X.MappingNotify, X.MappingNotify)}


class XInputSource:
    """An `InputSource` for one display. Threads of its own keep up with the server."""

    def __init__(self, display: str, screen: Screen, clock: ServerClock) -> None:
        self._events: queue.SimpleQueue[RawEvent | DeviceLost] = queue.SimpleQueue()
        self._lost: DeviceLost | None = None
        self._recorder = _CoreRecorder(display, screen, clock, self._events)

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """See `InputSource`."""
        if self._lost is not None:
            raise self._lost
        events: list[RawEvent] = []
        item = self._next(timeout_s)
        while item is not None:
            if isinstance(item, DeviceLost):
                self._lost = item
                break
            events.append(item)
            item = self._next(0.0)
        if self._lost is not None and not events:
            raise self._lost
        return events

    def close(self) -> None:
        """See `InputSource`."""
        self._recorder.close()

    def _next(self, timeout_s: float) -> RawEvent | DeviceLost | None:
        try:
            return self._events.get(timeout=timeout_s) if timeout_s else self._events.get_nowait()
        except queue.Empty:
            return None


class _CoreRecorder:
    """A thread that waits in XRecord; `sink` gets the events and, at the end, the loss."""

    def __init__(
        self,
        display: str,
        screen: Screen,
        clock: ServerClock,
        sink: queue.SimpleQueue[RawEvent | DeviceLost],
    ) -> None:
        self._sink = sink
        self._closing = False
        self._started = threading.Event()
        self._keyboard = Connection(display)
        self._stream = Connection(display)
        self._decoder = CoreDecoder(screen, clock, lambda: read_keymap(self._keyboard))
        self._thread = threading.Thread(target=self._run, name=f"record {display}", daemon=True)
        self._thread.start()
        if not self._started.wait(ANSWER_LIMIT_S):
            self.close()
            raise DeviceError(f"The display {display} does not start to record its input.")

    def close(self) -> None:
        self._closing = True
        self._stream.interrupt()
        self._thread.join(ANSWER_LIMIT_S)
        self._stream.close()
        self._keyboard.close()

    def _run(self) -> None:
        try:
            with self._stream.guarded(limited=False) as display:
                context = display.record_create_context(0, [record.AllClients], [_INPUT, _MAPPING])
                display.record_enable_context(context, self._take)
        except DeviceLost as lost:
            if not self._closing:
                self._sink.put(lost)
        finally:
            self._started.set()

    def _take(self, reply: Any) -> None:  # noqa: ANN401 - python-xlib has no types
        if reply.category == record.StartOfData:
            self._started.set()
        if reply.category == record.FromServer and not reply.client_swapped:
            for event in self._decoder.decode(bytes(reply.data)):
                self._sink.put(event)
