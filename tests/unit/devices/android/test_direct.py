"""The direct transport against a daemon of a few lines, whose every message is chosen here."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.direct import DirectTransport
from vistest.devices.android.link import Link
from vistest.devices.android.transport import read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = struct.Struct("<4s5I")
BANNER = b"device::ro.product.model=Fake;\0"


class Daemon:
    """Serves one connection after the other with `talk`, in a thread."""

    def __init__(self, talk: Callable[[Daemon], None]) -> None:
        self._talk = talk
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.connections = 0
        self.socket: socket.socket
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def send(self, command: bytes, one: int, other: int, data: bytes = b"") -> None:
        magic = int.from_bytes(command, "little") ^ 0xFFFFFFFF
        self.socket.sendall(HEAD.pack(command, one, other, len(data), 0, magic) + data)

    def receive(self) -> tuple[bytes, int, int, bytes]:
        command, one, other, length, _, _ = HEAD.unpack(self._read(HEAD.size))
        return command, one, other, self._read(length)

    def greet(self) -> None:
        assert self.receive()[0] == b"CNXN"
        self.send(b"CNXN", 0x01000001, 4096, BANNER)

    def accept_stream(self, ours: int = 7) -> int:
        command, theirs, _, _ = self.receive()
        assert command == b"OPEN"
        self.send(b"OKAY", ours, theirs)
        return theirs

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with contextlib.suppress(AttributeError, OSError):
            self.socket.close()
        self._thread.join(2)

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.socket, _ = self._server.accept()
                self.connections += 1
                with contextlib.suppress(OSError, struct.error), self.socket:
                    self._talk(self)

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise ConnectionResetError
            data += part
        return data


class Key:
    def Sign(self, data: bytes) -> bytes:
        return b"signed " + data

    def GetPublicKey(self) -> bytes:
        return b"public user@host"


@pytest.fixture
def daemon() -> Iterator[Callable[[Callable[[Daemon], None]], Daemon]]:
    started: list[Daemon] = []

    def start(talk: Callable[[Daemon], None]) -> Daemon:
        started.append(Daemon(talk))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_a_service_writes_and_ends(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.greet()
        theirs = phone.accept_stream()
        for part in (b"one ", b"two"):
            phone.send(b"WRTE", 7, theirs, part)
            assert phone.receive()[0] == b"OKAY"
        phone.send(b"CLSE", 7, theirs)
        phone.receive()

    transport = DirectTransport("127.0.0.1", daemon(talk).port, Key())
    assert read_all(transport.open("exec:echo"), 2) == b"one two"
    transport.close()


def test_long_data_goes_in_parts_that_are_answered_for(daemon: Callable[..., Daemon]) -> None:
    sizes: list[int] = []

    def talk(phone: Daemon) -> None:
        phone.greet()
        theirs = phone.accept_stream()
        while sum(sizes) < 10_000:
            sizes.append(len(phone.receive()[3]))
            phone.send(b"OKAY", 7, theirs)
        phone.send(b"CLSE", 7, theirs)
        phone.receive()

    transport = DirectTransport("127.0.0.1", daemon(talk).port, Key())
    stream = transport.open("exec:cat")
    stream.write(bytes(10_000))
    assert stream.read(2) == b""
    assert sizes == [4096, 4096, 1808]
    with pytest.raises(DeviceLost):
        stream.write(b"more")
    transport.close()


def test_a_key_that_the_phone_does_not_know_is_shown_to_it(daemon: Callable[..., Daemon]) -> None:
    seen: list[tuple[int, bytes]] = []

    def talk(phone: Daemon) -> None:
        phone.receive()
        for _ in range(2):
            phone.send(b"AUTH", 1, 0, b"token")
            _, kind, _, data = phone.receive()
            seen.append((kind, data))
        phone.send(b"CNXN", 0x01000001, 4096, BANNER)
        phone.receive()

    DirectTransport("127.0.0.1", daemon(talk).port, Key()).close()
    assert seen == [(2, b"signed token"), (3, b"public user@host\0")]


def test_a_phone_that_hangs_up_when_asked_to_trust_us(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.receive()
        for _ in range(2):
            phone.send(b"AUTH", 1, 0, b"token")
            phone.receive()

    with pytest.raises(DeviceError, match="did not accept the key") as caught:
        DirectTransport("127.0.0.1", daemon(talk).port, Key())
    assert "debugging" in caught.value.hint


def test_what_speaks_no_adb(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.socket.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 3)
        phone.receive()

    with pytest.raises(DeviceError, match="does not answer as a phone does"):
        DirectTransport("127.0.0.1", daemon(talk).port, Key())


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(DeviceError, match="No phone answers"):
        DirectTransport("127.0.0.1", port, Key())


def test_a_refused_service_is_no_loss(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.greet()
        _, theirs, _, _ = phone.receive()
        phone.send(b"CLSE", 0, theirs)
        phone.accept_stream()
        phone.receive()

    transport = DirectTransport("127.0.0.1", daemon(talk).port, Key())
    with pytest.raises(DeviceError) as caught:
        transport.open("tcp:1")
    assert not isinstance(caught.value, DeviceLost)
    transport.open("exec:echo").close()
    transport.close()


def test_a_loss_is_told_to_all_streams_at_once_after_what_came(
    daemon: Callable[..., Daemon],
) -> None:
    def talk(phone: Daemon) -> None:
        phone.greet()
        first = phone.accept_stream(7)
        phone.accept_stream(8)
        phone.send(b"WRTE", 7, first, b"last words")
        phone.receive()

    transport = DirectTransport("127.0.0.1", daemon(talk).port, Key())
    one, other = transport.open("exec:a"), transport.open("exec:b")
    assert one.read(2) == b"last words"
    for stream in (one, other):
        with pytest.raises(DeviceLost):
            stream.read(2)
    assert not transport.alive
    with pytest.raises(DeviceLost):
        transport.open("exec:c")
    transport.close()


def test_garbage_in_the_middle_is_a_loss(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.greet()
        phone.accept_stream()
        phone.socket.sendall(b"\x00\xff" * 40)
        phone.receive()

    transport = DirectTransport("127.0.0.1", daemon(talk).port, Key())
    with pytest.raises(DeviceLost):
        transport.open("exec:a").read(2)
    transport.close()


def test_a_link_comes_back_if_it_was_asked_to(daemon: Callable[..., Daemon]) -> None:
    def talk(phone: Daemon) -> None:
        phone.greet()
        if phone.connections == 1:
            return  # hangs up
        theirs = phone.accept_stream()
        phone.send(b"WRTE", 7, theirs, b"here again")
        phone.receive()

    phone = daemon(talk)
    link = Link(lambda: DirectTransport("127.0.0.1", phone.port, Key()), reconnect_s=5)
    stream = link.open("exec:a")
    assert stream.read(2) == b"here again"
    link.close()


def test_a_link_gives_up_in_time(daemon: Callable[..., Daemon]) -> None:
    phone = daemon(lambda phone: phone.greet())
    link = Link(lambda: DirectTransport("127.0.0.1", phone.port, Key()), reconnect_s=0.5)
    phone.close()
    with pytest.raises(DeviceLost), contextlib.closing(link):
        link.open("exec:a")
    assert not link.comes_back
