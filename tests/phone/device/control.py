"""What a test may do to the phone from outside: JSON lines over a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.phone.device.hand import Contact
from tests.phone.device.keycodes import LINUX_KEYS, PHONE_KEYS, typed_by
from tests.phone.device.panel import BUTTONS, KEYS

if TYPE_CHECKING:
    from tests.phone.device.phone import Device

_BETWEEN_KEYS_S = 0.02


class Control:
    """Each public method can be called by its name; arguments and results are JSON."""

    def __init__(self, device: Device) -> None:
        self._device = device

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer calls until the other end hangs up."""
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                call = json.loads(line)
                try:
                    result = await getattr(self, call["call"])(**call["with"])
                    answer = {"result": result}
                except Exception as error:  # noqa: BLE001 - the test that asked gets it
                    answer = {"error": f"{type(error).__name__}: {error}"}
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def touch(self, contacts: list[dict[str, Any]]) -> None:
        """The user's fingers."""
        await self._device.hand.touch([Contact(**contact) for contact in contacts])

    async def button(self, key: str) -> None:
        """The user presses a button of the phone: KEY_BACK, KEY_POWER, ..."""
        for down in (True, False):
            self._device.devices.key(BUTTONS, LINUX_KEYS[key], down=down)
        await self._device.system.press(PHONE_KEYS[key])

    async def keyboard(self, text: str) -> None:
        """The user types on a keyboard that is connected to the phone."""
        devices, shift = self._device.devices, LINUX_KEYS["KEY_LEFTSHIFT"]
        for character in text:
            key, shifted = typed_by(character)
            if shifted:
                devices.key(KEYS, shift, down=True)
            devices.key(KEYS, LINUX_KEYS[key], down=True)
            await self._device.screen.type(character)
            devices.key(KEYS, LINUX_KEYS[key], down=False)
            if shifted:
                devices.key(KEYS, shift, down=False)
            await asyncio.sleep(_BETWEEN_KEYS_S)

    async def wheel(self, x: float, y: float, notches: int) -> None:
        """The user turns the wheel of a mouse at a place; positive towards the end of a page."""
        for _ in range(abs(notches)):
            self._device.devices.wheel(-1 if notches > 0 else 1)
            await self._device.screen.scroll(x, y, 1 if notches > 0 else -1)

    async def where(self, selector: str) -> list[float] | None:
        """The box of an element of the shown pages in pixels, None if it is not to be seen."""
        box: list[float] | None = await self._device.web.ask("where", selector=selector)
        return box

    async def keys(self) -> dict[str, list[float]]:
        """The boxes of the soft keyboard's keys in pixels; empty while there is none."""
        keys: dict[str, list[float]] = await self._device.web.ask("keys")
        return keys

    async def events(self) -> list[dict[str, Any]]:
        """The application's log."""
        return self._device.web.garden.events()

    async def reset(self) -> None:
        """As new: application, log, faults and what was asked for."""
        await self._device.reset()

    async def set(self, **facts: Any) -> None:
        """Change the phone: `screen_on`, `locked`, `dialog`, `authorize`, `rotation`, ..."""
        system, state = self._device.system, self._device.state
        for name, value in facts.items():
            match name:
                case "screen_on":
                    await system.turn_screen(on=value)
                case "locked":
                    await system.lock(locked=value)
                case "dialog":
                    await system.show_dialog(value)
                case "rotation":
                    await system.rotate(value)
                case "authorize" | "clipboard":
                    setattr(state, name, value)
                case _:
                    raise ValueError(f"a phone has no {name}")

    async def get(self) -> dict[str, Any]:
        """How the phone is."""
        state = self._device.state
        names = (
            "screen_on", "locked", "dialog", "rotation", "foreground", "keyboard_shown",
            "clipboard", "page_ready", "running", "input_method", "settings",
        )  # fmt: skip
        return {name: getattr(state, name) for name in names}

    async def faults(self, **faults: Any) -> None:
        """Let things go wrong, see `Faults`."""
        for name, value in faults.items():
            if not hasattr(self._device.state.faults, name):
                raise ValueError(f"there is no fault {name}")
            setattr(self._device.state.faults, name, value)
        await self._device.listen()

    async def disconnect(self) -> None:
        """Hang up on every computer."""
        self._device.disconnect()

    async def crash(self) -> None:
        """The application crashes."""
        await self._device.system.crash()

    async def commands(self) -> list[dict[str, Any]]:
        """All that computers have asked for."""
        return [asdict(command) for command in self._device.state.commands]

    async def log(self, level: str, tag: str, text: str) -> None:
        """Write a line into the phone's log."""
        self._device.log.write(level, tag, text)
