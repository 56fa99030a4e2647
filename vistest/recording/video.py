"""The video of one segment: H.264 in RGB, variable rate, in Matroska.

Encoding RGB without chroma subsampling costs no more than 4:2:0, since nothing is converted, and
keeps coloured text readable.
"""

from __future__ import annotations

import contextlib
import errno
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import av
import numpy as np

from vistest.core.errors import FormatError
from vistest.recording.fields import LARGEST_EXTENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from vistest.core.geometry import Size
    from vistest.recording.files import AppendFile

_MILLISECOND = Fraction(1, 1000)
# One cluster a packet: a cluster reaches the file when the next begins, so that a killed
# recorder loses one picture at most.
_CONTAINER = {"flush_packets": "1", "cluster_time_limit": "0"}
_ENCODER = {"preset": "ultrafast", "tune": "zerolatency", "crf": "20"}
_KEY_INTERVAL = 250


class _Ratio(Protocol):
    """A `Fraction`, or the number type that PyAV has of its own from version 19 on."""

    @property
    def numerator(self) -> int: ...

    @property
    def denominator(self) -> int: ...


class VideoWriter:
    """Encodes the pictures of one segment. Used from one thread."""

    def __init__(self, file: AppendFile, size: Size) -> None:
        self._file = file
        self._container = av.open(file, "w", format="matroska", container_options=_CONTAINER)
        stream = self._container.add_stream("libx264rgb", rate=1000, options=_ENCODER)
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "bgr0"
        stream.codec_context.time_base = _MILLISECOND
        stream.codec_context.gop_size = _KEY_INTERVAL
        self._stream = stream

    def write(self, pixels: NDArray[np.uint8], pts_ms: int) -> None:
        """Append a picture: uint8 (H, W, 4), BGRA.

        Raises:
            OSError: it could not be written.
        """
        frame = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="bgra")
        frame = frame.reformat(format="bgr0")
        frame.pts, frame.time_base = pts_ms, _MILLISECOND
        with self._plain_errors():
            self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Complete the file and close it, also if completing it fails.

        Raises:
            OSError: it could not be completed; it is readable all the same.
        """
        try:
            with self._plain_errors():
                self._container.mux(self._stream.encode(None))
                self._container.close()
        finally:
            self._file.close()

    @contextlib.contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """FFmpeg hides the error of the file behind one of its own."""
        try:
            yield
        except av.error.FFmpegError as error:
            raise self._file.failure or OSError(errno.EIO, f"no video: {error}") from error


def read_presentation_times(path: Path) -> list[int]:
    """The time stamps, in ms, of all pictures that lie in the file whole; decodes nothing."""
    times: list[int] = []
    if path.stat().st_size == 0:
        return times
    try:
        with _open(path) as container:
            for packet in container.demux(container.streams.video[0]):
                if packet.is_corrupt:
                    break
                if packet.pts is not None and packet.size:
                    times.append(_milliseconds(packet.pts, packet.time_base))
    except av.error.FFmpegError as error:
        _raise_if_system(error, path)
    return times


def read_pictures(path: Path) -> Iterator[tuple[int, av.VideoFrame]]:
    """All pictures with their time stamps in ms, up to the first that is damaged."""
    try:
        with _open(path) as container:
            for frame in container.decode(container.streams.video[0]):
                if frame.is_corrupt or frame.pts is None or frame.time_base is None:
                    return
                yield _milliseconds(frame.pts, frame.time_base), frame
    except av.error.FFmpegError as error:
        _raise_if_system(error, path)


def to_pixels(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """The picture as uint8 (H, W, 4), BGRA."""
    return frame.to_ndarray(format="bgra").astype(np.uint8, copy=False)


def _open(path: Path) -> av.container.InputContainer:
    # The format is named so that no content can pick a demuxer that follows references.
    container = av.open(str(path), format="matroska")
    if not container.streams.video:
        container.close()
        raise FormatError(f"{path} holds no video", hint="record again")
    context = container.streams.video[0].codec_context
    if not (0 < context.width <= LARGEST_EXTENT and 0 < context.height <= LARGEST_EXTENT):
        container.close()
        raise FormatError(
            f"{path} is {context.width}x{context.height}, not the size of a screen",
            hint="the file was damaged or replaced; record again",
        )
    return container


def _milliseconds(pts: int, time_base: _Ratio | None) -> int:
    unit = Fraction(time_base.numerator, time_base.denominator) if time_base else _MILLISECOND
    return round(pts * unit * 1000)


def _raise_if_system(error: av.error.FFmpegError, path: Path) -> None:
    """Damage is an end of what can be read; a file that cannot be opened is an error."""
    if error.errno in (errno.EACCES, errno.ENOENT, errno.EIO):
        raise FormatError(
            f"{path} cannot be read: {error.strerror}", hint="check that it is still there"
        ) from error
