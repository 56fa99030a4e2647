"""Observes the user of a phone: `getevent` tells, threads listen."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.decode import InputDecoder
from vistest.devices.android.facts import parse_rotation, turned
from vistest.devices.android.getevent import parse_devices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vistest.core.events import RawEvent
    from vistest.core.geometry import Screen
    from vistest.devices.android.clock import PhoneClock
    from vistest.devices.android.link import Link
    from vistest.devices.android.shell import Shell
    from vistest.devices.android.transport import Stream

# Through a terminal, else `getevent` keeps lines back until it has 4096 bytes of them.
_SERVICES = ("shell,pty:getevent -lt", "shell:getevent -lt")
_LISTEN_S = 1.0
_LOOK_S = 0.4
_CLOCK_EVERY = 12
_READY_S = 5.0
_DEVICE_LINE = "add device"
_LONGEST_LINE = 4096

_clock = MonotonicClock()


class GeteventSource:
    """An `InputSource` for one phone.

    Args:
        link: To the phone.
        shell: Of the phone.
        clock: Of the phone.
        natural: The screen in its natural orientation.
        on_screen: Told when the screen was turned.

    Raises:
        DeviceError: the phone has no touch screen that can be observed.
    """

    def __init__(
        self,
        link: Link,
        shell: Shell,
        clock: PhoneClock,
        natural: Screen,
        on_screen: Callable[[Screen], None],
    ) -> None:
        self._link = link
        self._shell = shell
        self._clock = clock
        self._natural = natural
        self._on_screen = on_screen
        self._closing = threading.Event()
        self._events: queue.SimpleQueue[RawEvent | DeviceLost] = queue.SimpleQueue()
        self._lost: DeviceLost | None = None
        self._guard = threading.Lock()  # of _decoder
        self._quarters = self._ask_rotation()
        devices = parse_devices(shell.ask("getevent -lp"))
        self._decoder = InputDecoder(devices, natural, self._quarters)
        if not self._decoder.has_touch:
            raise DeviceError(
                "The phone shows no touch screen to observe.",
                hint="'adb shell getevent -lp' must list one; some phones forbid it.",
            )
        self._stream, self._began_with = _open(link)
        self._threads = [
            threading.Thread(target=self._listen, name="phone-input", daemon=True),
            threading.Thread(target=self._watch, name="phone-screen", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """See `InputSource`."""
        if self._lost is not None:
            raise self._lost
        deadline = Deadline.after(timeout_s, _clock)
        events: list[RawEvent] = []
        item = self._next(deadline.remaining_s)
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
        self._closing.set()
        self._stream.close()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(_LISTEN_S * 2)
        self._lost = self._lost or DeviceLost("The phone is no longer observed.")

    def _listen(self) -> None:
        """Read lines until the end; begin again if the phone comes back."""
        while not self._closing.is_set():
            try:
                self._read_lines()
            except DeviceLost as lost:
                self._put(lambda decoder: decoder.lift_all(self._clock.now_ms()))
                if not self._come_back(lost):
                    return

    def _read_lines(self) -> None:
        rest, self._began_with = self._began_with, ""
        while not self._closing.is_set():
            try:
                part = self._stream.read(_LISTEN_S)
            except TimeoutError:
                continue
            if not part:
                raise DeviceLost("The phone no longer reports its input.")
            *lines, rest = (rest + part.decode("utf-8", "replace")).split("\n")
            rest = rest[-_LONGEST_LINE:]
            for line in lines:
                text = line.rstrip("\r")
                self._put(lambda decoder, text=text: decoder.take(text))  # type: ignore[misc]

    def _come_back(self, lost: DeviceLost) -> bool:
        if self._closing.is_set():
            return False
        if self._link.comes_back:
            with contextlib.suppress(DeviceError):
                self._stream, self._began_with = _open(self._link)
                self._clock.measure_again()
                return True
        self._events.put(lost)
        self._closing.set()
        return False

    def _watch(self) -> None:
        """Follow the screen's orientation and the clock; notice a phone that is silent."""
        turn = 0
        while not self._closing.wait(_LOOK_S):
            try:
                self._follow_rotation()
                turn += 1
                if turn % _CLOCK_EVERY == 0:
                    self._clock.measure_again()
            except DeviceLost as lost:
                if not self._link.comes_back and not self._closing.is_set():
                    self._events.put(lost)
                    return

    def _follow_rotation(self) -> None:
        quarters = self._ask_rotation()
        if quarters != self._quarters:
            self._quarters = quarters
            screen = turned(self._natural, quarters)
            self._on_screen(screen)
            self._put(lambda decoder: decoder.turn(screen, quarters, self._clock.now_ms()))

    def _ask_rotation(self) -> int:
        return parse_rotation(self._shell.ask("dumpsys input"))

    def _put(self, decode: Callable[[InputDecoder], list[RawEvent]]) -> None:
        with self._guard:
            for event in decode(self._decoder):
                self._events.put(event)

    def _next(self, timeout_s: float) -> RawEvent | DeviceLost | None:
        try:
            return self._events.get(timeout=timeout_s) if timeout_s else self._events.get_nowait()
        except queue.Empty:
            return None


def _open(link: Link) -> tuple[Stream, str]:
    """A running `getevent`, and what it said so far.

    It names the devices when it has opened them; from then on nothing is lost.
    """
    refused: DeviceError | None = None
    for service in _SERVICES:
        try:
            stream = link.open(service)
        except DeviceLost:
            raise
        except DeviceError as error:
            refused = error
        else:
            return stream, _await_devices(stream)
    raise DeviceError("The phone does not let its input be observed.") from refused


def _await_devices(stream: Stream) -> str:
    deadline = Deadline.after(_READY_S, _clock)
    said = ""
    while _DEVICE_LINE not in said:
        try:
            part = stream.read(deadline.remaining_s)
        except TimeoutError:
            return said  # a silent one may still report input
        if not part:
            raise DeviceLost("The phone's getevent ended at once.")
        said += part.decode("utf-8", "replace")
    return said
