"""What `getevent -lp` and `getevent -lt` write, line by line. Pure.

The form is that of AOSP's system/core/toolbox/getevent.c: a line of an event is
`[%8ld.%06ld] DEVICE: %-12.12s %-20.20s %s`; types, codes and key values are names where the program
knows one, else hexadecimal numbers; other values are hexadecimal, negative ones as 32 bits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT = re.compile(
    r"\[\s*(?P<seconds>\d+)\.(?P<micros>\d{6})\]\s+(?P<device>/dev/input/event\d+):"
    r"\s+(?P<type>\S+)\s+(?P<code>\S+)\s+(?P<value>\S+)\s*"
)
_DEVICE = re.compile(r"add device \d+: (/dev/input/\S+)")
_NAME = re.compile(r'\s+name:\s+"(.*)"')
_SECTION = re.compile(r"\s+([A-Z]+) \([0-9a-f]{4}\): ?(.*)")
_AXIS = re.compile(r"(\w+)\s*: value -?\d+, min (-?\d+), max (-?\d+),")
_PROPERTY = re.compile(r"\s+(INPUT_PROP_\w+|<none>)")


@dataclass(frozen=True, slots=True)
class EvdevEvent:
    """One line of an event.

    Attributes:
        time_ms: CLOCK_MONOTONIC of the phone.
        device: `/dev/input/eventN`.
        type: `EV_ABS`, `EV_KEY`, `EV_REL`, `EV_SYN`, ...
        code: `ABS_MT_SLOT`, `KEY_BACK`, `SYN_REPORT`, ...
        value: A name (`DOWN`, `UP`, `REPEAT`) or hexadecimal digits.
    """

    time_ms: float
    device: str
    type: str
    code: str
    value: str

    @property
    def number(self) -> int:
        """The value as a signed 32-bit number; 0 if it is a name."""
        try:
            number = int(self.value, 16)
        except ValueError:
            return 0
        return number - (1 << 32) if number >= 1 << 31 else number


@dataclass(frozen=True, slots=True)
class AxisRange:
    """What an axis reports, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class InputDevice:
    """One input device.

    Attributes:
        path: `/dev/input/eventN`.
        name: As its driver says.
        axes: Ranges by name, `ABS_MT_POSITION_X` and the like.
        properties: `INPUT_PROP_DIRECT` and the like.
    """

    path: str
    name: str
    axes: Mapping[str, AxisRange] = field(default_factory=dict)
    properties: frozenset[str] = frozenset()

    @property
    def is_touch_screen(self) -> bool:
        """Whether fingers on it point at what they touch; old kernels know no properties."""
        positions = {"ABS_MT_POSITION_X", "ABS_MT_POSITION_Y"} <= self.axes.keys()
        return positions and "INPUT_PROP_POINTER" not in self.properties

    @property
    def has_slots(self) -> bool:
        """Whether it speaks multi-touch protocol B."""
        return "ABS_MT_SLOT" in self.axes


def parse_event(line: str) -> EvdevEvent | None:
    """The event of a line; None for what else `getevent` writes, and for garbage."""
    found = _EVENT.fullmatch(line)
    if found is None:
        return None
    time_ms = int(found["seconds"]) * 1e3 + int(found["micros"]) / 1e3
    return EvdevEvent(time_ms, found["device"], found["type"], found["code"], found["value"])


def parse_devices(text: str) -> list[InputDevice]:
    """All devices of `getevent -lp`."""
    devices: list[InputDevice] = []
    parts = _DEVICE.split(text)
    for path, body in zip(parts[1::2], parts[2::2], strict=True):
        name, section = "", ""
        axes: dict[str, AxisRange] = {}
        properties: set[str] = set()
        for line in body.splitlines():
            if named := _NAME.match(line):
                name = named[1]
                continue
            if begins := _SECTION.match(line):
                section = begins[1]
            if section == "ABS" and (axis := _AXIS.search(line)):
                axes[axis[1]] = AxisRange(int(axis[2]), int(axis[3]))
            elif has := _PROPERTY.match(line):
                properties.add(has[1])
        devices.append(InputDevice(path, name, axes, frozenset(properties)))
    return devices
