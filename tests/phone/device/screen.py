"""The phone's screen: a private X screen, its pictures, its touch screen and its keyboard."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import cv2

from vistest.core.clock import MonotonicClock
from vistest.core.events import KeyPress, Scroll, TextInput
from vistest.core.geometry import Point, Position, Size
from vistest.core.geometry import Screen as MeasuredScreen
from vistest.devices.x11.address import parse_address
from vistest.devices.x11.capture import DamageVideo, ScreenGrabber
from vistest.devices.x11.inject import XTestSink
from vistest.devices.x11.inputtest import FingerEvent, TouchInjector

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.phone.device.panel import Touch
    from vistest.core.frame import Frame


_OUTPUT = "DUMMY0"
_CLOCK_MHZ = 200
_RANDR_LIMIT_S = 10
_Result = TypeVar("_Result")


class Screen:
    """One X screen with a touch screen, see `vistest.devices.x11.virtual`."""

    def __init__(self, uri: str) -> None:
        self._address = parse_address(uri)
        self._keyboard: XTestSink | None = None
        self._grabber: ScreenGrabber | None = None
        self._fingers = TouchInjector(Path(self._address.touch), MonotonicClock())
        self._fingers_lock = threading.Lock()
        self._pictures = ThreadPoolExecutor(1, "pictures")
        self._keys = ThreadPoolExecutor(1, "keys")

    async def grab(self) -> Frame:
        """The screen as it is now."""
        return await self._on(self._pictures, lambda: self._opened_grabber().grab())

    async def png(self) -> bytes:
        """The screen as a PNG picture."""
        return await self._on(self._pictures, self._encoded)

    def video(self, max_fps: float) -> DamageVideo:
        """Frames as the screen changes; for one thread of the caller."""
        return DamageVideo(self._address.display, 1.0, max_fps)

    async def type(self, text: str) -> None:
        """Press the keys of `text`."""
        await self._on(self._keys, lambda: self._opened_keyboard().perform(TextInput(text)))

    async def press(self, *keys: str) -> None:
        """Press a chord of keys by their W3C names."""
        await self._on(self._keys, lambda: self._opened_keyboard().perform(KeyPress(keys)))

    async def scroll(self, x: float, y: float, notches: int) -> None:
        """Turn the wheel at a place."""
        await self._on(self._keys, lambda: self._scroll(x, y, notches))

    async def resize(self, width: int, height: int) -> None:
        """Change the size, as turning the phone does."""
        await self._on(self._pictures, lambda: self._resize(width, height))

    def finger(
        self, action: Touch, finger: int, x: float, y: float, size: tuple[int, int], *, last: bool
    ) -> None:
        """Let a finger touch the screen; any thread may ask for it.

        After the `last` thing of a gesture the server has all of it.
        """
        with self._fingers_lock:
            event = FingerEvent(0.0, action, finger, x, y)
            self._fingers.play([event], Size(*size), wait_for_server=last)

    def _scroll(self, x: float, y: float, notches: int) -> None:
        mouse = self._opened_keyboard()
        at = Position(Point(x, y), MeasuredScreen(mouse.size()))
        mouse.perform(Scroll(at, dy=notches))

    def _resize(self, width: int, height: int) -> None:
        """The driver without hardware takes any mode; the numbers after the size mean nothing."""
        name = f"{width}x{height}"
        numbers = [width, width + 8, width + 24, width + 40, height, height + 3, height + 8]
        mode = [name, str(_CLOCK_MHZ), *map(str, numbers), str(height + 20)]
        self._randr("--newmode", *mode, required=False)  # it may be there already
        self._randr("--addmode", _OUTPUT, name, required=False)
        self._randr("--output", _OUTPUT, "--mode", name)

    def _randr(self, *words: str, required: bool = True) -> None:
        command = ["xrandr", "--display", self._address.display, *words]
        subprocess.run(command, check=required, capture_output=True, timeout=_RANDR_LIMIT_S)

    def _encoded(self) -> bytes:

        pixels = self._opened_grabber().grab().pixels
        # Filters would cost ten times as much as all the rest, and win nothing on flat colours.
        speed = [
            cv2.IMWRITE_PNG_COMPRESSION,
            1,
            cv2.IMWRITE_PNG_FILTER,
            cv2.IMWRITE_PNG_FILTER_NONE,
        ]
        done, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR), speed)
        assert done
        return data.tobytes()

    def _opened_grabber(self) -> ScreenGrabber:
        if self._grabber is None:
            self._grabber = ScreenGrabber(self._address.display)
        return self._grabber

    def _opened_keyboard(self) -> XTestSink:
        if self._keyboard is None:
            self._keyboard = XTestSink(self._address.display)
        return self._keyboard

    async def _on(self, thread: ThreadPoolExecutor, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(thread, work)
