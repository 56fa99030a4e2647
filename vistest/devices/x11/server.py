"""Starts X servers that draw into memory."""

from __future__ import annotations

import os
import select
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.devices.x11.application import LocalApplication

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vistest.core.geometry import Size

_START_LIMIT_S = 20.0


def start_xvfb(size: Size, environment: Mapping[str, str]) -> tuple[LocalApplication, int]:
    """A server without hardware; gives it and its display number.

    Raises:
        DeviceError: it does not start, or is not installed.
    """
    screen = f"{size.width}x{size.height}x24"
    return _start(["Xvfb", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"], environment)


def start_touch_server(
    size: Size, environment: Mapping[str, str], folder: Path
) -> tuple[LocalApplication, int]:
    """A server with a touch screen of ten fingers, fed through the socket `folder/touch`.

    It needs Xorg's drivers `dummy` and `inputtest`, and the right to start Xorg (root has it).

    Raises:
        DeviceError: it does not start, or is not installed.
    """
    configuration = folder / "xorg.conf"
    configuration.write_text(_touch_configuration(size, folder / "touch"))
    command = ["Xorg", "-config", str(configuration), "-configdir", str(folder / "none")]
    command += ["-logfile", str(folder / "xorg.log"), "-nolisten", "tcp", "-noreset", "-novtswitch"]
    return _start(command, environment)


def _start(command: Sequence[str], environment: Mapping[str, str]) -> tuple[LocalApplication, int]:
    """The server picks a free display number and writes it to a pipe when it is ready."""
    reader, writer = os.pipe()
    try:
        try:
            server = LocalApplication(
                [*command, "-displayfd", str(writer)], environment, pass_fds=(writer,)
            )
        finally:
            os.close(writer)
        number = _read_number(reader)
    finally:
        os.close(reader)
    if number is None:
        server.close()
        raise DeviceError(
            f"The X server {command[0]} did not start.",
            hint=f"run it by hand to see why: {' '.join(command)}",
        )
    return server, number


def _read_number(reader: int) -> int | None:
    text = b""
    while not text.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], _START_LIMIT_S)
        part = os.read(reader, 16) if ready else b""
        if not part:
            return None
        text += part
    return int(text)


def _touch_configuration(size: Size, touch: Path) -> str:
    width, height = size.width, size.height
    mode = f"{width}x{height}"
    clock_mhz = (width + 40) * (height + 20) * 60 / 1e6
    horizontal = f"{width} {width + 8} {width + 24} {width + 40}"
    vertical = f"{height} {height + 3} {height + 8} {height + 20}"
    return f"""
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "touch" "SendCoreEvents"
  InputDevice "keyboard" "CoreKeyboard"
  InputDevice "pointer" "CorePointer"
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
Section "Device"
  Identifier "memory"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 1.0-1000.0
  VertRefresh 5.0-300.0
  Modeline "{mode}" {clock_mhz:.1f} {horizontal} {vertical}
EndSection
Section "Screen"
  Identifier "screen"
  Device "memory"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{mode}"
    Virtual {width} {height}
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "touch"
  Driver "inputtest"
  Option "SocketPath" "{touch}"
  Option "DeviceType" "Touch"
  Option "TouchCount" "10"
EndSection
Section "InputDevice"
  Identifier "keyboard"
  Driver "inputtest"
  Option "SocketPath" "{touch}-keyboard"
  Option "DeviceType" "Keyboard"
EndSection
Section "InputDevice"
  Identifier "pointer"
  Driver "inputtest"
  Option "SocketPath" "{touch}-pointer"
  Option "DeviceType" "PointerAbsolute"
EndSection
"""
