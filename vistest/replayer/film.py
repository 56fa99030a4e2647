"""The film of a replay, written from the frames that the replayer sees anyway."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Self

import av

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.core.frame import Frame

_MILLISECONDS = Fraction(1, 1000)
_OPTIONS = {"preset": "ultrafast", "tune": "zerolatency", "crf": "28"}


class Film:
    """An MP4 that a browser plays, readable up to the last second if the run is killed.

    There is no file until the first frame. A frame of another size than the first (a rotated
    phone) is left out: the film would break.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reel: _Reel | None = None

    @property
    def empty(self) -> bool:
        return self._reel is None

    def add(self, frame: Frame) -> None:
        """Show `frame` from its own time on."""
        if self._reel is None:
            self._reel = _Reel(self._path, frame)
        self._reel.add(frame)

    def close(self) -> None:
        """Write what is left; safe to call twice."""
        if self._reel is not None:
            self._reel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Reel:
    """The open file; its sides are even, as yuv420p needs them."""

    def __init__(self, path: Path, first: Frame) -> None:
        self._size = first.size
        self._first_ms = first.time_ms
        self._last_pts = -1
        self._closed = False
        self._container = av.open(
            str(path), "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}
        )
        self._stream = self._container.add_stream("libx264", rate=1000, options=_OPTIONS)
        self._stream.width = self._size.width - self._size.width % 2
        self._stream.height = self._size.height - self._size.height % 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = self._stream.codec_context.time_base = _MILLISECONDS
        self._stream.codec_context.gop_size = 50

    def add(self, frame: Frame) -> None:
        if frame.size != self._size:
            return
        visible = frame.pixels[: self._stream.height, : self._stream.width]
        picture = av.VideoFrame.from_ndarray(visible, format="bgra")
        self._last_pts = max(round(frame.time_ms - self._first_ms), self._last_pts + 1)
        picture.pts = self._last_pts
        picture.time_base = _MILLISECONDS
        self._container.mux(self._stream.encode(picture))

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._container.mux(self._stream.encode())
        self._container.close()
