"""Several fingers by `sendevent`, as multi-touch protocol B.

Emulators and rooted phones let the shell write to the touch screen; most others do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import InjectionError
from vistest.devices.android.getevent import parse_devices
from vistest.devices.android.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vistest.core.clock import Clock
    from vistest.core.geometry import Screen
    from vistest.devices.android.fingers import FingerMoment
    from vistest.devices.android.getevent import InputDevice
    from vistest.devices.android.shell import Shell

# Numbers of linux/input-event-codes.h.
_SYN, _KEY, _ABS = 0, 1, 3
_BTN_TOUCH = 330
_SLOT, _TOUCH_MAJOR, _X, _Y, _TRACKING_ID, _PRESSURE = 47, 48, 53, 54, 57, 58
_NONE = 4294967295
_MAJOR = 6
_FIRST_TRACKING_ID = 9000
_LATE_MS = 24.0


class SendEvents:
    """Fingers on one touch screen."""

    most_fingers = 10

    def __init__(
        self,
        shell: Shell,
        device: InputDevice,
        natural: Screen,
        quarters: Callable[[], int],
        clock: Clock | None = None,
    ) -> None:
        self._shell = shell
        self._device = device
        self._natural = natural
        self._quarters = quarters
        self._clock = clock or MonotonicClock()
        self._tracking = _FIRST_TRACKING_ID

    def play(self, moments: Sequence[FingerMoment]) -> None:
        """See `FingerPlayer`.

        Raises:
            InjectionError: the phone does not let it be done.
        """
        panel = Panel(
            self._device.axes["ABS_MT_POSITION_X"],
            self._device.axes["ABS_MT_POSITION_Y"],
            self._natural,
            self._quarters(),
        )
        start_ms = self._clock.now_ms()
        down: set[int] = set()
        try:
            for group in _together(moments):
                late_ms = self._clock.now_ms() - start_ms - group[0].at_ms
                if late_ms > _LATE_MS and not any(moment.needed for moment in group):
                    continue
                self._clock.pause(-late_ms / 1e3)
                self._report(group, panel, down)
        finally:
            if down:
                self._lift(down)

    def _report(self, group: Sequence[FingerMoment], panel: Panel, down: set[int]) -> None:
        """What all fingers do at one moment."""
        events: list[tuple[int, int, int]] = []
        for moment in group:
            events.append((_ABS, _SLOT, moment.finger))
            if moment.action == "up":
                down.discard(moment.finger)
                events.append((_ABS, _TRACKING_ID, _NONE))
                continue
            if moment.action == "down":
                self._tracking += 1
                events.append((_ABS, _TRACKING_ID, self._tracking))
            x, y = panel.units(moment.x, moment.y)
            events += [(_ABS, _X, x), (_ABS, _Y, y)]
            if moment.action == "down":
                events += self._pressure()
                if not down:
                    events.append((_KEY, _BTN_TOUCH, 1))
                down.add(moment.finger)
        if not down:
            events.append((_KEY, _BTN_TOUCH, 0))
        self._send(events)

    def _lift(self, down: set[int]) -> None:
        """An interrupted gesture leaves no finger on the screen."""
        events = [
            event
            for finger in sorted(down)
            for event in ((_ABS, _SLOT, finger), (_ABS, _TRACKING_ID, _NONE))
        ]
        self._send([*events, (_KEY, _BTN_TOUCH, 0)])

    def _pressure(self) -> list[tuple[int, int, int]]:
        """How hard and how broad, where the panel reports it: some phones ignore less."""
        events = []
        if "ABS_MT_TOUCH_MAJOR" in self._device.axes:
            events.append((_ABS, _TOUCH_MAJOR, _MAJOR))
        if pressure := self._device.axes.get("ABS_MT_PRESSURE"):
            events.append((_ABS, _PRESSURE, max(1, pressure.high // 3)))
        return events

    def _send(self, events: Sequence[tuple[int, int, int]]) -> None:
        path = self._device.path
        words = [f"sendevent {path} {kind} {code} {value}" for kind, code, value in events]
        output = self._shell.run("; ".join([*words, f"sendevent {path} {_SYN} 0 0"]))
        if output.code or "denied" in output.text:
            raise InjectionError("The phone no longer lets fingers be injected by sendevent.")


def find_send_events(
    shell: Shell, natural: Screen, quarters: Callable[[], int], clock: Clock
) -> SendEvents | None:
    """The touch screen, if the shell may write to it; asked by an empty report."""
    for device in parse_devices(shell.ask("getevent -lp")):
        if device.is_touch_screen and device.has_slots:
            output = shell.run(f"sendevent {device.path} {_SYN} 0 0")
            if output.code == 0 and not output.text.strip():
                return SendEvents(shell, device, natural, quarters, clock)
    return None


def _together(moments: Sequence[FingerMoment]) -> Iterator[list[FingerMoment]]:
    """Moments at the same time, which belong into one report."""
    group: list[FingerMoment] = []
    for moment in moments:
        if group and (moment.at_ms, moment.action) != (group[0].at_ms, group[0].action):
            yield group
            group = []
        group.append(moment)
    if group:
        yield group
