"""Runs the phone's programs: the shell's `tool` asks here, over a Unix socket."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from tests.phone.device.state import PhoneState

_NUMBER = struct.Struct(">I")
_ANSWER = struct.Struct(">BI")
_OUTPUT, _ERROR, _EXIT = 1, 2, 3
_UNKNOWN = 127


@dataclass(frozen=True, slots=True)
class Call:
    """One program that was started.

    Attributes:
        name: Of the program.
        arguments: After the shell has expanded them.
        classpath: The variable CLASSPATH, by which `app_process` finds its program.
        gone: Set when nobody reads its output any more.
    """

    name: str
    arguments: list[str]
    classpath: str
    writer: asyncio.StreamWriter
    gone: asyncio.Event

    async def say(self, text: str) -> None:
        """Print `text`."""
        await self.write(text.encode(errors="surrogateescape"))

    async def write(self, data: bytes) -> None:
        """Print bytes."""
        await self._answer(_OUTPUT, data)

    async def complain(self, text: str, code: int = 1) -> int:
        """Print an error; gives the exit code."""
        await self._answer(_ERROR, text.encode(errors="surrogateescape"))
        return code

    async def _answer(self, kind: int, data: bytes) -> None:
        self.writer.write(_ANSWER.pack(kind, len(data)) + data)
        await self.writer.drain()


class Programs:
    """The programs by their names; each call runs on its own."""

    def __init__(
        self, state: PhoneState, programs: Mapping[str, Callable[[Call], Awaitable[int]]]
    ) -> None:
        self._state, self._programs = state, programs

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One program from its start to its end."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            classpath, *words = await _read_words(reader)
            self._state.log_command("tool", " ".join(words), tuple(words))
            call = Call(words[0], words[1:], classpath, writer, asyncio.Event())
            await self._run(call, reader)
        writer.close()

    async def _run(self, call: Call, reader: asyncio.StreamReader) -> None:
        watch = asyncio.ensure_future(_watch(reader, call.gone))
        work = asyncio.ensure_future(self._work(call))
        gone = asyncio.ensure_future(call.gone.wait())
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                code = work.result()
                call.writer.write(_ANSWER.pack(_EXIT, 1) + bytes([code & 0xFF]))
                await call.writer.drain()
        finally:
            for task in (watch, work, gone):
                task.cancel()
            await asyncio.gather(watch, work, gone, return_exceptions=True)

    async def _work(self, call: Call) -> int:
        program = self._programs.get(call.name)
        if program is None:
            return await call.complain(f"{call.name}: not found\n", _UNKNOWN)
        return await program(call)


async def _read_words(reader: asyncio.StreamReader) -> list[str]:
    (count,) = _NUMBER.unpack(await reader.readexactly(4))
    words = []
    for _ in range(count):
        (length,) = _NUMBER.unpack(await reader.readexactly(4))
        words.append((await reader.readexactly(length)).decode(errors="surrogateescape"))
    return words


async def _watch(reader: asyncio.StreamReader, gone: asyncio.Event) -> None:
    with contextlib.suppress(ConnectionError):
        while await reader.read(64):
            pass
    gone.set()
