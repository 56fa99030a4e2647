"""The film of a replay, written from the frames that the replayer sees anyway."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Self

import av

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from vistest.core.frame import Frame

_MILLISECONDS = Fraction(1, 1000)


class Film:
    """An MP4 that a browser plays, readable up to the last second if the run is killed.

    A frame of another size than the first (a rotated phone) is left out: the film would break.
    """

    def __init__(self, path: Path) -> None:
        self._container = av.open(
            str(path), "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}
        )
        self._stream: av.VideoStream | None = None
        self._first_ms = 0.0
        self._last_pts = -1

    def add(self, frame: Frame) -> None:
        """Show `frame` from its own time on."""
        if self._stream is None:
            self._stream = self._open_stream(frame)
            self._first_ms = frame.time_ms
        stream = self._stream
        height, width = frame.pixels.shape[:2]
        if (width - width % 2, height - height % 2) != (stream.width, stream.height):
            return
        picture = av.VideoFrame.from_ndarray(
            frame.pixels[: stream.height, : stream.width], format="bgra"
        )
        self._last_pts = max(round(frame.time_ms - self._first_ms), self._last_pts + 1)
        picture.pts = self._last_pts
        picture.time_base = _MILLISECONDS
        self._container.mux(stream.encode(picture))

    def close(self) -> None:
        """Write what is left."""
        if self._stream is not None:
            self._container.mux(self._stream.encode())
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open_stream(self, frame: Frame) -> av.VideoStream:
        stream = self._container.add_stream("libx264", rate=1000)
        # yuv420p needs even sides.
        stream.width = frame.size.width - frame.size.width % 2
        stream.height = frame.size.height - frame.size.height % 2
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = _MILLISECONDS
        stream.codec_context.gop_size = 50
        stream.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "28"}
        return stream
