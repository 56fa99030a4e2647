"""The shell services: a command line is given to a real shell, as Android does.

What is quoted badly is therefore really expanded. The shell finds the phone's own programs only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import signal
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.phone.device.adb.stream import StreamClosed

if TYPE_CHECKING:
    from tests.phone.device.adb.stream import Stream
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.state import PhoneState

_PACKET = struct.Struct("<BI")
_INPUT, _OUTPUT, _ERROR, _EXIT, _END_OF_INPUT = range(5)
_PART = 64 * 1024
_PIPE = asyncio.subprocess.PIPE


@dataclass(frozen=True, slots=True)
class ShellKind:
    """How a shell talks.

    Attributes:
        packets: The shell protocol of Android 7: output, errors and exit code told apart.
        terminal: Through a terminal, as a person wants it.
    """

    packets: bool = False
    terminal: bool = False


async def serve_shell(
    state: PhoneState, files: PhoneFiles, kind: ShellKind, command: str, stream: Stream
) -> None:
    """Run `command`, or a shell that reads commands, until it ends or the stream is closed."""
    arguments = ["/bin/sh", *(["-c", command] if command else [])]
    if kind.terminal:
        session = await _on_terminal(arguments, files)
    else:
        session = await _on_pipes(arguments, files, errors=kind.packets)
    await _Talk(state, kind, stream, session).run()


@dataclass(frozen=True, slots=True)
class _Session:
    process: asyncio.subprocess.Process
    input: asyncio.StreamWriter
    output: asyncio.StreamReader
    errors: asyncio.StreamReader | None = None

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


async def _on_pipes(arguments: list[str], files: PhoneFiles, *, errors: bool) -> _Session:
    process = await asyncio.create_subprocess_exec(
        *arguments,
        stdin=_PIPE,
        stdout=_PIPE,
        stderr=_PIPE if errors else asyncio.subprocess.STDOUT,
        cwd=files.root,
        env=files.environment,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return _Session(process, process.stdin, process.stdout, process.stderr)


async def _on_terminal(arguments: list[str], files: PhoneFiles) -> _Session:
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *arguments,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=files.root,
        env={**files.environment, "PS1": "phone:/ $ "},
        start_new_session=True,
    )
    os.close(theirs)
    loop = asyncio.get_running_loop()
    output = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: _TerminalReader(output), os.fdopen(ours, "rb", 0))
    transport, protocol = await loop.connect_write_pipe(
        asyncio.streams.FlowControlMixin, os.fdopen(os.dup(ours), "wb", 0)
    )
    return _Session(process, asyncio.StreamWriter(transport, protocol, None, loop), output)


class _TerminalReader(asyncio.StreamReaderProtocol):
    def connection_lost(self, _: Exception | None) -> None:
        """A terminal ends with an error, which must not take away what came before it."""
        super().connection_lost(None)


class _Talk:
    """Carries bytes between a stream and a shell."""

    def __init__(
        self, state: PhoneState, kind: ShellKind, stream: Stream, session: _Session
    ) -> None:
        self._state, self._kind = state, kind
        self._stream, self._session = stream, session

    async def run(self) -> None:
        carriers = [asyncio.ensure_future(self._carry(self._session.output, _OUTPUT))]
        if self._session.errors is not None:
            carriers.append(asyncio.ensure_future(self._carry(self._session.errors, _ERROR)))
        feeder = asyncio.ensure_future(self._feed())
        hung_up = asyncio.ensure_future(self._stream.wait_closed())
        try:
            done = asyncio.ensure_future(asyncio.wait(carriers))
            await asyncio.wait({done, hung_up}, return_when=asyncio.FIRST_COMPLETED)
            done.cancel()
            if not hung_up.done():
                await self._say_exit()
        finally:
            self._session.end()
            for task in (*carriers, feeder, hung_up):
                task.cancel()
            await asyncio.gather(*carriers, feeder, hung_up, return_exceptions=True)
            self._session.input.close()
            await self._session.process.wait()

    async def _carry(self, source: asyncio.StreamReader, packet: int) -> None:
        with contextlib.suppress(StreamClosed):
            while part := await source.read(_PART):
                head = _PACKET.pack(packet, len(part)) if self._kind.packets else b""
                await self._stream.write(head + part)

    async def _say_exit(self) -> None:
        code = await self._session.process.wait()
        if self._kind.packets:
            status = 128 - code if code < 0 else code
            await self._stream.write(_PACKET.pack(_EXIT, 1) + bytes([status & 0xFF]))

    async def _feed(self) -> None:
        """What the computer writes goes to the shell's input."""
        with contextlib.suppress(ConnectionError, StreamClosed):
            while data := await self._next_input():
                self._state.log_command("input", data.decode(errors="surrogateescape"))
                self._session.input.write(data)
                await self._session.input.drain()
            if not self._kind.terminal:  # a person ends a terminal's input by a key
                self._session.input.close()

    async def _next_input(self) -> bytes:
        if not self._kind.packets:
            return await self._stream.read()
        while True:
            packet, length = _PACKET.unpack(await self._stream.read_exactly(_PACKET.size))
            data = await self._stream.read_exactly(length)
            if packet == _END_OF_INPUT:
                return b""
            if packet == _INPUT and data:
                return data
