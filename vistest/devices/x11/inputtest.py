"""Fingers on a private touch screen, through the socket of Xorg's driver `inputtest`.

The messages are those of `xf86-input-inputtest-protocol.h` (X server 21).
"""

from __future__ import annotations

import contextlib
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vistest.core.errors import DeviceLost, InjectionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vistest.core.clock import Clock
    from vistest.core.geometry import Size

FingerAction = Literal["down", "move", "up"]

_LIMIT_S = 3.0
_HIGHEST = 65535
_PRESSURE = 50.0
_VERSION = struct.pack("=IIHH", 12, 0, 1, 1)
_WAIT = struct.pack("=II", 8, 1)
_TOUCH_MESSAGE = 6
# length, message, finger, XInput event type, no unaccelerated values, mask, -, values
_TOUCH = struct.Struct("=IIIII8s4x64d512x")
_TYPES: dict[FingerAction, int] = {"down": 18, "move": 19, "up": 20}
_MASK = bytes([0b10011]).ljust(8, b"\0")


@dataclass(frozen=True, slots=True)
class FingerEvent:
    """A finger does something, `at_ms` after the start of the sequence, at a pixel."""

    at_ms: float
    action: FingerAction
    finger: int
    x: float
    y: float


class TouchInjector:
    """The only client of one touch socket; it connects when it is first used.

    The driver accepts no second client while one is connected.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._socket: socket.socket | None = None

    def play(
        self, events: Sequence[FingerEvent], size: Size, *, wait_for_server: bool = True
    ) -> None:
        """Do `events` at their times on a screen of `size`; return when the server has them all.

        Args:
            events: In the order of their times.
            size: Pixels of the screen.
            wait_for_server: False to return when they are sent.

        Raises:
            InjectionError: the socket is in use by somebody else.
            DeviceLost: the server went away.
        """
        start_ms = self._clock.now_ms()
        try:
            connection = self._connect()
            for event in events:
                self._clock.pause((start_ms + event.at_ms - self._clock.now_ms()) / 1e3)
                connection.sendall(_message(event, size))
            if wait_for_server:
                connection.sendall(_WAIT)
                _receive(connection, len(_WAIT))
        except TimeoutError as error:
            self.close()
            raise InjectionError(
                "The touch screen does not answer.",
                hint="it serves one client at a time: close the other one.",
            ) from error
        except OSError as error:
            self.close()
            raise DeviceLost("The touch screen went away.") from error

    def close(self) -> None:
        """Let go of the touch screen; safe to call twice."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None

    def _connect(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.settimeout(_LIMIT_S)
            self._socket.connect(str(self._path))
            self._socket.sendall(_VERSION)
            _receive(self._socket, len(_VERSION))
        return self._socket


def _message(event: FingerEvent, size: Size) -> bytes:
    """Values 0 and 1 are the place in units of the panel, 4 is the pressure."""
    values = [0.0] * 64
    values[0] = _panel(event.x, size.width)
    values[1] = _panel(event.y, size.height)
    values[4] = _PRESSURE
    kind = _TYPES[event.action]
    return _TOUCH.pack(_TOUCH.size, _TOUCH_MESSAGE, event.finger, kind, 0, _MASK, *values)


def _panel(pixel: float, pixels: int) -> float:
    """The middle of `pixel`, which the server scales back (by pixels over 65536)."""
    return (int(pixel) + 0.5) * (_HIGHEST + 1) / pixels


def _receive(connection: socket.socket, count: int) -> None:
    while count:
        part = connection.recv(count)
        if not part:
            raise ConnectionResetError("closed by the server")
        count -= len(part)
