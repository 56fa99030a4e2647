"""A thread that waits in XRecord for mouse, wheel and keys."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from Xlib import X
from Xlib.ext import record

from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.x11.connection import ANSWER_LIMIT_S, Connection
from vistest.devices.x11.decode import CoreDecoder
from vistest.devices.x11.keymap import read_keymap

if TYPE_CHECKING:
    import queue

    from vistest.core.events import RawEvent
    from vistest.core.geometry import Screen
    from vistest.devices.x11.clock import ServerClock

    EventQueue = queue.SimpleQueue[RawEvent | DeviceLost]

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


class RecordThread:
    """Puts the events of one display into `sink` and, if that happens, its loss."""

    def __init__(self, display: str, screen: Screen, clock: ServerClock, sink: EventQueue) -> None:
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

    def set_screen(self, screen: Screen) -> None:
        """Measure positions on `screen` from now on."""
        self._decoder.screen = screen

    def close(self) -> None:
        """End the thread; safe to call twice."""
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
