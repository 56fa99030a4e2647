"""Touch screens of a display: XInput 2.2 raw events to our events."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from Xlib.ext import xinput

from vistest.core.events import PointerEvent
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.events import PointerAction
    from vistest.core.geometry import Screen, Size
    from vistest.devices.x11.clock import ServerClock
    from vistest.devices.x11.connection import Connection

ACTIONS: dict[int, PointerAction] = {22: "down", 23: "move", 24: "up"}
EVENT_MASK = sum(1 << kind for kind in ACTIONS)
_DIRECT_TOUCH = 1
# device, time, detail, source device, words of the mask, flags, -
_HEADER = struct.Struct("=HIIHHII")
_FIXED = struct.Struct("=iI")


@dataclass(frozen=True, slots=True)
class Axis:
    """The range of a valuator."""

    lowest: float
    highest: float

    def pixel(self, value: float, pixels: int) -> float:
        """Where the server puts `value` on an axis of so many pixels."""
        share = (value - self.lowest) / (self.highest - self.lowest)
        return round(share * (pixels - 1), 2)


@dataclass(frozen=True, slots=True)
class TouchScreen:
    """The valuators 0 and 1 of a device that is touched directly."""

    x: Axis
    y: Axis

    def point(self, x: float, y: float, size: Size) -> Point:
        """From valuators to pixels of a screen that the device covers."""
        return Point(self.x.pixel(x, size.width), self.y.pixel(y, size.height))


def find_touch_screens(connection: Connection) -> dict[int, TouchScreen]:
    """By device number, the touch screens of a display; touch pads are none."""
    with connection.guarded() as display:
        if not display.has_extension(xinput.extname):
            return {}
        version = xinput.XIQueryVersion(
            display=display.display,
            opcode=display.display.get_extension_major(xinput.extname),
            major_version=2,
            minor_version=2,
        )
        if (version.major_version, version.minor_version) < (2, 2):
            return {}
        devices = display.xinput_query_device(xinput.AllDevices).devices
    found = {device.deviceid: _touch_screen(device) for device in devices}
    return {number: screen for number, screen in found.items() if screen is not None}


def _touch_screen(device: Any) -> TouchScreen | None:  # noqa: ANN401 - python-xlib has no types
    direct = any(
        part.type == xinput.TouchClass and part.mode == _DIRECT_TOUCH for part in device.classes
    )
    axes = {
        part.number: Axis(part.min, part.max)
        for part in device.classes
        if part.type == xinput.ValuatorClass and part.max > part.min
    }
    if not direct or device.use not in (xinput.SlavePointer, xinput.FloatingSlave):
        return None
    return TouchScreen(axes[0], axes[1]) if {0, 1} <= axes.keys() else None


class TouchDecoder:
    """Turns raw touch events into pointer events with small contact numbers.

    Attributes:
        screen: What positions are measured on; the owner sets it when the screen changes.
    """

    def __init__(
        self, devices: Mapping[int, TouchScreen], screen: Screen, clock: ServerClock
    ) -> None:
        self.screen = screen
        self._devices = devices
        self._clock = clock
        self._contacts: dict[tuple[int, int], int] = {}
        self._last: dict[tuple[int, int], tuple[float, float]] = {}

    def decode(self, kind: int, data: bytes) -> PointerEvent | None:
        """The event in `data`, all that follows the event type; None if it is no touch."""
        _, stamp, detail, source, words, _, _ = _HEADER.unpack_from(data)
        device = self._devices.get(source)
        if device is None or kind not in ACTIONS:
            return None
        finger, action = (source, detail), ACTIONS[kind]
        contact = self._contact(finger, action)
        values = _valuators(data[_HEADER.size :], words)
        before = self._last.get(finger, (0.0, 0.0))
        x, y = values.get(0, before[0]), values.get(1, before[1])
        self._last[finger] = (x, y)
        if action == "up":
            self._last.pop(finger)
        at = Position(device.point(x, y, self.screen.size), self.screen)
        time_ms = self._clock.from_server(stamp)
        return PointerEvent(time_ms, action, at, kind="touch", contact=contact)

    def _contact(self, finger: tuple[int, int], action: PointerAction) -> int:
        """The lowest number that is free while this finger is down."""
        if finger not in self._contacts:
            used = set(self._contacts.values())
            self._contacts[finger] = next(n for n in range(len(used) + 1) if n not in used)
        contact = self._contacts[finger]
        if action == "up":
            del self._contacts[finger]
        return contact


def _valuators(data: bytes, words: int) -> dict[int, float]:
    """By number, the valuators that the event holds: a bit mask, then 32.32 fixed numbers."""
    mask = int.from_bytes(data[: 4 * words], "little")
    numbers = [bit for bit in range(32 * words) if mask >> bit & 1]
    values = {}
    for index, number in enumerate(numbers):
        whole, fraction = _FIXED.unpack_from(data, 4 * words + index * _FIXED.size)
        values[number] = whole + fraction / 2**32
    return values
