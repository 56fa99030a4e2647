"""`sendevent DEVICE TYPE CODE VALUE`: writes to a device of the kernel, where that is allowed.

What is written moves fingers just as the panel does, and whoever reads the device sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.phone.device.panel import (
    EV_ABS,
    EV_SYN,
    PANEL,
    POSITION_X,
    POSITION_Y,
    SLOT,
    SYN_REPORT,
    TRACKING_ID,
)

if TYPE_CHECKING:
    from tests.phone.device.hand import Hand
    from tests.phone.device.panel import InputDevices
    from tests.phone.device.programs import Call

_RELEASED = -1
_INT = 1 << 32


@dataclass(slots=True)
class _Written:
    """A slot as it is written, until the next report."""

    x: int = 0
    y: int = 0
    tracking: int | None = None
    down: bool = False
    changed: bool = False


class SendEvent:
    """The program, on one phone; it takes protocol B."""

    def __init__(self, devices: InputDevices, hand: Hand) -> None:
        self._devices, self._hand = devices, hand
        self._slots: dict[int, _Written] = {}
        self._slot = 0

    async def run(self, call: Call) -> int:
        """One event."""
        if not self._devices.state.setup.sendevent:
            return await call.complain(f"could not open {PANEL}, Permission denied\n")
        if len(call.arguments) != 4 or call.arguments[0] != PANEL:
            return await call.complain("use: sendevent device type code value\n")
        kind, code, value = map(int, call.arguments[1:])
        value = value - _INT if value >= _INT // 2 else value
        if (kind, code) == (EV_SYN, SYN_REPORT):
            await self._report()
        elif kind == EV_ABS:
            self._write(code, value)
        return 0

    def _write(self, code: int, value: int) -> None:
        if code == SLOT:
            self._slot = value
            return
        slot = self._slots.setdefault(self._slot, _Written())
        slot.changed = True
        match code:
            case _ if code == TRACKING_ID:
                slot.tracking = None if value == _RELEASED else value
            case _ if code == POSITION_X:
                slot.x = value
            case _ if code == POSITION_Y:
                slot.y = value

    async def _report(self) -> None:
        for number, slot in sorted(self._slots.items()):
            if not slot.changed:
                continue
            slot.changed = False
            touches = slot.tracking is not None
            action = ("move" if slot.down else "down") if touches else "up"
            if touches or slot.down:
                slot.down = touches
                await self._hand.feel(action, number, *self._devices.pixel(slot.x, slot.y))
