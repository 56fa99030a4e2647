"""The smart-socket protocol, as adb's SERVICES.TXT has it, against a server of a few lines."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.server import ListedPhone, ServerTransport, list_phones
from vistest.devices.android.transport import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator


class AdbServer:
    """Knows the phones in `phones`; each service echoes its own name."""

    def __init__(self) -> None:
        self.phones = {"S1": "device"}
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for connection in self._open:
            connection.close()

    def unplug(self) -> None:
        self.phones.clear()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._server.accept()
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            request = self._request(connection)
            if request == "host:devices-l":
                lines = "".join(
                    f"{name}  {state} usb:1-1 product:p model:Some_Phone device:d\n"
                    for name, state in self.phones.items()
                ).encode()
                connection.sendall(b"OKAY%04x%b" % (len(lines), lines))
                connection.close()
                return
            serial = request.removeprefix("host:transport:")
            if serial not in self.phones:
                reason = f"device '{serial}' not found".encode()
                connection.sendall(b"FAIL%04x%b" % (len(reason), reason))
                return
            connection.sendall(b"OKAY")
            service = self._request(connection)
            connection.sendall(b"OKAY" + service.encode())
            if service.startswith("exec:"):
                connection.close()

    @staticmethod
    def _request(connection: socket.socket) -> str:
        length = int(connection.recv(4), 16)
        return connection.recv(length).decode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[AdbServer]:
    server = AdbServer()
    monkeypatch.delenv("ADB_SERVER_SOCKET", raising=False)
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(server.port))
    yield server
    server.close()


def test_phones_are_listed_with_their_state(server: AdbServer) -> None:
    server.phones["S2"] = "unauthorized"
    assert list_phones() == [
        ListedPhone("S1", "device", "Some Phone"),
        ListedPhone("S2", "unauthorized", "Some Phone"),
    ]


def test_a_service_writes_and_ends(server: AdbServer) -> None:
    transport = ServerTransport("S1")
    assert read_all(transport.open("exec:echo"), 2) == b"exec:echo"
    transport.close()


def test_an_unknown_phone_is_named_with_the_servers_reason(server: AdbServer) -> None:
    with pytest.raises(DeviceError, match="device 'S9' not found"):
        ServerTransport("S9")


def test_a_phone_that_is_unplugged_is_lost(server: AdbServer) -> None:
    transport = ServerTransport("S1")
    stream = transport.open("shell:getevent")
    assert stream.read(2) == b"shell:getevent"
    server.unplug()
    with pytest.raises(DeviceLost):
        stream.read(2)
    with pytest.raises(DeviceLost):
        transport.open("exec:echo")
    transport.close()


def test_no_server_is_no_phones_and_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADB_SERVER_SOCKET", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(port))
    assert list_phones() == []
    with pytest.raises(DeviceError) as caught:
        ServerTransport("S1")
    assert "start-server" in caught.value.hint
