"""One opened service: bytes in both directions, one unanswered WRTE at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.phone.device.adb.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable


class StreamClosed(Exception):
    """The computer closed the stream."""


class Stream:
    """The phone's end of a stream.

    Attributes:
        local: The phone's number of it.
        remote: The computer's number of it.
    """

    def __init__(
        self, local: int, remote: int, longest: int, send: Callable[[Message], None]
    ) -> None:
        self.local, self.remote = local, remote
        self._longest = longest
        self._send = send
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._arrived: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = b""
        self._closed = asyncio.Event()

    async def write(self, data: bytes) -> None:
        """Send `data`, waiting for the computer to take each part.

        Raises:
            StreamClosed: it does not want it any more.
        """
        for start in range(0, len(data), self._longest):
            await self._may_write.wait()
            if self._closed.is_set():
                raise StreamClosed
            self._may_write.clear()
            part = data[start : start + self._longest]
            self._send(Message(b"WRTE", self.local, self.remote, part))

    async def read(self) -> bytes:
        """What arrives next; empty once the computer has closed the stream."""
        if self._rest:
            part, self._rest = self._rest, b""
            return part
        part = await self._arrived.get()
        if part is None:
            self._arrived.put_nowait(None)
            return b""
        self._send(Message(b"OKAY", self.local, self.remote))
        return part

    async def read_exactly(self, count: int) -> bytes:
        """The next `count` bytes.

        Raises:
            StreamClosed: there are not so many.
        """
        data = b""
        while len(data) < count:
            part = await self.read()
            if not part:
                raise StreamClosed
            data += part
        data, self._rest = data[:count], data[count:]
        return data

    async def wait_closed(self) -> None:
        """Until the computer closes the stream."""
        await self._closed.wait()

    async def flush(self) -> None:
        """Until the computer has taken all that was written, or closed the stream."""
        await self._may_write.wait()

    def take(self, data: bytes) -> None:
        """The computer sent `data`."""
        self._arrived.put_nowait(data)

    def acknowledged(self) -> None:
        """The computer is ready for more."""
        self._may_write.set()

    def close(self) -> None:
        """The computer closed the stream, or hung up."""
        self._closed.set()
        self._may_write.set()
        self._arrived.put_nowait(None)
