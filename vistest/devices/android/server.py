"""A phone through a running adb server, by its smart-socket protocol (SERVICES.TXT of adb).

A request is four hexadecimal digits of length and its text; the answer is OKAY, or FAIL and a
reason. After `host:transport:SERIAL` the connection belongs to the phone.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.text import printable
from vistest.devices.android.address import server_address
from vistest.devices.android.transport import ANSWER_LIMIT_S

_CHUNK = 256 * 1024
_LONGEST_ANSWER = 65536
_NO_SERVER = "start it with 'adb start-server', or name the phone as adb:HOST:PORT."

_clock = MonotonicClock()


@dataclass(frozen=True, slots=True)
class ListedPhone:
    """A line of the server's list.

    Attributes:
        serial: Its name.
        state: `device` if it can be used; else `unauthorized`, `offline` and the like.
        model: As the phone says; empty if it did not.
    """

    serial: str
    state: str
    model: str = ""


class ServerTransport:
    """A `Transport` through the server; each stream is a connection of its own.

    Raises:
        DeviceError: there is no server, or it does not know the phone.
    """

    def __init__(self, serial: str) -> None:
        self._serial = serial
        self._guard = threading.Lock()  # of _streams and _error
        self._streams: set[_ServerStream] = set()
        self._error: DeviceLost | None = None
        with contextlib.closing(self._connect(ANSWER_LIMIT_S)):
            pass

    @property
    def alive(self) -> bool:
        return self._error is None

    def open(self, service: str, timeout_s: float = ANSWER_LIMIT_S) -> _ServerStream:
        """See `Transport`."""
        if self._error is not None:
            raise self._error
        try:
            connection = self._connect(timeout_s)
        except DeviceError as error:
            raise self._lose(f"{error}") from error
        try:
            _ask(connection, service, timeout_s)
        except DeviceError:
            connection.close()
            raise
        except OSError as error:
            connection.close()
            raise self._lose(str(error)) from error
        stream = _ServerStream(self, connection)
        with self._guard:
            self._streams.add(stream)
        return stream

    def close(self) -> None:
        """See `Transport`."""
        self._error = self._error or DeviceLost(f"The connection to {self._serial} is closed.")
        with self._guard:
            streams, self._streams = self._streams, set()
        for stream in streams:
            stream.close()

    def ended(self, stream: _ServerStream) -> None:
        """A stream is closed."""
        with self._guard:
            self._streams.discard(stream)

    def require_present(self) -> None:
        """Tell a service that ended from a phone that went away: the server closes both alike.

        Raises:
            DeviceLost: the phone is gone.
        """
        if self._error is not None:
            raise self._error
        try:
            with contextlib.closing(self._connect(ANSWER_LIMIT_S)):
                pass
        except DeviceError as error:
            raise self._lose(f"{error}") from error

    def _connect(self, timeout_s: float) -> socket.socket:
        connection = _dial()
        try:
            _ask(connection, f"host:transport:{self._serial}", timeout_s)
        except OSError as error:
            connection.close()
            raise DeviceError(f"adb's server does not answer: {error}.", hint=_NO_SERVER) from error
        except DeviceError:
            connection.close()
            raise
        return connection

    def _lose(self, reason: str) -> DeviceLost:
        self._error = self._error or DeviceLost(
            f"The phone {self._serial} went away: {reason.rstrip('.')}.",
            hint="check its cable; with ?reconnect=SECONDS it is waited for.",
        )
        return self._error


class _ServerStream:
    """A `Stream` that is a connection to the server."""

    def __init__(self, transport: ServerTransport, connection: socket.socket) -> None:
        self._transport = transport
        self._connection = connection
        self._closed = False

    def read(self, timeout_s: float) -> bytes:
        """See `Stream`."""
        if self._closed:
            return b""
        try:
            self._connection.settimeout(max(timeout_s, 1e-4))
            part = self._connection.recv(_CHUNK)
        except TimeoutError:
            raise
        except OSError:
            part = b""
        if not part and not self._closed:
            self._transport.require_present()
        return part

    def write(self, data: bytes) -> None:
        """See `Stream`."""
        try:
            self._connection.settimeout(ANSWER_LIMIT_S)
            self._connection.sendall(data)
        except OSError as error:
            self._transport.require_present()
            raise DeviceLost("The service on the phone has ended.") from error

    def close(self) -> None:
        """See `Stream`."""
        if not self._closed:
            self._closed = True
            self._transport.ended(self)
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()


def list_phones() -> list[ListedPhone]:
    """All phones that a running server knows; empty if none runs, for none is started here.

    Raises:
        DeviceError: what listens there is no adb server.
    """
    try:
        connection = _dial()
    except DeviceError:
        return []
    with contextlib.closing(connection):
        try:
            _ask(connection, "host:devices-l", ANSWER_LIMIT_S)
            text = _text(connection, Deadline.after(ANSWER_LIMIT_S, _clock))
        except OSError as error:
            raise DeviceError(f"adb's server does not answer: {error}.", hint=_NO_SERVER) from error
    return [_listed(line) for line in text.splitlines() if line.strip()]


def _listed(line: str) -> ListedPhone:
    serial, state, *facts = line.replace("no permissions", "no_permissions").split()
    model = next((fact[6:] for fact in facts if fact.startswith("model:")), "")
    return ListedPhone(serial, state.replace("_", " "), model.replace("_", " "))


def _dial() -> socket.socket:
    address = server_address()
    try:
        return socket.create_connection(address, timeout=ANSWER_LIMIT_S)
    except OSError as error:
        where = f"{address[0]}:{address[1]}"
        raise DeviceError(f"No adb server answers at {where}.", hint=_NO_SERVER) from error


def _ask(connection: socket.socket, request: str, timeout_s: float) -> None:
    """Send a request and await OKAY.

    Raises:
        DeviceError: the server refuses it.
        OSError: it does not answer.
    """
    deadline = Deadline.after(timeout_s, _clock)
    encoded = request.encode()
    connection.settimeout(timeout_s)
    connection.sendall(b"%04x%b" % (len(encoded), encoded))
    answer = _receive(connection, 4, deadline)
    if answer == b"OKAY":
        return
    if answer != b"FAIL":
        raise DeviceError("What listens at adb's port is no adb server.", hint=_NO_SERVER)
    reason = printable(_text(connection, deadline).strip())
    raise DeviceError(
        f"adb's server says: {reason}.", hint="'adb devices' shows the phones and their states."
    )


def _text(connection: socket.socket, deadline: Deadline) -> str:
    digits = _receive(connection, 4, deadline)
    try:
        length = int(digits, 16)
    except ValueError as error:
        raise ConnectionError("it is no adb server") from error
    if not 0 <= length <= _LONGEST_ANSWER:
        raise ConnectionError("it is no adb server")
    return _receive(connection, length, deadline).decode("utf-8", "replace")


def _receive(connection: socket.socket, count: int, deadline: Deadline) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        connection.settimeout(max(deadline.remaining_s, 1e-4))
        part = connection.recv(count - len(parts))
        if not part:
            raise ConnectionResetError("it hung up")
        parts += part
    return bytes(parts)
