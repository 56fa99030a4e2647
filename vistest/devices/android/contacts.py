"""Multi-touch protocols A and B of the Linux kernel -> fingers. Pure.

The protocols are described in the kernel's Documentation/input/multi-touch-protocol.rst. Protocol B
names slots, reports only what changed, and ends a contact with tracking id -1. Protocol A lists all
contacts in every report, each ended by SYN_MT_REPORT, without saying which is which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vistest.core.events import PointerEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.events import PointerAction
    from vistest.core.geometry import Position
    from vistest.devices.android.getevent import EvdevEvent

    Place = Callable[[int, int], Position]

_MOST_CONTACTS = 255


class ContactReader(Protocol):
    """Takes the events of one touch screen in order."""

    def take(self, event: EvdevEvent) -> list[PointerEvent]:
        """What fingers did, once a report is complete."""
        ...

    def lift_all(self, time_ms: float) -> list[PointerEvent]:
        """The fingers that are down lift, for nobody knows about them any more."""
        ...


@dataclass(slots=True)
class _Slot:
    """A slot of protocol B.

    Attributes:
        tracking: The contact in it; -1 if there is none.
        x: Panel units; kept when a new contact comes to the same place.
        y: Panel units.
        begins: A contact came with this report.
        ends: The contact before lifted with this report.
        moved: Its place changed with this report.
    """

    tracking: int = -1
    x: int = 0
    y: int = 0
    begins: bool = False
    ends: bool = False
    moved: bool = False


class SlotReader:
    """Protocol B."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._slots: dict[int, _Slot] = {}
        self._current = 0

    def take(self, event: EvdevEvent) -> list[PointerEvent]:
        """See `ContactReader`."""
        slot = self._slots.setdefault(self._current, _Slot())
        match event.type, event.code:
            case "EV_ABS", "ABS_MT_SLOT":
                if 0 <= event.number <= _MOST_CONTACTS:
                    self._current = event.number
            case "EV_ABS", "ABS_MT_TRACKING_ID":
                self._track(slot, event.number)
            case "EV_ABS", "ABS_MT_POSITION_X":
                slot.x, slot.moved = event.number, True
            case "EV_ABS", "ABS_MT_POSITION_Y":
                slot.y, slot.moved = event.number, True
            case "EV_SYN", "SYN_REPORT":
                return self._report(event.time_ms)
            case "EV_SYN", "SYN_DROPPED":
                return self.lift_all(event.time_ms)
        return []

    def lift_all(self, time_ms: float) -> list[PointerEvent]:
        """See `ContactReader`."""
        lifted = [
            _touch(time_ms, "up", number, self._place(slot.x, slot.y))
            for number, slot in self._slots.items()
            if slot.tracking >= 0 and not slot.begins
        ]
        self._slots = {number: _Slot(x=slot.x, y=slot.y) for number, slot in self._slots.items()}
        return lifted

    @staticmethod
    def _track(slot: _Slot, number: int) -> None:
        """A new number in a slot that is taken ends the contact that was there."""
        if slot.tracking >= 0 and not slot.begins and number != slot.tracking:
            slot.ends = True
        if number >= 0 and number != slot.tracking:
            slot.begins = True
        slot.tracking = number if number >= 0 else -1
        if number < 0:
            slot.begins = False

    def _report(self, time_ms: float) -> list[PointerEvent]:
        events: list[PointerEvent] = []
        for number, slot in self._slots.items():
            place = self._place(slot.x, slot.y)
            if slot.ends:
                events.append(_touch(time_ms, "up", number, place))
            if slot.begins:
                events.append(_touch(time_ms, "down", number, place))
            elif slot.moved and slot.tracking >= 0:
                events.append(_touch(time_ms, "move", number, place))
            slot.begins = slot.ends = slot.moved = False
        return sorted(events, key=lambda event: event.action != "up")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A contact in a report of protocol A; some drivers number them."""

    x: int
    y: int
    tracking: int | None = None


class ListReader:
    """Protocol A."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._down: dict[int, _Listed] = {}
        self._listed: list[_Listed] = []
        self._x: int | None = None
        self._y: int | None = None
        self._tracking: int | None = None
        self._touches = False

    def take(self, event: EvdevEvent) -> list[PointerEvent]:
        """See `ContactReader`."""
        match event.type, event.code:
            case "EV_ABS", "ABS_MT_POSITION_X":
                self._x = event.number
            case "EV_ABS", "ABS_MT_POSITION_Y":
                self._y = event.number
            case "EV_ABS", "ABS_MT_TRACKING_ID":
                self._tracking = event.number
            case "EV_SYN", "SYN_MT_REPORT":
                self._touches = True
                self._list()
            case "EV_KEY", "BTN_TOUCH" if event.value == "UP":
                self._touches = True
            case "EV_SYN", "SYN_REPORT":
                return self._report(event.time_ms)
            case "EV_SYN", "SYN_DROPPED":
                return self.lift_all(event.time_ms)
        return []

    def lift_all(self, time_ms: float) -> list[PointerEvent]:
        """See `ContactReader`."""
        lifted = [
            _touch(time_ms, "up", number, self._place(contact.x, contact.y))
            for number, contact in self._down.items()
        ]
        self._down = {}
        self._listed = []
        return lifted

    def _list(self) -> None:
        """A report without a place says that nothing touches."""
        if self._x is not None and self._y is not None:
            self._listed.append(_Listed(self._x, self._y, self._tracking))
        self._x = self._y = self._tracking = None

    def _report(self, time_ms: float) -> list[PointerEvent]:
        if not self._touches:
            return []  # of something else on the same device, such as a key
        found = _assigned(self._down, self._listed)
        events = [
            _touch(time_ms, "up", number, self._place(contact.x, contact.y))
            for number, contact in self._down.items()
            if number not in found
        ]
        for number, contact in found.items():
            place = self._place(contact.x, contact.y)
            before = self._down.get(number)
            if before is None:
                events.append(_touch(time_ms, "down", number, place))
            elif (before.x, before.y) != (contact.x, contact.y):
                events.append(_touch(time_ms, "move", number, place))
        self._down, self._listed, self._touches = found, [], False
        return events


def _assigned(before: dict[int, _Listed], now: list[_Listed]) -> dict[int, _Listed]:
    """Which finger each contact is: by its number, else the nearest one, else a new one."""
    found: dict[int, _Listed] = {}
    left = list(now)
    for number, old in before.items():
        same = [new for new in left if new.tracking is not None and new.tracking == old.tracking]
        if same:
            found[number] = same[0]
            left.remove(same[0])
    pairs = sorted(
        ((old.x - new.x) ** 2 + (old.y - new.y) ** 2, number, index)
        for number, old in before.items()
        for index, new in enumerate(left)
        if number not in found and None in (old.tracking, new.tracking)
    )
    taken: set[int] = set()
    for _, number, index in pairs:
        if number not in found and index not in taken:
            found[number] = left[index]
            taken.add(index)
    for index, new in enumerate(left):
        if index not in taken:
            found[_free(before.keys() | found.keys())] = new
    return found


def _free(taken: set[int]) -> int:
    return next(number for number in range(_MOST_CONTACTS + 1) if number not in taken)


def _touch(time_ms: float, action: PointerAction, contact: int, at: Position) -> PointerEvent:
    return PointerEvent(time_ms, action, at, "touch", contact)
