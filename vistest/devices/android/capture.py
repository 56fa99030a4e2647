"""Pictures of a phone's screen by `screencap`, without loss."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import CaptureError, DeviceLost
from vistest.core.frame import Frame
from vistest.devices.android.transport import overdue

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vistest.core.geometry import Screen
    from vistest.devices.android.clock import PhoneClock
    from vistest.devices.android.link import Link

_COMMAND = "exec:screencap -p"
_LIMIT_S = 10.0
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_TRIES = 2

_clock = MonotonicClock()


class Camera:
    """Takes pictures; used from any thread.

    Args:
        link: To the phone.
        clock: Of the phone.
        density: Device pixels per dp.
        on_screen: Told the screen of every picture, for it turns with the phone.
    """

    def __init__(
        self,
        link: Link,
        clock: PhoneClock,
        density: float,
        on_screen: Callable[[Screen], None],
    ) -> None:
        self._link = link
        self._clock = clock
        self._density = density
        self._on_screen = on_screen

    def grab(self) -> Frame:
        """The screen as it is now.

        Raises:
            CaptureError: the phone gives no picture, as of protected content.
            DeviceLost: the phone went away.
        """
        return self.develop(*self.shoot())

    def shoot(self) -> tuple[bytes, float]:
        """A PNG file, and the time of the phone when its first byte came.

        The picture is complete before it is encoded. So one that is stamped before a press shows
        nothing that the press caused.
        """
        for left in range(_TRIES - 1, -1, -1):
            try:
                data, time_ms = self._shoot_once()
            except DeviceLost:
                if left and self._link.comes_back:
                    continue
                raise
            if data.startswith(_PNG) and data.endswith(_PNG_END):
                return data, time_ms
        raise CaptureError(
            "The phone gave no picture of its screen.",
            hint="some applications forbid pictures (banking, films); else try again.",
        )

    def develop(self, data: bytes, time_ms: float) -> Frame:
        """The frame of a PNG file.

        Raises:
            CaptureError: it is damaged.
        """
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if found is None:
            raise CaptureError("The phone's picture of its screen is damaged.")
        frame = Frame(with_alpha(np.asarray(found, np.uint8)), time_ms, self._density)
        self._on_screen(frame.screen)
        return frame

    def _shoot_once(self) -> tuple[bytes, float]:
        deadline = Deadline.after(_LIMIT_S, _clock)
        parts = []
        began_ms = 0.0
        with contextlib.closing(self._link.open(_COMMAND)) as stream:
            try:
                while part := stream.read(deadline.remaining_s):
                    began_ms = began_ms or self._clock.now_ms()
                    parts.append(part)
            except TimeoutError as error:
                raise overdue(_LIMIT_S) from error
        return b"".join(parts), began_ms


class CameraVideo:
    """A `VideoSource` that takes picture after picture: exact, a few a second."""

    def __init__(self, camera: Camera, max_fps: float) -> None:
        self._camera = camera
        self._interval_ms = 1e3 / max_fps
        self._last: Frame | None = None
        self._last_data = b""
        self._next_ms = 0.0
        self._closed = False

    def next_frame(self, timeout_s: float) -> Frame | None:
        """See `VideoSource`; taking the picture may last longer than `timeout_s`."""
        if self._closed:
            raise DeviceLost("The screen is no longer watched.")
        deadline = Deadline.after(timeout_s, _clock)
        while True:
            frame = self._look()
            if frame is not None:
                return frame
            if deadline.passed:
                return None
            deadline.pause((self._next_ms - _clock.now_ms()) / 1e3)

    def close(self) -> None:
        """See `VideoSource`."""
        self._closed = True

    def _look(self) -> Frame | None:
        """A picture that differs from the last; None if it does not."""
        self._next_ms = _clock.now_ms() + self._interval_ms
        data, time_ms = self._camera.shoot()
        if data == self._last_data:
            return None
        frame = self._camera.develop(data, time_ms)
        self._last_data = data
        if self._last is not None and _equal(frame, self._last):
            return None
        self._last = frame
        return frame


def with_alpha(bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (H, W, 3) to (H, W, 4), opaque and not writable."""
    pixels = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA), np.uint8)
    pixels.flags.writeable = False
    return pixels


def _equal(one: Frame, other: Frame) -> bool:
    if one.size != other.size:
        return False
    return np.array_equal(one.pixels.view(np.uint32), other.pixels.view(np.uint32))
