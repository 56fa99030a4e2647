"""An X11 display as a `Device`."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError
from vistest.devices.base import Capabilities, DeviceInfo
from vistest.devices.x11.address import X11Address, parse_address
from vistest.devices.x11.application import LocalApplication
from vistest.devices.x11.capture import DamageVideo, ScreenGrabber
from vistest.devices.x11.clock import measure_clock
from vistest.devices.x11.inject import XTestSink
from vistest.devices.x11.observe import XInputSource
from vistest.devices.x11.screen import read_screen
from vistest.devices.x11.touch_sink import TouchSink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from vistest.core.frame import Frame

    class _Closable(Protocol):
        def close(self) -> None: ...


_CAPABILITIES = Capabilities(
    observe_input=True, hover=True, wheel=True, keyboard=True, unicode_text=True, launch=True
)
_FINGERS = replace(_CAPABILITIES, touch=True, multi_touch=True)
_NEEDED = {
    "XTEST": "perform interactions",
    "RECORD": "observe the user's input",
    "DAMAGE": "see when the screen changes",
}


def connect(uri: str) -> X11Device:
    """The device of an X11 URI, see `address`."""
    return X11Device(parse_address(uri))


def _open_sink(address: X11Address) -> XTestSink | TouchSink:
    if address.touch:
        return TouchSink(address.display, address.touch)
    return XTestSink(address.display)


class X11Device:
    """A `Device` whose screen is an X11 display.

    Args:
        address: Where the display is.
        environment: All of the environment of applications started on it, that of this process
            by default. `DISPLAY` is added.
    """

    def __init__(self, address: X11Address, environment: Mapping[str, str] | None = None) -> None:
        self._address = address
        self._environment = {**(environment or os.environ), "DISPLAY": address.display}
        self._grabber = ScreenGrabber(address.display)
        self._open: list[_Closable] = [self._grabber]
        try:
            self._clock = measure_clock(self._grabber.connection)
            self._info = self._read_info()
            self._grabber.density = self._info.screen.density
            self._sink = _open_sink(address)
        except BaseException:
            self.close()
            raise
        self._open.append(self._sink)

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return _FINGERS if self._address.touch else _CAPABILITIES

    @property
    def sink(self) -> XTestSink | TouchSink:
        return self._sink

    def now_ms(self) -> float:
        """CLOCK_MONOTONIC of this machine."""
        return self._clock.now_ms()

    def grab(self) -> Frame:
        """See `Device`."""
        return self._grabber.grab()

    def open_video(self, max_fps: float = 30.0, *, exact: bool = False) -> DamageVideo:
        """See `Device`."""
        video = DamageVideo(self._address.display, self._info.screen.density, max_fps)
        self._open.append(video)
        return video

    def open_input(self) -> XInputSource:
        """See `Device`."""
        source = XInputSource(
            self._address.display, self._info.screen, self._address.density, self._clock
        )
        self._open.append(source)
        return source

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> LocalApplication:
        """See `Device`; the program runs on this machine, whatever machine the display is on."""
        application = LocalApplication(command, {**self._environment, **(environment or {})})
        self._open.append(application)
        return application

    def close(self) -> None:
        """See `Device`."""
        while self._open:
            self._open.pop().close()

    def _read_info(self) -> DeviceInfo:
        connection = self._grabber.connection
        with connection.guarded() as display:
            missing = sorted(_NEEDED.keys() - set(display.list_extensions()))
            vendor = display.display.info.vendor
        if missing:
            raise DeviceError(
                f"The display {connection.name} lacks {missing[0]}, needed to "
                f"{_NEEDED[missing[0]]}.",
                hint="enable the extension in the X server's configuration.",
            )
        name = vendor.decode("latin-1") if isinstance(vendor, bytes) else vendor
        screen = read_screen(connection, self._address.density)
        return DeviceInfo(self._address.uri, "x11", "linux", name, screen)

    def __enter__(self) -> X11Device:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
