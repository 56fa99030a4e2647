"""The messages of the ADB protocol, as in `protocol.txt` of Android's packages/modules/adb."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

_HEADER = struct.Struct("<4s5I")
_ALL_ONES = 0xFFFFFFFF
# From this version on the sum of the data is not checked.
WITHOUT_SUM = 0x01000001
LONGEST_DATA = 256 * 1024


class ProtocolError(Exception):
    """The computer sent what is no message."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; what `first` and `second` mean depends on `command`."""

    command: bytes
    first: int
    second: int
    data: bytes = b""

    def encoded(self, *, with_sum: bool) -> bytes:
        """As it goes over the wire."""
        total = sum(self.data) & _ALL_ONES if with_sum else 0
        magic = int.from_bytes(self.command, "little") ^ _ALL_ONES
        header = _HEADER.pack(self.command, self.first, self.second, len(self.data), total, magic)
        return header + self.data


async def read_message(reader: asyncio.StreamReader) -> Message:
    """The next message.

    Raises:
        ProtocolError: it is none.
        asyncio.IncompleteReadError: the computer hung up.
    """
    command, first, second, length, _, magic = _HEADER.unpack(
        await reader.readexactly(_HEADER.size)
    )
    if magic != int.from_bytes(command, "little") ^ _ALL_ONES or length > LONGEST_DATA:
        raise ProtocolError(f"no message: {command!r}")
    return Message(command, first, second, await reader.readexactly(length))
