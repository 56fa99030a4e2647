"""The form of an Android URI: `adb:SERIAL` or `adb:HOST:PORT`, with options after `?`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import parse_qsl

from vistest.core.errors import DeviceError
from vistest.core.text import printable

VideoKind = Literal["auto", "scrcpy", "screenrecord", "screencap"]

_DIRECT = re.compile(r"adb:(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>\d{1,5})")
_SERIAL = re.compile(r"adb:(?P<serial>[A-Za-z0-9._-]+)")
_OPTIONS = {"reconnect", "video", "scrcpy"}
_LONGEST_RECONNECT_S = 600.0
_SERVER_PORT = 5037


@dataclass(frozen=True, slots=True)
class AndroidAddress:
    """Where a phone is.

    Attributes:
        uri: As it was given.
        serial: Its serial number in the list of the adb server; empty if it is reached directly.
        host: Of its own daemon; empty if it is reached through an adb server.
        port: Of its own daemon.
        reconnect_s: How long to try to get it back when it was lost; 0 gives up at once.
        video: How its screen is watched; `auto` takes the best way that works.
        scrcpy: Path of scrcpy's server, if the user names one.
    """

    uri: str
    serial: str = ""
    host: str = ""
    port: int = 0
    reconnect_s: float = 0.0
    video: VideoKind = "auto"
    scrcpy: str = ""

    @property
    def name(self) -> str:
        """For messages."""
        return self.serial or f"{self.host}:{self.port}"


def parse_address(uri: str) -> AndroidAddress:
    """Read an Android URI.

    Raises:
        DeviceError: it is not one.
    """
    place, _, query = uri.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(options.keys() - _OPTIONS):
        known = ", ".join(sorted(_OPTIONS))
        raise _malformed(uri, f"'{printable(unknown[0])}' is not an option; known: {known}.")
    reconnect_s = _seconds(uri, options.get("reconnect", "0"))
    video = _video(uri, options.get("video", "auto"))
    scrcpy = options.get("scrcpy", "")
    if direct := _DIRECT.fullmatch(place):
        port = int(direct["port"])
        if not 0 < port < 65536:
            raise _malformed(uri, "a port is a number from 1 to 65535; phones listen on 5555.")
        host = direct["host"].strip("[]")
        return AndroidAddress(uri, "", host, port, reconnect_s, video, scrcpy)
    if through := _SERIAL.fullmatch(place):
        return AndroidAddress(uri, through["serial"], "", 0, reconnect_s, video, scrcpy)
    raise _malformed(uri, "name the phone as in adb:SERIAL (see 'adb devices') or adb:HOST:5555.")


def server_address() -> tuple[str, int]:
    """Where adb's server listens: `ADB_SERVER_SOCKET`, `ANDROID_ADB_SERVER_PORT`, or 5037."""
    socket_name = os.environ.get("ADB_SERVER_SOCKET", "")
    if named := re.fullmatch(r"tcp:(?:(.+):)?(\d+)", socket_name):
        return named[1] or "127.0.0.1", int(named[2])
    port = os.environ.get("ANDROID_ADB_SERVER_PORT", "")
    return "127.0.0.1", int(port) if port.isdigit() else _SERVER_PORT


def _seconds(uri: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_RECONNECT_S:
        raise _malformed(uri, "reconnect is a number of seconds, such as adb:SERIAL?reconnect=20.")
    return seconds


def _video(uri: str, value: str) -> VideoKind:
    for kind in get_args(VideoKind):
        if value == kind:
            return kind  # type: ignore[no-any-return]
    raise _malformed(uri, f"video is one of: {', '.join(get_args(VideoKind))}.")


def _malformed(uri: str, hint: str) -> DeviceError:
    return DeviceError(f"'{printable(uri)}' does not name an Android device.", hint=hint)
