"""Private screens: an X server in memory with its own home, session bus and window manager.

Applications on two of them share no settings and never open on the wrong screen.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from Xlib import X, Xatom

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError
from vistest.core.geometry import Size
from vistest.devices.x11.address import X11Address
from vistest.devices.x11.application import LocalApplication, end_marked
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.device import X11Device
from vistest.devices.x11.owner_watch import OwnerWatch
from vistest.devices.x11.server import start_touch_server, start_xvfb

if TYPE_CHECKING:
    from collections.abc import Callable

WindowManager = Literal["openbox", "matchbox", "none"]

_COMMANDS: dict[WindowManager, list[str]] = {
    "openbox": ["openbox", "--sm-disable"],
    "matchbox": ["matchbox-window-manager", "-use_titlebar", "yes", "-use_cursor", "no"],
}
# Of the desktop that this process may run in; they would lead applications back to it.
_FOREIGN = {"DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION", "GTK_MODULES", "SESSION_MANAGER"} | {
    "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "GTK_THEME",
    "GDK_SCALE", "GDK_DPI_SCALE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE",
}  # fmt: skip
# By this everything that was started in a screen's environment is found again.
_MARK = "VISTEST_SCREEN"
_READY_LIMIT_S = 15.0
_USUAL_SIZE = Size(1280, 800)


@dataclass(frozen=True, slots=True)
class ScreenSetup:
    """What a private screen is like.

    Attributes:
        size: Pixels.
        density: Pixels per dp; GTK and Qt applications scale by it.
        dark: Whether applications are asked for their dark look.
        window_manager: `matchbox` stretches each window over the whole screen.
        touch: Whether it has a touch screen (see `server.start_touch_server` for its needs).
    """

    size: Size = _USUAL_SIZE
    density: float = 1.0
    dark: bool = False
    window_manager: WindowManager = "openbox"
    touch: bool = False


class VirtualScreen:
    """A running private screen; a context manager that ends all that runs on it.

    Attributes:
        uri: For `vistest.devices.connect`.
        environment: All of the environment that an application needs to open on this screen.
        folder: Its home and other files, removed at the end.
    """

    def __init__(self, setup: ScreenSetup | None = None) -> None:
        self._setup = setup or ScreenSetup()
        self.folder = Path(tempfile.mkdtemp(prefix="vistest-screen-"))
        self.environment = _environment(self.folder, self._setup)
        self._running: list[LocalApplication] = []
        self._devices: list[X11Device] = []
        self._watch: OwnerWatch | None = None
        try:
            self._address = self._start()
        except BaseException:
            self.close()
            raise
        self.uri = self._address.uri

    def connect(self) -> X11Device:
        """A device whose applications run in this screen's environment."""
        device = X11Device(self._address, self.environment)
        self._devices.append(device)
        return device

    def close(self) -> None:
        """End everything on the screen and the screen; safe to call twice."""
        if self._watch is not None:
            self._watch.close()
        while self._devices:
            self._devices.pop().close()
        end_marked(f"{_MARK}={self.folder}")
        while self._running:
            self._running.pop().close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> X11Address:
        setup = self._setup
        if setup.touch:
            server, number = start_touch_server(setup.size, self.environment, self.folder)
        else:
            server, number = start_xvfb(setup.size, self.environment)
        self._running.append(server)
        touch = str(self.folder / "touch") if setup.touch else ""
        address = X11Address(
            f"x11::{number}" + f"?touch={touch}" * setup.touch, "", number, touch=touch
        )
        self.environment["DISPLAY"] = address.display
        self._start_session_bus()
        connection = Connection(address.display)
        try:
            _prepare(connection, setup)
            if setup.window_manager != "none":
                self._launch(_COMMANDS[setup.window_manager])
                _wait_for_window_manager(connection)
        finally:
            connection.close()
        self._watch = OwnerWatch([program.process for program in self._running], self.folder)
        return address

    def _start_session_bus(self) -> None:
        bus = self.folder / "run" / "bus"
        self._launch(["dbus-daemon", "--session", "--nofork", f"--address=unix:path={bus}"])
        _wait_until(bus.exists, "The session bus of the private screen did not start.")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus}"

    def _launch(self, command: list[str]) -> None:
        self._running.append(LocalApplication(command, self.environment))

    def __enter__(self) -> VirtualScreen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _environment(folder: Path, setup: ScreenSetup) -> dict[str, str]:
    folders = {
        "HOME": folder / "home",
        "XDG_CONFIG_HOME": folder / "home" / ".config",
        "XDG_CACHE_HOME": folder / "home" / ".cache",
        "XDG_DATA_HOME": folder / "home" / ".local" / "share",
        "XDG_RUNTIME_DIR": folder / "run",
    }
    for path in folders.values():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if name not in _FOREIGN},
        **{name: str(path) for name, path in folders.items()},
        _MARK: str(folder),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
        "NO_AT_BRIDGE": "1",
        "GDK_BACKEND": "x11",
        "QT_QPA_PLATFORM": "xcb",
        **_look(setup),
        **_scale(setup.density),
    }


def _look(setup: ScreenSetup) -> dict[str, str]:
    if not setup.dark:
        return {"GTK_THEME": "Adwaita", "ADW_DEBUG_COLOR_SCHEME": "prefer-light"}
    return {"GTK_THEME": "Adwaita:dark", "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}


def _scale(density: float) -> dict[str, str]:
    """GTK scales by whole numbers; the fonts' share of it is in `Xft.dpi` already."""
    whole = max(1, int(density))
    return {
        "GDK_SCALE": str(whole),
        "GDK_DPI_SCALE": f"{1 / whole:g}",
        "QT_SCALE_FACTOR": f"{density:g}",
        "QT_FONT_DPI": "96",
    }


def _prepare(connection: Connection, setup: ScreenSetup) -> None:
    """Say the density, and move the pointer from the middle, where windows will be."""
    resources = f"Xft.dpi:\t{96 * setup.density:g}\n".encode()
    with connection.guarded() as display:
        root = display.screen().root
        root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, resources)
        root.warp_pointer(setup.size.width - 1, setup.size.height - 1)
        display.sync()


def _wait_for_window_manager(connection: Connection) -> None:
    def announced() -> bool:
        with connection.guarded() as display:
            atom = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
            root = display.screen().root
            return root.get_full_property(atom, X.AnyPropertyType) is not None

    _wait_until(announced, "The window manager of the private screen did not start.")


def _wait_until(condition: Callable[[], bool], failure: str) -> None:
    deadline = Deadline.after(_READY_LIMIT_S, MonotonicClock())
    while not condition():
        if deadline.passed:
            raise DeviceError(failure, hint="'vistest doctor' says what is missing.")
        deadline.pause(0.02)
