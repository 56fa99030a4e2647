"""H.264 of the screen as `screenrecord` sends it: no container, no times, a frame per change."""

from __future__ import annotations

import fractions
import threading
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from tests.phone.device.screen import Screen
    from vistest.core.frame import Frame

_FPS = 60.0
_LOOK_S = 0.1
_TIME_BASE = fractions.Fraction(1, 1000)


class Encoder:
    """Encodes on a thread until `stop` is set or `limit_s` is over."""

    def __init__(self, screen: Screen, options: Mapping[str, str], limit_s: float) -> None:
        self._screen, self._options, self._limit_s = screen, options, limit_s
        self._clock = MonotonicClock()
        self.stop = threading.Event()

    def run(self, put: Callable[[bytes | None], None]) -> None:
        """Hand each part to `put`, and None at the end."""
        try:
            self._encode(put)
        except DeviceError:
            pass  # the screen was closed before its recording
        finally:
            put(None)

    def _encode(self, put: Callable[[bytes | None], None]) -> None:
        video = self._screen.video(_FPS)
        codec: av.VideoCodecContext | None = None
        start_ms = self._clock.now_ms()
        try:
            while not self.stop.is_set() and self._clock.now_ms() - start_ms < self._limit_s * 1e3:
                frame = video.next_frame(_LOOK_S)
                if frame is not None:
                    codec = codec or self._open(frame)
                    put(_encoded(codec, frame, frame.time_ms - start_ms))
        finally:
            video.close()

    def _open(self, first: Frame) -> av.VideoCodecContext:
        """The size stays that of the first frame."""
        width, height = first.size.width, first.size.height
        if "--size" in self._options:
            width, height = map(int, self._options["--size"].split("x"))
        codec = av.CodecContext.create("libx264", "w")
        codec.width, codec.height = width // 2 * 2, height // 2 * 2
        codec.pix_fmt = "yuv420p"
        codec.time_base = _TIME_BASE
        codec.options = {
            "preset": "ultrafast",
            "tune": "zerolatency",
            "crf": "20",
            "x264-params": "repeat-headers=1",
        }
        return codec


def _encoded(codec: av.VideoCodecContext, frame: Frame, at_ms: float) -> bytes:
    pixels = _fitted(frame.pixels, codec.width, codec.height)
    picture = av.VideoFrame.from_ndarray(pixels, "bgra")
    picture.pts, picture.time_base = max(0, round(at_ms)), _TIME_BASE
    return b"".join(bytes(packet) for packet in codec.encode(picture))


def _fitted(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """A phone that is turned, or asked for another size, shows all of the picture between bars."""
    if pixels.shape[:2] == (height, width):
        return pixels
    scale = min(width / pixels.shape[1], height / pixels.shape[0])
    small_width, small_height = (int(scale * side) for side in pixels.shape[1::-1])
    small = cv2.resize(pixels, (small_width, small_height), interpolation=cv2.INTER_AREA)
    fitted = np.zeros((height, width, 4), np.uint8)
    left, top = (width - small_width) // 2, (height - small_height) // 2
    fitted[top : top + small_height, left : left + small_width] = small
    return fitted
