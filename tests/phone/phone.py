"""A stand-in for an Android phone, for tests and benches.

A real multi-touch X screen shows a real web application in Chromium, and a process of its own
speaks the device's half of the ADB protocol over TCP. It is neither a phone nor Android: what a
real adbd, kernel, shell or window manager does differently is not to be found out with it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.phone.browser import kiosk
from tests.phone.control import PhoneControl
from tests.phone.setup import PhoneSetup
from tests.phone.user import User
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.geometry import Rect, Size
from vistest.devices.x11.application import LocalApplication
from vistest.devices.x11.capture import DamageVideo
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

if TYPE_CHECKING:
    from types import TracebackType

_ROOT = Path(__file__).parents[2]
_READY_LIMIT_S = 40.0


class Phone:
    """A running phone; a context manager that ends it and all of its parts.

    Attributes:
        setup: What it is like.
        address: HOST:PORT, for `adb connect` and `adb:HOST:PORT`.
        user: The person who holds it.
        folder: A folder that is removed with it.
    """

    def __init__(self, setup: PhoneSetup | None = None) -> None:
        self.setup = setup or PhoneSetup()
        width, height = self.setup.size
        self._screen = VirtualScreen(
            ScreenSetup(
                Size(width, height), dark=self.setup.dark, window_manager="matchbox", touch=True
            )
        )
        self.folder = self._screen.folder
        self._process: subprocess.Popen[str] | None = None
        self._control: PhoneControl | None = None
        self._browser: LocalApplication | None = None
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def events(self) -> list[dict[str, Any]]:
        """The application's own log: each thing that it did because of its user.

        Keys: `page`, `object`, `action`, `value`, `time_ms` (CLOCK_MONOTONIC).
        """
        events: list[dict[str, Any]] = self.control.call("events")
        return events

    def reset(self) -> None:
        """As new: screen on, unlocked, the application started afresh, no faults, empty logs."""
        self.control.call("reset")

    def set(self, **facts: object) -> None:
        """Change it: `screen_on`, `locked`, `dialog` ("permission", "anr", ""), `authorize`."""
        self.control.call("set", **facts)

    def get(self) -> dict[str, Any]:
        """How it is now, by the names of `set` and some more."""
        facts: dict[str, Any] = self.control.call("get")
        return facts

    def faults(self, **faults: object) -> None:
        """Let things go wrong from now on, see `tests.phone.device.state.Faults`."""
        self.control.call("faults", **faults)

    def disconnect(self) -> None:
        """Hang up on every computer; they may connect again."""
        self.control.call("disconnect")

    def commands(self, kind: str = "") -> list[dict[str, Any]]:
        """What computers asked for: of `kind` service, input (for a shell) or tool, or of all."""
        commands: list[dict[str, Any]] = self.control.call("commands")
        return [command for command in commands if kind in ("", command["kind"])]

    def where(self, selector: str) -> Rect | None:
        """The box in pixels of an element of the pages, None if it is not to be seen."""
        box = self.control.call("where", selector=selector)
        return None if box is None else Rect(*box)

    def find(self, selector: str) -> Rect:
        """The box of an element, as soon as it is to be seen.

        Raises:
            AssertionError: it is not, for some seconds.
        """
        return Rect(*self.user.find(selector))

    def watch(self) -> DamageVideo:
        """What its user sees: a frame whenever the picture changes."""
        return DamageVideo(self._screen.environment["DISPLAY"], self.setup.density, 10.0)

    def crash(self) -> None:
        """Let the application crash."""
        self.control.call("crash")

    def adb_environment(self) -> dict[str, str]:
        """For Debian's adb: a home and a port of its own, so that nobody's adb is touched."""
        return {
            **self._screen.environment,
            "ANDROID_ADB_SERVER_PORT": str(self._adb_port),
            "ADB_MDNS": "0",
        }

    @property
    def control(self) -> PhoneControl:
        """All that can be done to it from outside."""
        if self._control is None:
            raise RuntimeError("the phone is closed")
        return self._control

    def close(self) -> None:
        """End it; safe to call twice."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._browser is not None:
            self._browser.close()
        self._screen.close()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.phone.device", self.setup.to_json(), self._screen.uri,
             str(self.folder)],
            cwd=_ROOT, env=self._screen.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        ready = json.loads(self._process.stdout.readline() or "{}")
        if not ready:
            raise RuntimeError("the phone did not start; its errors are above")
        self.address = f"127.0.0.1:{ready['port']}"
        self._control = PhoneControl(self.folder / "control")
        self.user = User(self._control)
        self._browser = self._show(ready["origin"])
        self._adb_port = _free_port()
        self._wait_until_ready()

    def _show(self, origin: str) -> LocalApplication:
        look = "dark" if self.setup.dark else "light"
        url = (
            f"{origin}/system/index.html?look={look}&keyboard={self.setup.keyboard}"
            f"&page={self.setup.page}"
        )
        command = kiosk(self.folder / "chromium", url, self.setup.density)
        return LocalApplication(command, self._screen.environment)

    def _wait_until_ready(self) -> None:
        deadline = Deadline.after(_READY_LIMIT_S, MonotonicClock())
        while not self.get()["page_ready"]:
            if deadline.passed:
                raise RuntimeError("the phone's screen stayed empty")
            deadline.pause(0.05)

    def __enter__(self) -> Phone:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
