"""The phone's input devices as its kernel reports them: a touch panel and buttons.

The panel counts in units of its own and does not turn with the picture. Multi-touch is reported as
in the kernel's `Documentation/input/multi-touch-protocol.rst`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.phone.device.state import monotonic_s

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from tests.phone.device.state import PhoneState

Touch = Literal["down", "move", "up"]

EV_SYN, EV_KEY, EV_REL, EV_ABS = 0, 1, 2, 3
REL_WHEEL = 8
SYN_REPORT, SYN_MT_REPORT = 0, 2
BTN_TOUCH = 0x14A
SLOT, TOUCH_MAJOR, POSITION_X, POSITION_Y, TRACKING_ID, PRESSURE = (
    0x2F, 0x30, 0x35, 0x36, 0x39, 0x3A,
)  # fmt: skip
HIGHEST_SLOT = 9
_RELEASED = 0xFFFFFFFF
_TRACKING_IDS = 0x10000
_MAJOR, _PRESSURE = 6, 57

PANEL, BUTTONS = "/dev/input/event2", "/dev/input/event0"
KEYS, MOUSE = "/dev/input/event4", "/dev/input/event5"


@dataclass(frozen=True, slots=True)
class KernelEvent:
    """One `struct input_event`."""

    time_s: float
    device: str
    type: int
    code: int
    value: int


@dataclass(slots=True)
class _Slot:
    x: int
    y: int
    tracking: int


@dataclass(slots=True)
class InputDevices:
    """What the kernel says of fingers and buttons, to all who read it.

    Fingers move on threads of their own; who listens is called on `loop`.
    """

    state: PhoneState
    loop: asyncio.AbstractEventLoop
    listeners: list[Callable[[Sequence[KernelEvent]], None]] = field(default_factory=list)
    _slots: dict[int, _Slot] = field(default_factory=dict)
    _current: int = 0
    _tracking: int = 41

    def touch(self, action: Touch, slot: int, x: float, y: float) -> None:
        """A finger does something at a pixel of the picture."""
        place = self._units(x, y)
        if self.state.setup.protocol == "A":
            changes = self._touch_a(action, slot, *place)
        else:
            changes = self._touch_b(action, slot, *place)
        if changes:
            self._report(PANEL, changes)

    def key(self, device: str, code: int, *, down: bool) -> None:
        """A button or key goes down or up."""
        self._report(device, [(EV_KEY, code, int(down))])

    def wheel(self, notches: int) -> None:
        """The wheel of a mouse turns by one notch; positive is away from the user."""
        self._report(MOUSE, [(EV_REL, REL_WHEEL, notches & _RELEASED)])

    def _units(self, x: float, y: float) -> tuple[int, int]:
        """The panel's units at the middle of a pixel, as the panel is built in."""
        width, height = self.state.size
        across, down = (int(x) + 0.5) / width, (int(y) + 0.5) / height
        match self.state.rotation:
            case 1:
                across, down = 1 - down, across
            case 2:
                across, down = 1 - across, 1 - down
            case 3:
                across, down = down, 1 - across
        highest_x, highest_y = self.state.setup.panel
        return int(across * (highest_x + 1)), int(down * (highest_y + 1))

    def pixel(self, x: int, y: int) -> tuple[float, float]:
        """The place in the picture of the panel's units, as Android's InputReader maps them."""
        width, height = self.state.size
        highest_x, highest_y = self.state.setup.panel
        across, down = x / (highest_x + 1), y / (highest_y + 1)
        match self.state.rotation:
            case 1:
                across, down = down, 1 - across
            case 2:
                across, down = 1 - across, 1 - down
            case 3:
                across, down = 1 - down, across
        return across * width, down * height

    def _touch_b(self, action: Touch, slot: int, x: int, y: int) -> list[tuple[int, int, int]]:
        """Only what changed is said; a slot is named only when it is another than before."""
        changes: list[tuple[int, int, int]] = []
        known = self._slots.get(slot)
        if action == "up":
            if known is None:
                return []
            del self._slots[slot]
            changes += [*self._moved(known, x, y), (EV_ABS, TRACKING_ID, _RELEASED)]
            if not self._slots and self.state.setup.button_touch:
                changes.append((EV_KEY, BTN_TOUCH, 0))
        elif known is None:
            changes += self._landed(slot, x, y)
        else:
            changes += self._moved(known, x, y)
        if changes and slot != self._current:
            self._current = slot
            changes.insert(0, (EV_ABS, SLOT, slot))
        return changes

    def _landed(self, slot: int, x: int, y: int) -> list[tuple[int, int, int]]:
        first = not self._slots
        self._tracking = (self._tracking + 1) % _TRACKING_IDS
        self._slots[slot] = _Slot(x, y, self._tracking)
        changes = [(EV_ABS, TRACKING_ID, self._tracking)]
        if first and self.state.setup.button_touch:
            changes.append((EV_KEY, BTN_TOUCH, 1))
        return [
            *changes,
            (EV_ABS, POSITION_X, x),
            (EV_ABS, POSITION_Y, y),
            (EV_ABS, TOUCH_MAJOR, _MAJOR),
            (EV_ABS, PRESSURE, _PRESSURE),
        ]

    def _moved(self, known: _Slot, x: int, y: int) -> list[tuple[int, int, int]]:
        changes = []
        if x != known.x:
            changes.append((EV_ABS, POSITION_X, x))
        if y != known.y:
            changes.append((EV_ABS, POSITION_Y, y))
        known.x, known.y = x, y
        return changes

    def _touch_a(self, action: Touch, slot: int, x: int, y: int) -> list[tuple[int, int, int]]:
        """All fingers that touch, each closed by SYN_MT_REPORT; none at all when the last left."""
        if action == "up":
            self._slots.pop(slot, None)
        elif slot in self._slots:
            self._slots[slot].x, self._slots[slot].y = x, y
        else:
            self._tracking += 1
            self._slots[slot] = _Slot(x, y, self._tracking)
        changes: list[tuple[int, int, int]] = []
        for number, contact in sorted(self._slots.items()):
            changes += [
                (EV_ABS, TRACKING_ID, number),
                (EV_ABS, TOUCH_MAJOR, _MAJOR),
                (EV_ABS, POSITION_X, contact.x),
                (EV_ABS, POSITION_Y, contact.y),
                (EV_SYN, SYN_MT_REPORT, 0),
            ]
        return changes or [(EV_SYN, SYN_MT_REPORT, 0)]

    def _report(self, device: str, changes: Sequence[tuple[int, int, int]]) -> None:
        now_s = monotonic_s()
        events = [
            KernelEvent(now_s, device, *change) for change in [*changes, (EV_SYN, SYN_REPORT, 0)]
        ]
        for listener in list(self.listeners):
            self.loop.call_soon_threadsafe(listener, events)
