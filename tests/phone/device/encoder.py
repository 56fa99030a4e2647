"""H.264 of the screen, a picture for each change, made on a thread of its own."""

from __future__ import annotations

import fractions
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
from av.codec.context import Flags

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from tests.phone.device.screen import Screen
    from vistest.core.frame import Frame

_LOOK_S = 0.1
_TIME_BASE = fractions.Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class VideoOptions:
    """How a video is made.

    Attributes:
        size: Of its pictures; that of the screen at its beginning if None.
        limit_s: It ends so long after its beginning.
        max_fps: At most so many pictures a second.
        follow: Whether it gets the new size when the phone is turned, instead of bars.
        headers_apart: Whether the parameter sets are a packet of their own.
    """

    size: tuple[int, int] | None = None
    limit_s: float = float("inf")
    max_fps: float = 60.0
    follow: bool = False
    headers_apart: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """A part of a video.

    Attributes:
        data: In the byte stream format of H.264, Annex B.
        size: Of its pictures.
        time_ms: CLOCK_MONOTONIC of its picture; None of parameter sets.
        key: Whether decoding can begin with it.
    """

    data: bytes
    size: tuple[int, int]
    time_ms: float | None = None
    key: bool = False


class Encoder:
    """Encodes until `stop` is set or the video is long enough."""

    def __init__(self, screen: Screen, options: VideoOptions) -> None:
        self._screen, self._options = screen, options
        self._clock = MonotonicClock()
        self._codec: av.VideoCodecContext | None = None
        self.stop = threading.Event()

    def start(self, put: Callable[[Packet | None], None]) -> None:
        """Hand each packet to `put`, and None at the end, from another thread."""
        threading.Thread(target=self._run, args=(put,), daemon=True).start()

    def _run(self, put: Callable[[Packet | None], None]) -> None:
        try:
            for packet in self._packets():
                put(packet)
        except DeviceError:
            pass  # the screen was closed before its video
        finally:
            put(None)

    def _packets(self) -> Iterator[Packet]:
        video = self._screen.video(self._options.max_fps)
        end_ms = self._clock.now_ms() + self._options.limit_s * 1e3
        try:
            while not self.stop.is_set() and self._clock.now_ms() < end_ms:
                frame = video.next_frame(_LOOK_S)
                if frame is not None:
                    yield from self._encode(frame)
        finally:
            video.close()

    def _encode(self, frame: Frame) -> Iterator[Packet]:
        wanted = self._size(frame)
        codec = self._codec
        if codec is None or (self._options.follow and (codec.width, codec.height) != wanted):
            codec = self._codec = self._open(*wanted)
            if self._options.headers_apart:
                yield Packet(bytes(codec.extradata or b""), wanted)
        pixels = _fitted(frame.pixels, codec.width, codec.height)
        picture = av.VideoFrame.from_ndarray(pixels, "bgra")
        picture.pts, picture.time_base = round(frame.time_ms), _TIME_BASE
        for packet in codec.encode(picture):
            size = codec.width, codec.height
            yield Packet(bytes(packet), size, frame.time_ms, packet.is_keyframe)

    def _size(self, frame: Frame) -> tuple[int, int]:
        """Even, as the colours are stored for two by two pixels."""
        width, height = self._options.size or (frame.size.width, frame.size.height)
        return width // 2 * 2, height // 2 * 2

    def _open(self, width: int, height: int) -> av.VideoCodecContext:
        codec = av.CodecContext.create("libx264", "w")
        codec.width, codec.height = width, height
        codec.pix_fmt = "yuv420p"
        codec.time_base = _TIME_BASE
        codec.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "20"}
        if self._options.headers_apart:
            codec.flags |= Flags.global_header
        codec.open()
        return codec


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
