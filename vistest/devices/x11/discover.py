"""The X displays of this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.devices.x11.connection import Connection
from vistest.devices.x11.screen import read_screen

if TYPE_CHECKING:
    from vistest.core.geometry import Screen

_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers put them
_SOCKET = re.compile(r"X(\d+)")
_LOOK_LIMIT_S = 2.0


@dataclass(frozen=True, slots=True)
class FoundDisplay:
    """A display that a server of this machine offers.

    Attributes:
        uri: For `connect`.
        screen: Size and density; None if it cannot be reached.
        problem: Why it cannot be reached.
    """

    uri: str
    screen: Screen | None
    problem: str = ""


def local_displays() -> list[FoundDisplay]:
    """All displays with a socket here, by number; each is asked for its size."""
    names = [_SOCKET.fullmatch(path.name) for path in _SOCKETS.glob("X*")]
    return [_look(number) for number in sorted(int(name[1]) for name in names if name)]


def _look(number: int) -> FoundDisplay:
    uri = f"x11::{number}"
    try:
        connection = Connection(f":{number}", _LOOK_LIMIT_S)
    except DeviceError as error:
        return FoundDisplay(uri, None, str(error))
    try:
        return FoundDisplay(uri, read_screen(connection))
    except DeviceError as error:
        return FoundDisplay(uri, None, str(error))
    finally:
        connection.close()
