"""Lines of `getevent` -> raw events: fingers, keys and wheels of one phone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.core.events import KeyEvent, RawEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Point, Position
from vistest.devices.android.contacts import ListReader, SlotReader
from vistest.devices.android.facts import turned
from vistest.devices.android.getevent import parse_event
from vistest.devices.android.keycodes import MODIFIERS, hard_key
from vistest.devices.android.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vistest.core.geometry import Screen
    from vistest.devices.android.contacts import ContactReader
    from vistest.devices.android.getevent import EvdevEvent, InputDevice

_COMMANDING = MODIFIERS - {"Shift"}


class InputDecoder:
    """Takes lines in order. Used from one thread.

    Args:
        devices: Of the phone.
        natural: The screen in its natural orientation.
        quarters: How it is turned when it begins.
    """

    def __init__(self, devices: Sequence[InputDevice], natural: Screen, quarters: int) -> None:
        self._panels = {
            device.path: Panel(
                device.axes["ABS_MT_POSITION_X"],
                device.axes["ABS_MT_POSITION_Y"],
                natural,
                quarters,
            )
            for device in devices
            if device.is_touch_screen
        }
        self._readers: dict[str, ContactReader] = {
            device.path: _reader(device, self._placing(device.path))
            for device in devices
            if device.is_touch_screen
        }
        self._keys = _Keyboard()
        self._middle = _middle(turned(natural, quarters))
        self._last_at: Position | None = None
        self._last_ms = 0.0

    @property
    def has_touch(self) -> bool:
        """Whether there is a touch screen at all."""
        return bool(self._panels)

    def take(self, line: str) -> list[RawEvent]:
        """What `line` says; nothing for lines that say nothing about input."""
        event = parse_event(line)
        if event is None:
            return []
        found = self._events(event)
        for one in found:
            if hasattr(one, "at"):
                self._last_at = one.at
        return [self._in_order(one) for one in found]

    def turn(self, screen: Screen, quarters: int, time_ms: float) -> list[RawEvent]:
        """The screen was turned: fingers lift, and later places are on `screen`."""
        lifted: list[RawEvent] = []
        for reader in self._readers.values():
            lifted += reader.lift_all(time_ms)
        self._panels = {
            path: replace(panel, quarters=quarters) for path, panel in self._panels.items()
        }
        self._middle, self._last_at = _middle(screen), None
        return [self._in_order(event) for event in [*lifted, ScreenChanged(time_ms, screen)]]

    def lift_all(self, time_ms: float) -> list[RawEvent]:
        """The line to the phone broke: nobody knows what its fingers do."""
        events: list[RawEvent] = []
        for reader in self._readers.values():
            events += reader.lift_all(time_ms)
        return [self._in_order(event) for event in events]

    def _events(self, event: EvdevEvent) -> list[RawEvent]:
        reader = self._readers.get(event.device)
        touches: list[RawEvent] = [*reader.take(event)] if reader is not None else []
        if event.type == "EV_KEY":
            return [*touches, *self._keys.take(event)]
        if event.type == "EV_REL":
            return [*touches, *self._wheel(event)]
        return touches

    def _wheel(self, event: EvdevEvent) -> list[RawEvent]:
        """A wheel says no place: what was touched last is what it turns, as far as we know."""
        at = self._last_at or self._middle
        match event.code:
            case "REL_WHEEL":
                return [WheelEvent(event.time_ms, at, dy=-event.number)]
            case "REL_HWHEEL":
                return [WheelEvent(event.time_ms, at, dx=event.number)]
        return []

    def _in_order(self, event: RawEvent) -> RawEvent:
        """Lines of several devices may cross by a moment; a recording never goes back."""
        self._last_ms = max(self._last_ms, event.time_ms)
        return replace(event, time_ms=self._last_ms)

    def _placing(self, path: str) -> Callable[[int, int], Position]:
        return lambda x, y: self._panels[path].position(x, y)


class _Keyboard:
    """Keys of the phone's side and of a keyboard, with the layout of a US keyboard."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._names: dict[str, str] = {}
        self._capitals = False

    def take(self, event: EvdevEvent) -> list[RawEvent]:
        key = hard_key(event.code)
        if key is None or event.value not in ("DOWN", "UP", "REPEAT"):
            return []
        if event.value == "UP":
            self._held.discard(key.key)
            return [KeyEvent(event.time_ms, "up", self._names.pop(event.code, key.key))]
        if event.value == "REPEAT" and (not key.types and key.key != "Backspace"):
            return []
        if key.key in MODIFIERS:
            self._held.add(key.key)
        if key.key == "CapsLock":
            self._capitals = not self._capitals
        name = self._names[event.code] = self._name(key.key, key.shifted, key.types)
        text = name if key.types and not self._held & _COMMANDING else ""
        return [KeyEvent(event.time_ms, "down", name, text)]

    def _name(self, plain: str, shifted: str, types: bool) -> str:
        upper = "Shift" in self._held
        if types and plain.isalpha() and self._capitals:
            upper = not upper
        return shifted if upper else plain


def _reader(device: InputDevice, place: Callable[[int, int], Position]) -> ContactReader:
    return SlotReader(place) if device.has_slots else ListReader(place)


def _middle(screen: Screen) -> Position:
    return Position(Point(screen.size.width // 2, screen.size.height // 2), screen)
