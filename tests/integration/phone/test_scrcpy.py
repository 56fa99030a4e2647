"""The stand-in for scrcpy's server: its sockets, through Debian's adb."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

import av
import pytest

from tests.phone.adb import Adb, eventually

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tests.phone import Phone

JAR = "/data/local/tmp/scrcpy-server.jar"
START = f"CLASSPATH={JAR} app_process / com.genymobile.scrcpy.Server"
CONFIG, KEY = 1 << 63, 1 << 62


def read(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        assert part, "hung up"
        data += part
    return data


class Client:
    def __init__(self, adb: Adb, name: str) -> None:
        forwarded = adb("forward", "tcp:0", f"localabstract:{name}")
        self.port = int(forwarded.stdout)
        assert eventually(self._connected)
        self.control = self._connect()
        self.name = read(self.video, 64).rstrip(b"\0").decode()
        self.codec, self.width, self.height = struct.unpack(">III", read(self.video, 12))

    def packet(self) -> tuple[int, bytes]:
        stamp, length = struct.unpack(">QI", read(self.video, 12))
        return stamp, read(self.video, length)

    def touch(self, action: int, x: float, y: float, size: tuple[int, int]) -> None:
        place = (int(x), int(y), *size)
        self.control.sendall(struct.pack(">BBQiiHHHII", 2, action, 0, *place, 0xFFFF, 0, 0))

    def close(self) -> None:
        self.video.close()
        self.control.close()

    def _connected(self) -> bool:
        """Until the server listens, adb takes the connection and gives it up again."""
        self.video = self._connect()
        if self.video.recv(1) == b"\0":
            return True
        self.video.close()
        return False

    def _connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


@pytest.fixture
def adb(phone: Phone, tmp_path: Path) -> Adb:
    adb = Adb(phone)
    (tmp_path / "jar").write_bytes(b"in the place of a program")
    adb("push", str(tmp_path / "jar"), JAR)
    return adb


@pytest.fixture
def server(adb: Adb) -> Iterator[subprocess.Popen[bytes]]:
    process = adb.start("shell", f"{START} 3.3.4 scid=0000002a tunnel_forward=true audio=false")
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture
def client(server: subprocess.Popen[bytes], adb: Adb) -> Iterator[Client]:
    client = Client(adb, "scrcpy_0000002a")
    yield client
    client.close()


def test_video_has_the_phones_own_times(client: Client, phone: Phone) -> None:
    assert (client.name, client.codec) == ("Stand-in", 0x68323634)
    assert (client.width, client.height) == phone.setup.size
    stamp, parameters = client.packet()
    assert stamp == CONFIG
    first, picture = client.packet()
    assert first & KEY
    decoder = av.CodecContext.create("h264", "r")
    frames = decoder.decode(av.Packet(parameters + picture)) + decoder.decode(None)
    assert [(frame.width, frame.height) for frame in frames] == [phone.setup.size]
    phone.user.tap_on("#go-settings")
    shown_ms = (client.packet()[0] & (KEY - 1)) / 1e3
    assert eventually(lambda: phone.events()[-1]["action"] == "shown")
    assert abs(shown_ms - phone.events()[0]["time_ms"]) < 2000


def test_fingers_touch_where_the_size_is_right(client: Client, phone: Phone) -> None:
    box = phone.find("#plant-sage")
    x, y = box.left + 99, box.top + 30
    for size in ((100, 200), phone.setup.size):
        client.touch(0, x, y, size)
        client.touch(1, x, y, size)
    assert eventually(lambda: phone.events())
    taps = [event["object"] for event in phone.events() if event["action"] == "tap"]
    assert taps == ["Sage"]


def test_text_is_pasted_and_acknowledged(client: Client, phone: Phone) -> None:
    phone.user.tap_on("#search")
    assert eventually(lambda: phone.get()["keyboard_shown"])
    text = "Größe $(reboot) 你好".encode()
    client.control.sendall(struct.pack(">BQ?I", 9, 7, True, len(text)) + text)
    assert read(client.control, 9) == struct.pack(">BQ", 1, 7)
    assert eventually(lambda: phone.events()[-1]["value"] == text.decode())
    assert phone.get()["clipboard"] == text.decode()


def test_another_version_is_refused(adb: Adb) -> None:
    done = adb("shell", f"{START} 2.0 scid=0000002b tunnel_forward=true")
    assert b"does not match the client (2.0)" in done.stderr
    assert done.returncode == 1


def test_nothing_listens_without_a_server(adb: Adb) -> None:
    port = int(adb("forward", "tcp:0", "localabstract:scrcpy_00000000").stdout)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        assert connection.recv(1) == b""
