"""A phone's own ADB daemon over TCP, with messages and keys of adb-shell.

One thread reads the connection and hands every message to its stream, so that a shell, the video
and the events of one phone do not wait for each other; adb-shell's own device class runs one
service at a time.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import select
import socket
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.text import printable
from vistest.devices.android.transport import ANSWER_LIMIT_S

try:
    from adb_shell import constants
    from adb_shell.adb_message import AdbMessage, unpack
except ImportError as error:
    raise DeviceError(
        "Android devices need the package adb-shell, which is not installed.",
        hint="pip install 'vistest[android]'",
    ) from error

if TYPE_CHECKING:
    from vistest.devices.android.keyfile import Signer

_BANNER = b"host::vistest\0"
_VERSION = 0x01000001  # the first one whose messages need no checksum
_HEADER_SIZE = constants.MESSAGE_SIZE
_MOST_DATA = 256 * 1024
_LARGEST_MESSAGE = 1024 * 1024
_CONFIRM_LIMIT_S = 30.0
"""How long a person may take to confirm the key on the phone."""

_COMMANDS = {value: name for name, value in constants.ID_TO_WIRE.items()}

_clock = MonotonicClock()


class DirectTransport:
    """A `Transport` over one TCP connection.

    Args:
        host: Of the daemon.
        port: Of the daemon.
        signer: The user's key.

    Raises:
        DeviceError: nobody listens, the answer is no ADB, or the phone does not trust the key.
    """

    def __init__(self, host: str, port: int, signer: Signer) -> None:
        self._name = f"{host}:{port}"
        self._numbers = itertools.count(1)
        self._streams: dict[int, _DirectStream] = {}
        self._guard = threading.Lock()  # of _streams and _error
        self._sending = threading.Lock()
        self._error: DeviceLost | None = None
        self._most_data = 4096
        self._socket = _dial(host, port)
        try:
            self._introduce(signer)
        except BaseException:
            self._socket.close()
            raise
        self._reader = threading.Thread(target=self._run, name=f"adb {self._name}", daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        return self._error is None

    def open(self, service: str, timeout_s: float = ANSWER_LIMIT_S) -> _DirectStream:
        """See `Transport`."""
        stream = _DirectStream(self, next(self._numbers))
        with self._guard:
            if self._error is not None:
                raise self._error
            self._streams[stream.number] = stream
        self.send(constants.OPEN, stream.number, 0, service.encode() + b"\0")
        try:
            accepted = stream.await_answer(timeout_s)
        except BaseException:
            self.forget(stream.number)
            raise
        if not accepted:
            what = printable(service.partition(":")[0])
            raise DeviceError(f"The phone {self._name} does not offer the service '{what}'.")
        return stream

    def close(self) -> None:
        """See `Transport`."""
        self._lose(DeviceLost(f"The connection to {self._name} is closed."))
        if self._reader is not threading.current_thread():
            self._reader.join(ANSWER_LIMIT_S)
        self._socket.close()

    def send(self, command: bytes, one: int, other: int, data: bytes = b"") -> None:
        """Send one message; from any thread."""
        message = AdbMessage(command, one, other, data)
        packed = memoryview(message.pack() + data)
        deadline = Deadline.after(ANSWER_LIMIT_S, _clock)
        with self._sending:
            try:
                while packed:
                    _, ready, _ = select.select([], [self._socket], [], deadline.remaining_s)
                    if not ready:
                        raise TimeoutError("it takes no more data")
                    packed = packed[self._socket.send(packed) :]
            except (OSError, ValueError) as error:
                raise self._lose(self._gone(error)) from error

    def forget(self, number: int) -> None:
        """A stream is closed."""
        with self._guard:
            self._streams.pop(number, None)

    @property
    def most_data(self) -> int:
        """The most bytes of a message that the phone takes."""
        return self._most_data

    def _introduce(self, signer: Signer) -> None:
        """Say who we are, and prove it if asked to."""
        deadline = Deadline.after(ANSWER_LIMIT_S, _clock)
        self.send(constants.CNXN, _VERSION, _MOST_DATA, _BANNER)
        shown = False
        signed = False
        while True:
            try:
                command, one, other, data = self._receive(deadline)
            except (OSError, ValueError) as error:
                raise self._stranger(error, asked=shown) from error
            if command == constants.CNXN:
                self._most_data = min(max(other, 4096), _MOST_DATA)
                return
            if command != constants.AUTH or one != constants.AUTH_TOKEN:
                raise self._stranger(ValueError(f"unexpected {command!r}"), asked=shown)
            if not signed:
                self.send(constants.AUTH, constants.AUTH_SIGNATURE, 0, signer.Sign(data))
                signed = True
            elif not shown:
                key = signer.GetPublicKey()
                public = key if isinstance(key, bytes) else key.encode()
                self.send(constants.AUTH, constants.AUTH_RSAPUBLICKEY, 0, public + b"\0")
                deadline = Deadline.after(_CONFIRM_LIMIT_S, _clock)
                shown = True

    def _run(self) -> None:
        try:
            while True:
                self._take(*self._receive(None))
        except (OSError, ValueError) as error:
            self._lose(self._gone(error))
        except DeviceLost:
            pass  # noted already by the one who raised it

    def _take(self, command: bytes, theirs: int, ours: int, data: bytes) -> None:
        with self._guard:
            stream = self._streams.get(ours)
        if command == constants.OKAY and stream is not None:
            stream.acknowledged(theirs)
        elif command == constants.WRTE:
            if stream is None:
                self.send(constants.CLSE, 0, theirs)
                return
            stream.received(data)
            self.send(constants.OKAY, ours, theirs)
        elif command == constants.CLSE and stream is not None:
            stream.ended()

    def _receive(self, deadline: Deadline | None) -> tuple[bytes, int, int, bytes]:
        header = self._read(_HEADER_SIZE, deadline)
        code, one, other, length, _ = unpack(header)
        command = _COMMANDS.get(code)
        if command is None or length > _LARGEST_MESSAGE:
            raise ValueError("what it sends is no ADB")
        return command, one, other, self._read(length, deadline) if length else b""

    def _read(self, count: int, deadline: Deadline | None) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            limit = deadline.remaining_s if deadline is not None else None
            ready, _, _ = select.select([self._socket], [], [], limit)
            if not ready:
                raise TimeoutError("no answer in time")
            part = self._socket.recv(count - len(parts))
            if not part:
                raise ConnectionResetError("it hung up")
            parts += part
        return bytes(parts)

    def _lose(self, error: DeviceLost) -> DeviceLost:
        """Note the loss, once, and tell all streams."""
        with self._guard:
            self._error = self._error or error
            streams, self._streams = list(self._streams.values()), {}
        for stream in streams:
            stream.lost(self._error)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        return self._error

    def _gone(self, error: Exception) -> DeviceLost:
        return DeviceLost(
            f"The phone {self._name} went away: {error}.",
            hint="check that it is on and reachable; with ?reconnect=SECONDS it is waited for.",
        )

    def _stranger(self, error: Exception, *, asked: bool) -> DeviceError:
        if asked:
            return DeviceError(
                f"The phone {self._name} did not accept the key of this computer.",
                hint="unlock the phone, confirm 'Allow USB debugging', then try again.",
            )
        return DeviceError(
            f"What listens at {self._name} does not answer as a phone does: {error}.",
            hint="adb tcpip 5555 opens a port that does; phones paired by a code, or that speak "
            "TLS, are reached through adb's server: adb:SERIAL.",
        )


class _DirectStream:
    """A `Stream` of a `DirectTransport`; the transport's thread feeds it."""

    def __init__(self, transport: DirectTransport, number: int) -> None:
        self.number = number
        self._transport = transport
        self._theirs = 0
        self._came: queue.SimpleQueue[bytes | DeviceLost] = queue.SimpleQueue()
        self._end: bytes | DeviceLost | None = None
        self._ready = threading.Semaphore(0)  # one message may be on its way at a time
        self._closed = False

    def await_answer(self, timeout_s: float) -> bool:
        """Whether the phone opened the stream."""
        if not self._ready.acquire(timeout=timeout_s):
            raise DeviceLost(f"The phone did not answer within {timeout_s:g} s.")
        if isinstance(self._end, DeviceLost):
            raise self._end
        self._ready.release()
        return self._theirs != 0

    def read(self, timeout_s: float) -> bytes:
        """See `Stream`."""
        if self._end is None:
            try:
                part = self._came.get(timeout=max(0.0, timeout_s))
            except queue.Empty as error:
                raise TimeoutError("nothing came in time") from error
            if isinstance(part, bytes) and part:
                return part
            self._end = part
        if isinstance(self._end, DeviceLost):
            raise self._end
        return b""

    def write(self, data: bytes) -> None:
        """See `Stream`."""
        size = self._transport.most_data
        for start in range(0, len(data), size):
            if not self._ready.acquire(timeout=ANSWER_LIMIT_S):
                raise DeviceLost("The phone takes no more data.")
            if self._closed:
                self._ready.release()
                raise DeviceLost("The service on the phone has ended.")
            self._transport.send(
                constants.WRTE, self.number, self._theirs, data[start : start + size]
            )

    def close(self) -> None:
        """See `Stream`."""
        if not self._closed:
            self._closed = True
            self._transport.forget(self.number)
            with contextlib.suppress(DeviceLost):
                self._transport.send(constants.CLSE, self.number, self._theirs)
            self._finish(b"")

    def acknowledged(self, theirs: int) -> None:
        self._theirs = theirs
        self._ready.release()

    def received(self, data: bytes) -> None:
        if data:
            self._came.put(data)

    def ended(self) -> None:
        """The phone closed it; what came before can still be read."""
        if not self._closed:
            self._closed = True
            self._transport.forget(self.number)
            if self._theirs:
                self._transport.send(constants.CLSE, self.number, self._theirs)
            self._finish(b"")

    def lost(self, error: DeviceLost) -> None:
        self._closed = True
        self._finish(error)

    def _finish(self, end: bytes | DeviceLost) -> None:
        self._came.put(end)
        if isinstance(end, DeviceLost) and not self._theirs:
            self._end = end
        self._ready.release()


def _dial(host: str, port: int) -> socket.socket:
    try:
        connection = socket.create_connection((host, port), timeout=ANSWER_LIMIT_S)
    except OSError as error:
        raise DeviceError(
            f"No phone answers at {host}:{port}: {error}.",
            hint="check the address; on the phone, debugging over the network must be allowed.",
        ) from error
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)
    return connection
