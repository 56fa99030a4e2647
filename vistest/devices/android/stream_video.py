"""A `VideoSource` made of a compressed stream: a frame for each change that is more than noise."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import CaptureError, DeviceError, DeviceLost
from vistest.core.frame import Frame
from vistest.devices.android.capture import CameraVideo, with_alpha

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from vistest.core.geometry import Screen
    from vistest.devices.android.capture import Camera
    from vistest.devices.android.h264 import Picture

logger = logging.getLogger(__name__)

_FIRST_S = 12.0
_CELL = 8
_NOISE = 4.0
"""Mean difference of a cell of 8 by 8 pixels that is a change: compression stays below."""

_MOST_DEATHS = 3
_SHORT_LIFE_MS = 3000.0

_clock = MonotonicClock()


class PictureStream(Protocol):
    """Decoded pictures as they come."""

    def next(self, timeout_s: float) -> Picture | None:
        """The next one, with the time that belongs to it; None if none came in time.

        Raises:
            DeviceError: the stream has ended.
            DeviceLost: the phone went away.
        """
        ...

    def close(self) -> None: ...


class StreamVideo:
    """Watches a screen through streams that begin anew when they end or the screen is turned.

    The first frame is a picture without loss. When streams do not live, pictures take over.

    Args:
        begin: Starts a stream.
        phone_ms: From the time of a picture to the phone's clock.
        camera: For the first frame, and for want of a stream.
        screen: Tells the screen as it is turned now.
        max_fps: Frames that come faster are left out, but never the last one.
    """

    def __init__(
        self,
        begin: Callable[[], PictureStream],
        phone_ms: Callable[[float], float],
        camera: Camera,
        screen: Callable[[], Screen],
        max_fps: float,
    ) -> None:
        self._begin = begin
        self._phone_ms = phone_ms
        self._camera = camera
        self._ask_screen = screen
        self._interval_ms = 1e3 / max_fps
        self._max_fps = max_fps
        self._stream: PictureStream | None = None
        self._screen = screen()
        self._begun_ms = 0.0
        self._deaths = 0
        self._planes: tuple[NDArray[np.uint8], ...] | None = None
        self._last_ms: float | None = None
        self._instead: CameraVideo | None = None
        self._closed = False

    @property
    def lossless(self) -> bool:
        """Whether it has fallen back to pictures."""
        return self._instead is not None

    def next_frame(self, timeout_s: float) -> Frame | None:
        """See `VideoSource`."""
        if self._closed:
            raise DeviceLost("The screen is no longer watched.")
        if self._instead is not None:
            return self._instead.next_frame(timeout_s)
        if self._last_ms is None:
            return self._first()
        deadline = Deadline.after(timeout_s, _clock)
        while self._instead is None:
            picture = self._next(deadline.remaining_s)
            if picture is not None and self._is_new(picture[0]):
                return self._frame(*picture)
            if deadline.passed:
                return None
        return self._instead.next_frame(0.0)

    def close(self) -> None:
        """See `VideoSource`."""
        self._closed = True
        self._end_stream()

    def _first(self) -> Frame | None:
        """A picture taken once the stream runs, so that no change is between the two."""
        picture = None
        while self._instead is None and picture is None:
            picture = self._next(_FIRST_S)
            if picture is None:
                self._fall_back("it sends nothing")
        if self._instead is not None:
            return self._instead.next_frame(0.0)
        while picture is not None:
            self._is_new(picture[0])
            picture = self._next(0.0)
        frame = self._camera.grab()
        self._last_ms = frame.time_ms
        return frame

    def _next(self, timeout_s: float) -> Picture | None:
        """The next picture of a stream of the screen as it is turned now."""
        screen = self._ask_screen()
        if screen.size != self._screen.size:
            self._screen = screen
            self._end_stream()
        try:
            if self._stream is None:
                self._begun_ms = _clock.now_ms()
                self._stream = self._begin()
            return self._stream.next(timeout_s)
        except DeviceLost:
            self._end_stream()
            raise
        except DeviceError as error:
            self._died(str(error))
            return None

    def _died(self, reason: str) -> None:
        """Streams end by themselves after minutes; one that does so at once is no good."""
        self._end_stream()
        short = _clock.now_ms() - self._begun_ms < _SHORT_LIFE_MS
        self._deaths = self._deaths + 1 if short else 0
        if self._deaths >= _MOST_DEATHS:
            self._fall_back(reason)

    def _fall_back(self, reason: str) -> None:
        logger.warning("watching the phone by single pictures, for its video fails: %s", reason)
        self._end_stream()
        self._instead = CameraVideo(self._camera, self._max_fps)

    def _end_stream(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _is_new(self, picture: VideoFrame) -> bool:
        """Whether it differs from the last one by more than noise; remembers it if so."""
        planes = _planes(picture)
        if self._planes is not None and not _differ(planes, self._planes):
            return False
        self._planes = planes
        return True

    def _frame(self, picture: VideoFrame, time_ms: float) -> Frame:
        """At the size of the screen: encoders may have scaled it down."""
        bgr = np.asarray(picture.to_ndarray(format="bgr24"), np.uint8)
        size = self._screen.size
        if (picture.width, picture.height) != (size.width, size.height):
            if (picture.width > picture.height) != (size.width > size.height):
                raise CaptureError("The phone was turned while its screen was watched.")
            bgr = np.asarray(cv2.resize(bgr, (size.width, size.height)), np.uint8)
        stamp = max(self._phone_ms(time_ms), self._last_ms or 0.0)
        self._last_ms = stamp
        return Frame(with_alpha(bgr), stamp, self._screen.density)


def _planes(picture: VideoFrame) -> tuple[NDArray[np.uint8], ...]:
    """Brightness and colours, without the padding of their lines."""
    found = []
    for plane in picture.planes:
        lines = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        found.append(lines[:, : plane.width].copy())
    return tuple(found)


def _differ(one: tuple[NDArray[np.uint8], ...], other: tuple[NDArray[np.uint8], ...]) -> bool:
    if [plane.shape for plane in one] != [plane.shape for plane in other]:
        return True
    return any(_cells_differ(a, b) for a, b in zip(one, other, strict=True))


def _cells_differ(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    difference = cv2.absdiff(one, other)
    height, width = one.shape
    small = (max(1, width // _CELL), max(1, height // _CELL))
    cells = cv2.resize(difference, small, interpolation=cv2.INTER_AREA)
    return bool(np.asarray(cells).max() > _NOISE)
