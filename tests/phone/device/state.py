"""What the phone's parts share: how it is right now, what went wrong on demand, what it saw."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.phone.device.adb.keys import PublicKey
    from tests.phone.setup import PhoneSetup

PACKAGE = "org.vistest.garden"
ACTIVITY = f"{PACKAGE}/.MainActivity"
LAUNCHER = "com.android.launcher3/.Launcher"
SOFT_KEYBOARD = "org.vistest.keyboard/.SoftKeyboard"
ADB_KEYBOARD = "com.android.adbkeyboard/.AdbIME"


def monotonic_s() -> float:
    """CLOCK_MONOTONIC, by which the kernel stamps input events."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


@dataclass(slots=True)
class Faults:
    """What goes wrong, until told otherwise.

    Attributes:
        slow_s: Each message of a computer is answered so much later.
        garbage: Messages are replaced by bytes that are none.
        screencap_fails: `screencap` gives an error and no picture.
        screenrecord_dies_after_s: `screenrecord` ends so early, without an error.
        refuse_connections: Nobody listens any more.
        crash_on_start: The application crashes as soon as it is started.
    """

    slow_s: float = 0.0
    garbage: bool = False
    screencap_fails: bool = False
    screenrecord_dies_after_s: float | None = None
    refuse_connections: bool = False
    crash_on_start: bool = False

    async def delay(self) -> None:
        """Be slow, where that was asked for."""
        if self.slow_s:
            await asyncio.sleep(self.slow_s)


@dataclass(frozen=True, slots=True)
class LoggedCommand:
    """Something that a computer asked for.

    Attributes:
        kind: `service` (opened), `input` (bytes for a shell), or `tool` (a program that ran).
        text: The service's name, the bytes, or the program's name and arguments.
    """

    kind: str
    text: str
    arguments: tuple[str, ...] = ()


@dataclass(slots=True)
class PhoneState:
    """How the phone is now. Read and changed on the event loop only."""

    setup: PhoneSetup
    authorize: bool = True
    faults: Faults = field(default_factory=Faults)
    keys: list[PublicKey] = field(default_factory=list)
    commands: list[LoggedCommand] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    screen_on: bool = True
    locked: bool = False
    rotation: int = 0
    foreground: str = ACTIVITY
    running: bool = True
    input_method: str = SOFT_KEYBOARD
    keyboard_shown: bool = False
    dialog: str = ""
    clipboard: str = ""
    page_ready: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as it is held now."""
        width, height = self.setup.size
        return (width, height) if self.rotation % 2 == 0 else (height, width)

    def log_command(self, kind: str, text: str, arguments: tuple[str, ...] = ()) -> None:
        """Remember it, for a test to look at."""
        self.commands.append(LoggedCommand(kind, text, arguments))

    def properties(self) -> dict[str, str]:
        """What `getprop` says."""
        setup = self.setup
        return {
            "ro.product.name": "standin",
            "ro.product.model": setup.model,
            "ro.product.device": "standin",
            "ro.product.manufacturer": "vistest",
            "ro.product.brand": "vistest",
            "ro.product.cpu.abi": "arm64-v8a",
            "ro.build.version.sdk": str(setup.api_level),
            "ro.build.version.release": str(setup.api_level - 20),
            "ro.serialno": setup.serial,
            "ro.sf.lcd_density": str(round(setup.density * 160)),
            "sys.boot_completed": "1",
        }

    def banner(self) -> str:
        """What adb is told at the beginning."""
        properties = self.properties()
        names = ("ro.product.name", "ro.product.model", "ro.product.device")
        facts = "".join(f"{name}={properties[name]};" for name in names)
        features = ["cmd", *(["shell_v2"] if self.setup.shell_v2 else [])]
        return f"device::{facts}features={','.join(features)}"
