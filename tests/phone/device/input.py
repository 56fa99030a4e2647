"""`input`, with the sources, defaults and limits of Android's InputShellCommand.java."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device.hand import Contact
from tests.phone.device.keycodes import android_key

if TYPE_CHECKING:
    from tests.phone.device.hand import Hand
    from tests.phone.device.programs import Call
    from tests.phone.device.screen import Screen
    from tests.phone.device.system import System

_SOURCES = {
    "dpad", "gamepad", "joystick", "keyboard", "mouse", "stylus", "touchnavigation", "touchpad",
    "touchscreen", "trackball",
}  # fmt: skip
_TAP_MS = 4.0
_SWIPE_MS, _STEP_MS = 300.0, 8.0
_LONG_PRESS_MS = 500.0
_USAGE = "Error: Invalid arguments for command: "


class Input:
    """The program, on one phone."""

    def __init__(self, hand: Hand, screen: Screen, system: System) -> None:
        self._hand, self._screen, self._system = hand, screen, system

    async def run(self, call: Call) -> int:
        """Do what the arguments say."""
        words = [word for word in call.arguments if word not in _SOURCES]
        command, arguments = (words[0], words[1:]) if words else ("", [])
        try:
            match command:
                case "tap":
                    await self._tap(*_numbers(arguments, 2))
                case "swipe":
                    await self._swipe(_numbers(arguments, 4, _SWIPE_MS), 0.0)
                case "draganddrop":
                    await self._swipe(_numbers(arguments, 4, _SWIPE_MS), _LONG_PRESS_MS)
                case "motionevent":
                    await self._motion(arguments[0], *_numbers(arguments[1:], 2))
                case "text":
                    return await self._text(call, arguments[0])
                case "keyevent":
                    await self._keys(arguments)
                case "keycombination":
                    await self._chord(arguments)
                case _:
                    return await call.complain(f"Error: Unknown command: {command}\n", 255)
        except (ValueError, IndexError, KeyError) as error:
            return await call.complain(f"{_USAGE}{command} ({error})\n", 255)
        return 0

    async def _tap(self, x: float, y: float) -> None:
        await self._hand.inject([Contact(0, "down", 0, x, y), Contact(_TAP_MS, "up", 0, x, y)])

    async def _swipe(self, numbers: list[float], hold_ms: float) -> None:
        x1, y1, x2, y2, duration_ms = numbers
        steps = max(1, round(duration_ms / _STEP_MS))
        contacts = [Contact(0, "down", 0, x1, y1)]
        for step in range(1, steps + 1):
            share = step / steps
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            contacts.append(Contact(hold_ms + share * duration_ms, "move", 0, x, y))
        contacts.append(Contact(hold_ms + duration_ms, "up", 0, x2, y2))
        await self._hand.inject(contacts)

    async def _motion(self, action: str, x: float, y: float) -> None:
        actions = {"DOWN": "down", "MOVE": "move", "UP": "up", "CANCEL": "up"}
        await self._hand.inject([Contact(0, actions[action.upper()], 0, x, y)])

    async def _text(self, call: Call, text: str) -> int:
        """`%s` is a space. The key map of the virtual keyboard knows ASCII only: on anything else
        the real program dies, and types nothing.
        """
        if not text.isascii():
            trace = "java.lang.NullPointerException: Attempt to get length of null array\n"
            return await call.complain(
                f"\nException occurred while executing 'text':\n{trace}", 255
            )
        await self._screen.type(text.replace("%s", " "))
        return 0

    async def _keys(self, words: list[str]) -> None:
        hold_s = _LONG_PRESS_MS / 1e3 if "--longpress" in words else 0.0
        for name in (word for word in words if not word.startswith("--")):
            key = android_key(name)
            if key is None and not name.isdigit():
                raise ValueError(f"unknown key {name}")
            if key is not None:
                await self._system.press(key)
            await asyncio.sleep(hold_s)

    async def _chord(self, words: list[str]) -> None:
        keys = [android_key(name) for name in words]
        if len(keys) < 2 or None in keys:
            raise ValueError("keycombination needs two known keys")
        await self._system.press_together([key for key in keys if key is not None])


def _numbers(words: list[str], count: int, *defaults: float) -> list[float]:
    numbers = [float(word) for word in words]
    if len(numbers) == count:
        numbers += defaults
    if len(numbers) != count + len(defaults):
        raise ValueError(f"{len(words)} numbers")
    return numbers
