"""Fingers that move by a timetable: the user's, which the panel feels, and injected ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.phone.device.panel import InputDevices, Touch
    from tests.phone.device.screen import Screen
    from tests.phone.device.state import PhoneState

# Fingers of the X server: the user's first, then those of programs.
_INJECTED_FROM = 5


@dataclass(frozen=True, slots=True)
class Contact:
    """A finger does something at a pixel, `at_ms` after the beginning."""

    at_ms: float
    action: Touch
    finger: int
    x: float
    y: float


class Hand:
    """All fingers on one phone."""

    def __init__(self, state: PhoneState, devices: InputDevices, screen: Screen) -> None:
        self._state, self._devices, self._screen = state, devices, screen
        self._clock = MonotonicClock()

    async def touch(self, contacts: Sequence[Contact]) -> None:
        """Move the user's fingers: the panel reports them, the screen shows what they do."""
        await asyncio.to_thread(self._play, contacts, felt=True)

    async def inject(self, contacts: Sequence[Contact]) -> None:
        """Move fingers as programs do it: behind the panel, which reports nothing."""
        await asyncio.to_thread(self._play, contacts, felt=False)

    async def feel(self, action: Touch, finger: int, x: float, y: float) -> None:
        """One thing that the panel is made to report."""
        await asyncio.to_thread(self._play, [Contact(0.0, action, finger, x, y)], felt=True)

    async def point(self, action: Touch, finger: int, x: float, y: float) -> None:
        """One thing that a program does with a finger, behind the panel."""
        await asyncio.to_thread(self._play, [Contact(0.0, action, finger, x, y)], felt=False)

    def _play(self, contacts: Sequence[Contact], *, felt: bool) -> None:
        start_ms = self._clock.now_ms()
        for index, contact in enumerate(contacts, 1):
            self._clock.pause((start_ms + contact.at_ms - self._clock.now_ms()) / 1e3)
            if not self._state.screen_on:
                continue
            x, y, finger = contact.x, contact.y, contact.finger
            if felt:
                self._devices.touch(contact.action, finger, x, y)
            number = finger if felt else finger + _INJECTED_FROM
            last = index == len(contacts)
            self._screen.finger(contact.action, number, x, y, self._state.size, last=last)
