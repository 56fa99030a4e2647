"""Bytes as doc/develop.md of Genymobile/scrcpy 3 and its test_control_msg_serialize.c say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import DeviceError
from vistest.core.geometry import Size
from vistest.devices.android.fingers import FingerMoment
from vistest.devices.android.scrcpy import find_server, parse_header
from vistest.devices.android.scrcpy_control import clipboard_message, touch_message
from vistest.devices.android.scrcpy_video import StampReader

if TYPE_CHECKING:
    from pathlib import Path


def test_headers_of_packets() -> None:
    config = parse_header(bytes.fromhex("80000000000000000000001e"))
    assert (config.time_us, config.key, config.size) == (None, False, 30)
    key = parse_header(bytes.fromhex("4000000000989680") + bytes.fromhex("00001000"))
    assert (key.time_us, key.key, key.size) == (10_000_000, True, 4096)
    other = parse_header(bytes.fromhex("0000000000989a68") + bytes.fromhex("00000001"))
    assert (other.time_us, other.key) == (10_001_000, False)
    for size in ("00000000", "ffffffff"):
        with pytest.raises(DeviceError):
            parse_header(bytes(8) + bytes.fromhex(size))


def test_a_touch_as_the_server_reads_it() -> None:
    moment = FingerMoment(0, "down", 1, 100, 200)
    message = touch_message(moment, Size(1080, 1920))
    parts = (
        "02 00",  # inject touch event, AMOTION_EVENT_ACTION_DOWN
        "00 00 00 00 00 00 00 01",  # pointer id
        "00 00 00 64 00 00 00 c8",  # 100 200
        "04 38 07 80",  # 1080 1920
        "ff ff",  # pressure
        "00 00 00 00 00 00 00 00",  # action button, buttons: none of a finger
    )
    assert message == bytes.fromhex(" ".join(parts))


def test_a_clipboard_as_the_server_reads_it() -> None:
    message = clipboard_message("hé", 0x0102030405060708)
    assert message == bytes([9, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 0, 0, 3]) + "hé".encode()


def test_stamps_of_the_phones_clock_are_taken_as_they_are() -> None:
    stamps = StampReader(lambda: 0.0)
    assert stamps.phone_time(50_000.0, 50_080.0) == 50_000.0
    assert stamps.phone_time(50_100.0, 50_400.0) == 50_100.0


def test_stamps_from_the_beginning_are_placed_by_the_quickest_picture() -> None:
    stamps = StampReader(lambda: 0.0)
    assert stamps.phone_time(0.0, 90_100.0) == 90_100.0
    assert stamps.phone_time(1_000.0, 91_040.0) == 91_040.0
    assert stamps.phone_time(2_000.0, 92_300.0) == 92_040.0


def test_the_version_is_in_the_servers_name(tmp_path: Path) -> None:
    jar = tmp_path / "scrcpy-server-v3.3.4"
    jar.write_bytes(b"PK")
    found = find_server(str(jar))
    assert found is not None
    assert found.version == "3.3.4"
    for name in ("scrcpy-server", "scrcpy-server-v9.9"):
        with pytest.raises(DeviceError):
            find_server(str(tmp_path / name))
