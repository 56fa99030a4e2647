"""A thread that watches a display for touches and for changes of its screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from Xlib import X
from Xlib.ext import ge, xinput

from vistest.core.errors import DeviceLost
from vistest.core.events import ScreenChanged
from vistest.devices.x11.connection import ANSWER_LIMIT_S, Connection
from vistest.devices.x11.screen import read_screen
from vistest.devices.x11.touch import EVENT_MASK, TouchDecoder, find_touch_screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.geometry import Screen
    from vistest.devices.x11.clock import ServerClock
    from vistest.devices.x11.record_thread import EventQueue


class WatchThread:
    """Puts touches and screen changes into `sink` and, if that happens, the display's loss.

    Attributes:
        has_touch: Whether there is a touch screen.
    """

    def __init__(
        self,
        display: str,
        screen: Screen,
        density: float | None,
        clock: ServerClock,
        sink: EventQueue,
        on_screen: Callable[[Screen], None],
    ) -> None:
        self._sink = sink
        self._screen = screen
        self._density = density
        self._clock = clock
        self._on_screen = on_screen
        self._closing = False
        self._connection = Connection(display)
        devices = find_touch_screens(self._connection)
        self.has_touch = bool(devices)
        self._decoder = TouchDecoder(devices, screen, clock)
        self._select()
        self._thread = threading.Thread(target=self._run, name=f"watch {display}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; safe to call twice."""
        self._closing = True
        self._connection.interrupt()
        self._thread.join(ANSWER_LIMIT_S)
        self._connection.close()

    def _select(self) -> None:
        with self._connection.guarded() as display:
            root = display.screen().root
            root.change_attributes(event_mask=X.StructureNotifyMask | X.PropertyChangeMask)
            if self.has_touch:
                root.xinput_select_events([(xinput.AllMasterDevices, EVENT_MASK)])
            display.sync()

    def _run(self) -> None:
        try:
            while True:
                with self._connection.guarded(limited=False) as display:
                    event = display.next_event()
                self._take(event)
        except DeviceLost as lost:
            if not self._closing:
                self._sink.put(lost)

    def _take(self, event: Any) -> None:  # noqa: ANN401 - python-xlib has no types
        if event.type == ge.GenericEventCode:
            touch = self._decoder.decode(event.evtype, bytes(event.data))
            if touch is not None:
                self._sink.put(touch)
        elif event.type in (X.ConfigureNotify, X.PropertyNotify):
            self._compare_screen()

    def _compare_screen(self) -> None:
        screen = read_screen(self._connection, self._density)
        if screen != self._screen:
            self._screen = self._decoder.screen = screen
            self._on_screen(screen)
            self._sink.put(ScreenChanged(self._clock.now_ms(), screen))
