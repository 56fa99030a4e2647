"""Sends a file to the phone by the SYNC service (SYNC.TXT of adb)."""

from __future__ import annotations

import contextlib
import struct
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.core.text import printable
from vistest.devices.android.transport import read_exactly

if TYPE_CHECKING:
    from vistest.devices.android.link import Link

_CHUNK = 64 * 1024
_HEAD = struct.Struct("<4sI")
_MODE = 0o100644
_LIMIT_S = 60.0


def push(link: Link, data: bytes, path: str) -> None:
    """Write `data` to the file `path` of the phone.

    Raises:
        DeviceError: the phone refuses it.
    """
    goal = f"{path},{_MODE}".encode()
    with contextlib.closing(link.open("sync:")) as stream:
        stream.write(_HEAD.pack(b"SEND", len(goal)) + goal)
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            stream.write(_HEAD.pack(b"DATA", len(part)) + part)
        stream.write(_HEAD.pack(b"DONE", 0))
        rest = bytearray()
        answer, length = _HEAD.unpack(read_exactly(stream, _HEAD.size, _LIMIT_S, rest))
        if answer != b"OKAY":
            reason = read_exactly(stream, min(length, 4096), _LIMIT_S, rest)
            text = printable(reason.decode("utf-8", "replace"))
            raise DeviceError(f"The phone does not take the file {path}: {text}")
