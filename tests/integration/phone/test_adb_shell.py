"""The package adb-shell talks to the stand-in for a phone, and sees what goes wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from adb_shell.adb_device import AdbDeviceTcp
from adb_shell.auth.keygen import keygen
from adb_shell.auth.sign_pythonrsa import PythonRSASigner
from adb_shell.exceptions import (
    AdbConnectionError,
    AdbTimeoutError,
    DeviceAuthError,
    TcpTimeoutException,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.phone import Phone

LIMIT_S = 4.0


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> PythonRSASigner:
    return new_key(tmp_path_factory.mktemp("keys"))


def new_key(folder: Path) -> PythonRSASigner:
    keygen(str(folder / "key"))
    return PythonRSASigner.FromRSAKeyPath(str(folder / "key"))


def unconnected(phone: Phone) -> AdbDeviceTcp:
    host, _, port = phone.address.partition(":")
    return AdbDeviceTcp(host, int(port), default_transport_timeout_s=LIMIT_S)


@pytest.fixture
def device(phone: Phone, key: PythonRSASigner) -> Iterator[AdbDeviceTcp]:
    device = unconnected(phone)
    device.connect(rsa_keys=[key], auth_timeout_s=LIMIT_S)
    yield device
    device.close()


def test_shell_exec_and_files(device: AdbDeviceTcp, tmp_path: Path) -> None:
    assert device.shell("getprop ro.product.model") == "Stand-in\n"
    assert device.exec_out("screencap -p", decode=False)[:8] == b"\x89PNG\r\n\x1a\n"
    (tmp_path / "sent").write_bytes(b"text" * 50_000)
    device.push(str(tmp_path / "sent"), "/sdcard/Download/sent")
    device.pull("/sdcard/Download/sent", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == b"text" * 50_000
    mode, size, _ = device.stat("/sdcard/Download/sent")
    assert (mode & 0o170000, size) == (0o100000, 200_000)
    assert [file.filename for file in device.list("/sdcard/Download")] == [b"sent"]


def test_a_key_is_asked_for_and_remembered(phone: Phone, key: PythonRSASigner) -> None:
    device = unconnected(phone)
    with pytest.raises(DeviceAuthError):
        device.connect(auth_timeout_s=LIMIT_S)
    device.close()
    device.connect(rsa_keys=[key], auth_timeout_s=LIMIT_S)
    device.close()
    phone.set(authorize=False)
    device.connect(rsa_keys=[key], auth_timeout_s=LIMIT_S)
    assert device.shell("echo known") == "known\n"
    device.close()


def test_an_owner_may_refuse_a_key(phone: Phone, tmp_path: Path) -> None:
    phone.set(authorize=False)
    device = unconnected(phone)
    with pytest.raises(TcpTimeoutException):  # the owner was asked, and says nothing
        device.connect(rsa_keys=[new_key(tmp_path)], auth_timeout_s=0.5, transport_timeout_s=0.5)
    device.close()
    assert not phone.commands("service")


def test_an_emulator_asks_for_no_key(tablet: Phone) -> None:
    device = unconnected(tablet)
    device.connect()
    assert device.shell("wm size") == "Physical size: 800x1280\n"
    device.close()


def test_a_phone_hangs_up(device: AdbDeviceTcp, phone: Phone) -> None:
    phone.disconnect()
    with pytest.raises((AdbConnectionError, AdbTimeoutError, OSError)):
        device.shell("echo", timeout_s=LIMIT_S, read_timeout_s=LIMIT_S)


def test_a_phone_goes_away_and_comes_back(
    device: AdbDeviceTcp, phone: Phone, key: PythonRSASigner
) -> None:
    phone.faults(refuse_connections=True)
    phone.disconnect()
    with pytest.raises(OSError):  # noqa: PT011 - what exactly depends on the moment
        unconnected(phone).connect(rsa_keys=[key], auth_timeout_s=LIMIT_S)
    phone.faults(refuse_connections=False)
    back = unconnected(phone)
    back.connect(rsa_keys=[key], auth_timeout_s=LIMIT_S)
    assert back.shell("echo back") == "back\n"
    back.close()


def test_garbage_is_no_answer(device: AdbDeviceTcp, phone: Phone) -> None:
    phone.faults(garbage=True)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any but the right answer
        device.shell("echo", timeout_s=LIMIT_S, read_timeout_s=1.0)
    assert not isinstance(caught.value, AssertionError)


def test_a_slow_phone_answers_late(device: AdbDeviceTcp, phone: Phone) -> None:
    started = time.monotonic()
    assert device.shell("echo") == "\n"
    quick_s = time.monotonic() - started
    phone.faults(slow_s=0.3)
    started = time.monotonic()
    assert device.shell("echo") == "\n"
    assert time.monotonic() - started > max(0.3, quick_s)


def test_failing_pictures(device: AdbDeviceTcp, phone: Phone) -> None:
    phone.faults(screencap_fails=True)
    assert device.exec_out("screencap -p", decode=False) == b"Capturing failed.\n"
