"""One computer that is connected over TCP: introductions, keys, and the streams it opens."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING

from tests.phone.device.adb.keys import TOKEN_LENGTH, parse_public_key
from tests.phone.device.adb.message import (
    LONGEST_DATA,
    WITHOUT_SUM,
    Message,
    ProtocolError,
    read_message,
)
from tests.phone.device.adb.stream import Stream, StreamClosed

if TYPE_CHECKING:
    from tests.phone.device.adb.services import Services
    from tests.phone.device.state import PhoneState

_TOKEN, _SIGNATURE, _PUBLIC_KEY = 1, 2, 3
_GARBAGE = b"\x00\xffthis is no message of adb\r\n" * 3


class Connection:
    """Serves one computer until it hangs up."""

    def __init__(
        self,
        state: PhoneState,
        services: Services,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._state, self._services = state, services
        self._reader, self._writer = reader, writer
        self._token = os.urandom(TOKEN_LENGTH)
        self._trusted = not state.setup.secure
        self._version = 0
        self._longest = 4096
        self._streams: dict[int, Stream] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened = 0

    async def serve(self) -> None:
        """Until the computer hangs up, or sends what is no message."""
        try:
            while True:
                await self._take(await read_message(self._reader))
        except (asyncio.IncompleteReadError, ConnectionError, ProtocolError):
            pass
        finally:
            self.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def close(self) -> None:
        """Hang up; safe to call twice."""
        for stream in self._streams.values():
            stream.close()
        self._writer.close()

    async def _take(self, message: Message) -> None:
        await self._state.faults.delay()
        match message.command:
            case b"CNXN":
                self._introduced(message)
            case b"AUTH":
                self._authenticate(message)
            case _ if not self._trusted:
                raise ProtocolError("a stream before the key was accepted")
            case b"OPEN":
                self._open(message)
            case _:
                self._to_stream(message)

    def _introduced(self, message: Message) -> None:
        self._version = min(message.first, WITHOUT_SUM)
        self._longest = min(message.second, LONGEST_DATA)
        if self._trusted:
            self._go_online()
        else:
            self._send(Message(b"AUTH", _TOKEN, 0, self._token))

    def _authenticate(self, message: Message) -> None:
        known = self._state.keys
        if message.first == _SIGNATURE:
            if any(key.verifies(message.data, self._token) for key in known):
                self._go_online()
            else:
                self._token = os.urandom(TOKEN_LENGTH)
                self._send(Message(b"AUTH", _TOKEN, 0, self._token))
        elif message.first == _PUBLIC_KEY:
            key = parse_public_key(message.data)
            if key is not None and self._state.authorize:
                known.append(key)
                self._go_online()

    def _go_online(self) -> None:
        """Who never gets here waits for the phone's owner, and shows as `unauthorized`."""
        self._trusted = True
        banner = self._state.banner().encode()
        self._send(Message(b"CNXN", self._version, LONGEST_DATA, banner))

    def _open(self, message: Message) -> None:
        service = message.data.rstrip(b"\0").decode(errors="surrogateescape")
        self._state.log_command("service", service)
        self._opened += 1
        stream = Stream(self._opened, message.first, self._longest, self._send)
        run = self._services.find(service)
        if run is None:
            self._send(Message(b"CLSE", 0, message.first))
            return
        self._streams[stream.local] = stream
        self._send(Message(b"OKAY", stream.local, stream.remote))
        task = asyncio.ensure_future(self._run(stream, run(stream)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, stream: Stream, service: asyncio.Future[None]) -> None:
        with contextlib.suppress(StreamClosed):
            await service
            await stream.flush()
        if self._streams.pop(stream.local, None) is not None:
            self._send(Message(b"CLSE", stream.local, stream.remote))

    def _to_stream(self, message: Message) -> None:
        stream = self._streams.get(message.second)
        if stream is None:
            return
        match message.command:
            case b"WRTE":
                stream.take(message.data)
            case b"OKAY":
                stream.acknowledged()
            case b"CLSE":
                del self._streams[stream.local]
                stream.close()
                self._send(Message(b"CLSE", stream.local, stream.remote))

    def _send(self, message: Message) -> None:
        if self._writer.is_closing():
            return
        if self._state.faults.garbage:
            self._writer.write(_GARBAGE)
            return
        with_sum = self._version < WITHOUT_SUM
        self._writer.write(message.encoded(with_sum=with_sum))
