"""Stands in for scrcpy's server: what it says over its sockets, not what it does on Android.

The protocol is that of scrcpy 3 (`doc/develop.md` and `ControlMessageReader.java` of
Genymobile/scrcpy). A server is started with `app_process`, takes a connection for video and one
for control, and ends when that program is ended or the video is closed.
"""

from __future__ import annotations

import asyncio
import struct
from typing import TYPE_CHECKING

from tests.phone.device.adb.stream import StreamClosed
from tests.phone.device.encoder import Encoder, VideoOptions
from tests.phone.device.keycodes import android_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.phone.device.adb.stream import Stream
    from tests.phone.device.encoder import Packet
    from tests.phone.device.files import PhoneFiles
    from tests.phone.device.hand import Hand
    from tests.phone.device.panel import Touch
    from tests.phone.device.programs import Call
    from tests.phone.device.screen import Screen
    from tests.phone.device.state import PhoneState
    from tests.phone.device.system import System

_MAIN = "com.genymobile.scrcpy.Server"
_NAME_LENGTH = 64
_H264 = 0x68323634
_CONFIG, _KEY = 1 << 63, 1 << 62
_CODEC = struct.Struct(">III")
_HEADER = struct.Struct(">QI")
_KEYCODE = struct.Struct(">Biii")
# action, pointer, x, y, width, height, pressure, action button, buttons
_TOUCH = struct.Struct(">BQiiHHHII")
_CLIPBOARD = struct.Struct(">Q?I")
_ACKNOWLEDGED = 1
_ACTIONS: dict[int, Touch] = {0: "down", 1: "up", 2: "move", 3: "up"}


class Scrcpy:
    """The servers that run on one phone."""

    def __init__(
        self, state: PhoneState, files: PhoneFiles, screen: Screen, hand: Hand, system: System
    ) -> None:
        self._state, self._files = state, files
        self._screen, self._hand, self._system = screen, hand, system
        self._waiting: dict[str, asyncio.Queue[_Visit]] = {}

    def find(self, name: str) -> Callable[[Stream], Awaitable[None]] | None:
        """The service behind `localabstract:NAME`, while a server listens there."""
        visits = self._waiting.get(name)
        return None if visits is None else _Visit(visits).stay

    async def app_process(self, call: Call) -> int:
        """`CLASSPATH=JAR app_process / CLASS VERSION OPTION=VALUE...`"""
        jar = self._files.find(call.classpath) if call.classpath else None
        if jar is None or not jar.is_file() or call.arguments[1:2] != [_MAIN]:
            return await call.complain("Aborted\n", 134)
        version, known = call.arguments[2], self._state.setup.scrcpy
        if version != known:
            reason = f"The server version ({known}) does not match the client ({version})"
            return await call.complain(f"[server] ERROR: {reason}\n")
        options = dict(word.split("=", 1) for word in call.arguments[3:])
        name = f"scrcpy_{options['scid']}"
        self._waiting[name] = asyncio.Queue()
        try:
            await self._serve(self._waiting[name], float(options.get("max_fps", "60")))
        finally:
            del self._waiting[name]
        return 0

    async def _serve(self, visits: asyncio.Queue[_Visit], max_fps: float) -> None:
        video = await visits.get()
        await video.stream.write(b"\0")
        control = await visits.get()
        watcher = asyncio.ensure_future(self._obey(control.stream))
        try:
            await self._show(video.stream, max_fps)
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)
            video.over.set()
            control.over.set()

    async def _show(self, stream: Stream, max_fps: float) -> None:
        model = self._state.setup.model.encode()
        await stream.write(model.ljust(_NAME_LENGTH, b"\0"))
        await stream.write(_CODEC.pack(_H264, *self._state.size))
        packets: asyncio.Queue[Packet | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        options = VideoOptions(max_fps=max_fps, follow=True, headers_apart=True)
        encoder = Encoder(self._screen, options)
        encoder.start(lambda packet: loop.call_soon_threadsafe(packets.put_nowait, packet))
        try:
            while (packet := await packets.get()) is not None:
                flags = _KEY if packet.key else 0
                stamp = _CONFIG if packet.time_ms is None else flags | round(packet.time_ms * 1e3)
                await stream.write(_HEADER.pack(stamp, len(packet.data)) + packet.data)
        except StreamClosed:
            pass
        finally:
            encoder.stop.set()

    async def _obey(self, stream: Stream) -> None:
        """Messages of the kinds that a client of these tests may send."""
        while True:
            (kind,) = await stream.read_exactly(1)
            match kind:
                case 0:
                    action, code, _, _ = _KEYCODE.unpack(await _read(stream, _KEYCODE))
                    key = android_key(str(code))
                    if action == 0 and key is not None:
                        await self._system.press(key)
                case 1:
                    length = int.from_bytes(await stream.read_exactly(4))
                    await self._system.insert((await stream.read_exactly(length)).decode())
                case 2:
                    await self._touch(*_TOUCH.unpack(await _read(stream, _TOUCH)))
                case 9:
                    await self._paste(stream)
                case 11:
                    await self._system.rotate(1 - self._state.rotation % 2)
                case _:
                    raise ValueError(f"unknown message {kind} for scrcpy")

    async def _touch(self, action: int, finger: int, x: int, y: int, *rest: int) -> None:
        """A place on a screen of another size than the video's is no place."""
        if rest[:2] == self._state.size:
            await self._hand.point(_ACTIONS[action], finger % 5, x, y)

    async def _paste(self, stream: Stream) -> None:
        sequence, paste, length = _CLIPBOARD.unpack(await _read(stream, _CLIPBOARD))
        self._state.clipboard = (await stream.read_exactly(length)).decode()
        if paste:
            await self._system.insert(self._state.clipboard)
        if sequence:
            await stream.write(bytes([_ACKNOWLEDGED]) + sequence.to_bytes(8))


class _Visit:
    """A computer on one of a server's sockets."""

    def __init__(self, visits: asyncio.Queue[_Visit]) -> None:
        self._visits = visits
        self.over = asyncio.Event()

    async def stay(self, stream: Stream) -> None:
        """Until the server has ended."""
        self.stream = stream
        self._visits.put_nowait(self)
        await self.over.wait()


async def _read(stream: Stream, shape: struct.Struct) -> bytes:
    return await stream.read_exactly(shape.size)
