"""The lines of frames.jsonl: which picture of which video was shown when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.recording.fields import LATEST_MS

if TYPE_CHECKING:
    from vistest.core.geometry import Screen
    from vistest.recording.fields import Fields
    from vistest.recording.files import Document

_MOST_SEGMENTS = 9_999
_MOST_FRAMES = 100_000_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the recording on one screen; a video has one size, so each has its own.

    Attributes:
        number: From 0.
        screen: Size and density of its frames.
    """

    number: int
    screen: Screen

    @property
    def file_name(self) -> str:
        """Made from the number, so that no line of a file can name a path."""
        return "video.mkv" if self.number == 0 else f"video-{self.number}.mkv"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a frame was shown.

    Attributes:
        index: From 0 over the whole recording.
        segment: The segment that holds it.
        pts_ms: Its presentation time in the segment's video.
        time_ms: Device clock.
    """

    index: int
    segment: Segment
    pts_ms: int
    time_ms: float


def encode_segment(segment: Segment) -> Document:
    """The line that begins a segment."""
    size = [segment.screen.size.width, segment.screen.size.height]
    density = segment.screen.density
    return {"type": "segment", "number": segment.number, "size": size, "density": density}


def encode_stamp(stamp: Stamp) -> Document:
    """The line of one frame."""
    return {
        "type": "frame",
        "index": stamp.index,
        "pts_ms": stamp.pts_ms,
        "time_ms": stamp.time_ms,
    }


def decode_all(lines: list[Fields]) -> tuple[Stamp, ...]:
    """The stamps of all frames, in order.

    Raises:
        FormatError: a line is none, or indices or times do not go forward.
    """
    stamps: list[Stamp] = []
    segment: Segment | None = None
    for fields in lines:
        kind = fields.word("type", ("segment", "frame"))
        if kind == "segment":
            number = fields.integer("number", 0, _MOST_SEGMENTS)
            if number != (segment.number + 1 if segment else 0):
                raise fields.error("segments are numbered 0, 1, 2, ...")
            segment = Segment(number, fields.screen())
        elif segment is None:
            raise fields.error("a frame before the first segment")
        else:
            stamps.append(_decode(fields, segment, stamps[-1] if stamps else None))
    return tuple(stamps)


def _decode(fields: Fields, segment: Segment, last: Stamp | None) -> Stamp:
    stamp = Stamp(
        fields.integer("index", 0, _MOST_FRAMES),
        segment,
        fields.integer("pts_ms", 0, int(LATEST_MS)),
        fields.time_ms(),
    )
    if stamp.index != (last.index + 1 if last else 0):
        raise fields.error("frames are numbered 0, 1, 2, ...")
    if last is not None and stamp.time_ms < last.time_ms:
        raise fields.error(f"time goes back from {last.time_ms:g} to {stamp.time_ms:g} ms")
    if last is not None and last.segment == segment and stamp.pts_ms <= last.pts_ms:
        raise fields.error(f"pts_ms must grow, {stamp.pts_ms} follows {last.pts_ms}")
    return stamp
