"""The file service (`SYNC.TXT` of Android's packages/modules/adb), its first version."""

from __future__ import annotations

import asyncio
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.phone.device.adb.stream import Stream
    from tests.phone.device.files import PhoneFiles

_PART = 64 * 1024
_REQUEST = struct.Struct("<4sI")


async def serve_sync(stream: Stream, files: PhoneFiles) -> None:
    """Answer requests until QUIT."""
    while True:
        request, length = _REQUEST.unpack(await stream.read_exactly(_REQUEST.size))
        if request == b"QUIT":
            return
        argument = (await stream.read_exactly(length)).decode()
        match request:
            case b"STAT":
                await stream.write(b"STAT" + _status(files.find(argument)))
            case b"LIST":
                await _list(stream, files.find(argument))
            case b"RECV":
                await _send_file(stream, files.find(argument))
            case b"SEND":
                await _receive_file(stream, files, argument)
            case _:
                await _fail(stream, f"unknown request {request!r}")


def _status(path: Path | None) -> bytes:
    """Mode, size and time, all 0 if there is no such file."""
    if path is None or not path.exists():
        return bytes(12)
    status = path.stat()
    return struct.pack("<3I", status.st_mode, status.st_size, int(status.st_mtime))


async def _list(stream: Stream, folder: Path | None) -> None:
    for path in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []:
        name = path.name.encode()
        await stream.write(b"DENT" + _status(path) + struct.pack("<I", len(name)) + name)
    await stream.write(b"DONE" + bytes(16))


async def _send_file(stream: Stream, path: Path | None) -> None:
    if path is None or not path.is_file():
        await _fail(stream, "No such file or directory")
        return
    data = await asyncio.to_thread(path.read_bytes)
    for start in range(0, len(data), _PART):
        part = data[start : start + _PART]
        await stream.write(_REQUEST.pack(b"DATA", len(part)) + part)
    await stream.write(b"DONE" + bytes(4))


async def _receive_file(stream: Stream, files: PhoneFiles, argument: str) -> None:
    """`argument` is the path, a comma and the mode."""
    name, _, _ = argument.rpartition(",")
    data = bytearray()
    while True:
        kind, length = _REQUEST.unpack(await stream.read_exactly(_REQUEST.size))
        if kind == b"DONE":
            break
        data += await stream.read_exactly(length)
    path = files.find(name)
    if path is None or not path.parent.is_dir():
        await _fail(stream, f"couldn't create file: {name}: No such file or directory")
        return
    await asyncio.to_thread(path.write_bytes, bytes(data))
    await stream.write(b"OKAY" + bytes(4))


async def _fail(stream: Stream, reason: str) -> None:
    text = reason.encode()
    await stream.write(_REQUEST.pack(b"FAIL", len(text)) + text)
