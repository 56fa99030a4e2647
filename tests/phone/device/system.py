"""The phone's system: its keys, its lock, its dialogs, and which application is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.phone.device.logcat import CRASH_TAG
from tests.phone.device.state import ACTIVITY, LAUNCHER, SOFT_KEYBOARD

if TYPE_CHECKING:
    from tests.phone.device.logcat import LogBuffer
    from tests.phone.device.screen import Screen
    from tests.phone.device.state import PhoneState
    from tests.phone.device.web import Web

_CRASH = """FATAL EXCEPTION: main
Process: org.vistest.garden, PID: 4242
java.lang.IllegalStateException: the well is dry
\tat org.vistest.garden.Well.draw(Well.java:17)
\tat org.vistest.garden.MainActivity.onResume(MainActivity.java:42)"""

_REPORTED = {"dialog", "foreground", "keyboard_shown", "locked", "page_ready", "running"}


class System:
    """Changes the phone, and has the system's page show it."""

    def __init__(self, state: PhoneState, screen: Screen, web: Web, log: LogBuffer) -> None:
        self._state, self._screen, self._web, self._log = state, screen, web, log
        web.garden.posts["/system"] = self._reported

    async def press(self, key: str) -> None:
        """A key of the phone (`phone:back`), or of a keyboard (`a`, `Control+c`)."""
        if not key.startswith("phone:"):
            await self.press_together(key.split("+") if len(key) > 1 else [key])
            return
        match key.removeprefix("phone:"):
            case "power":
                await self.turn_screen(on=not self._state.screen_on)
            case "sleep":
                await self.turn_screen(on=False)
            case "wakeup":
                await self.turn_screen(on=True)
            case "home":
                await self.leave()
            case "paste":
                await self.insert(self._state.clipboard)
            case name if self._state.screen_on:
                await self._web.ask("key", name=name)

    async def press_together(self, keys: list[str]) -> None:
        """A chord of a keyboard's keys."""
        if self._state.screen_on:
            await self._screen.press(*keys)

    async def turn_screen(self, *, on: bool) -> None:
        """As the power key does."""
        self._state.screen_on = on
        await self._web.ask("screen", on=on)

    async def lock(self, *, locked: bool) -> None:
        """Show the lock screen, or take it away."""
        self._state.locked = locked
        await self._web.ask("lock", locked=locked)

    async def dismiss_lock(self) -> None:
        """As `wm dismiss-keyguard` does: without a PIN it goes away."""
        if not self._state.setup.pin:
            await self.lock(locked=False)

    async def rotate(self, rotation: int) -> None:
        """Turn the phone by quarter turns, counter-clockwise from how it is usually held."""
        self._state.rotation = rotation % 4
        await self._screen.resize(*self._state.size)
        await self._web.ask("settled")

    async def insert(self, text: str) -> None:
        """Put `text` into the field with the focus, as an input method does."""
        await self._web.ask("paste", text=text)

    async def use_input_method(self, name: str) -> None:
        """Another one than the soft keyboard shows no keys."""
        self._state.input_method = name
        await self._web.ask("input_method", soft=name == SOFT_KEYBOARD)

    async def start(self, *, page: str = "") -> None:
        """Bring the application to the front, started anew if it did not run."""
        self._log.write("I", "ActivityTaskManager", f"START u0 {{cmp={ACTIVITY}}} from uid 2000")
        if self._state.faults.crash_on_start:
            await self.crash()
            return
        self._state.foreground, self._state.running = ACTIVITY, True
        await self._web.ask("start", page=page or self._state.setup.page)
        self._log.write("I", "ActivityTaskManager", f"Displayed {ACTIVITY}: +312ms")

    async def leave(self) -> None:
        """To the home screen; the application stays as it is."""
        self._state.foreground = LAUNCHER
        await self._web.ask("home")

    async def stop(self, *, clear: bool = False) -> None:
        """End the application; `clear` forgets all that it has stored."""
        self._state.foreground, self._state.running = LAUNCHER, False
        await self._web.ask("stop", clear=clear)

    async def crash(self) -> None:
        """The application ends with an exception, which the log has."""
        for line in _CRASH.splitlines():
            self._log.write("E", CRASH_TAG, line)
        self._log.write("W", "ActivityTaskManager", f"  Force finishing activity {ACTIVITY}")
        await self.stop()

    async def show_dialog(self, kind: str) -> None:
        """`permission` or `anr`; none if empty."""
        self._state.dialog = kind
        if kind == "anr":
            self._log.write("E", "ActivityManager", "ANR in org.vistest.garden")
            self._log.write("E", "ActivityManager", "PID: 4242")
            self._log.write("E", "ActivityManager", "Reason: Input dispatching timed out")
        await self._web.ask("dialog", kind=kind)

    def _reported(self, facts: dict[str, Any]) -> None:
        """What the system's page says of itself."""
        for name, value in facts.items():
            if name in _REPORTED:
                setattr(self._state, name, value)
