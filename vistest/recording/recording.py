"""Reads a recording, also one whose recorder was killed."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError
from vistest.core.events import Mark, ScreenChanged
from vistest.core.frame import Frame
from vistest.recording import entries, files, manifest, stamps
from vistest.recording.entries import End
from vistest.recording.fields import Fields
from vistest.recording.migrate import RECORDING, Documents
from vistest.recording.video import read_pictures, read_presentation_times, to_pixels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import av

    from vistest.core.events import RawEvent
    from vistest.core.geometry import Screen
    from vistest.recording.entries import Entry
    from vistest.recording.manifest import DeviceFacts, Manifest
    from vistest.recording.stamps import Stamp

_DAMAGED = "the video was damaged or cut off; record again, or use the part before"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, read from its folder; pictures are decoded when they are asked for.

    Used from one thread.

    Attributes:
        path: The folder.
        manifest: What was recorded, when.
        entries: Raw events and marks, in order.
        stamps: One for each frame of the video, in order.
        readable_until_ms: From here on the video is damaged or cut off; infinity if it is whole.
        end: How it ended; None if the recorder was killed.
        notes: What a person must know about its state, one sentence each.
    """

    path: Path
    manifest: Manifest
    entries: tuple[Entry, ...]
    stamps: tuple[Stamp, ...]
    readable_until_ms: float
    end: End | None
    notes: tuple[str, ...]
    _reader: _SequentialReader = field(repr=False, compare=False)

    @classmethod
    def open(cls, path: Path) -> Recording:
        """Read the recording in folder `path`.

        Raises:
            FormatError: it is none, or is damaged beyond what a killed recorder leaves.
            UnsupportedVersion: a newer vistest wrote it.
        """
        documents, cut = _read_documents(path)
        facts = manifest.decode(Fields(documents.manifest, str(path / "manifest.json")))
        lines, end = _decode_entries(documents, path, facts.device.screen)
        frames = stamps.decode_all(
            [
                Fields(line, f"{path / 'frames.jsonl'} line {number}")
                for number, line in enumerate(documents.frames, 1)
            ]
        )
        readable = _count_readable(path, frames)
        until = frames[readable].time_ms if readable < len(frames) else math.inf
        notes = tuple(_notes(cut, end, len(frames), readable))
        reader = _SequentialReader(path, frames[:readable])
        return cls(path, facts, lines, frames, until, end, notes, reader)

    @property
    def device(self) -> DeviceFacts:
        """The device that was recorded."""
        return self.manifest.device

    @property
    def app(self) -> tuple[str, ...]:
        """Command of the application, words; empty if the recorder did not start one."""
        return self.manifest.app

    @property
    def events(self) -> tuple[RawEvent, ...]:
        """What the user did, in order."""
        return tuple(entry for entry in self.entries if not isinstance(entry, Mark))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the user noted, in order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Mark))

    @property
    def frame_times(self) -> tuple[float, ...]:
        """When each frame was shown, device clock."""
        return tuple(stamp.time_ms for stamp in self.stamps)

    def frames(self) -> Iterator[Frame]:
        """All readable frames, in order; decodes the video once."""
        return _SequentialReader(self.path, self._reader.stamps).frames()

    def frame_at(self, time_ms: float) -> Frame:
        """The last frame that is not later than `time_ms`.

        Quick when asked in the order of time; a step back decodes from the start again.

        Raises:
            FormatError: there is none, or the video is damaged there.
        """
        index = bisect.bisect_right(self.stamps, time_ms, key=lambda stamp: stamp.time_ms) - 1
        if index < 0:
            raise FormatError(
                f"{self.path} has no frame at {time_ms:g} ms or before",
                hint="an event before the first picture cannot be used; record again",
            )
        return self._reader.frame(index)


class _SequentialReader:
    """Decodes forward and keeps its place, for one asks mostly in the order of time."""

    def __init__(self, path: Path, readable: tuple[Stamp, ...]) -> None:
        self._path = path
        self.stamps = readable
        self._source = self._decode()
        self._current: _Decoded | None = None

    def frames(self) -> Iterator[Frame]:
        for stamp, picture in self._decode():
            yield _frame(stamp, picture)

    def frame(self, index: int) -> Frame:
        current = self._current
        if current is not None and current.stamp.index > index:
            self._source, current = self._decode(), None
        while current is None or current.stamp.index < index:
            found = next(self._source, None)
            if found is None:
                raise self._unreadable(index)
            current = _Decoded(*found)
        self._current = current
        return current.frame()

    def _decode(self) -> Iterator[tuple[Stamp, av.VideoFrame]]:
        for segment, group in groupby(self.stamps, key=lambda stamp: stamp.segment):
            wanted = {stamp.pts_ms: stamp for stamp in group}
            decoded = 0
            for pts_ms, picture in read_pictures(self._path / segment.file_name):
                if (stamp := wanted.get(pts_ms)) is not None:
                    decoded += 1
                    yield stamp, picture
            if decoded < len(wanted):
                raise self._unreadable(list(wanted.values())[decoded].index)

    def _unreadable(self, index: int) -> FormatError:
        return FormatError(f"frame {index} of {self._path} cannot be read", hint=_DAMAGED)


@dataclass(slots=True)
class _Decoded:
    """The picture that was decoded last; converted once, however often it is asked for."""

    stamp: Stamp
    picture: av.VideoFrame
    converted: Frame | None = None

    def frame(self) -> Frame:
        if self.converted is None:
            self.converted = _frame(self.stamp, self.picture)
        return self.converted


def _frame(stamp: Stamp, picture: av.VideoFrame) -> Frame:
    frame = Frame(to_pixels(picture), stamp.time_ms, stamp.segment.screen.density)
    if frame.size != stamp.segment.screen.size:
        raise FormatError(
            f"{stamp.segment.file_name} is {frame.size}, its screen {stamp.segment.screen.size}",
            hint="the video does not belong to this recording; record again",
        )
    return frame


def _read_documents(path: Path) -> tuple[Documents, bool]:
    """All JSON in the current version, and whether a file ends in half a line."""
    if not path.is_dir():
        raise FormatError(f"there is no recording {path}", hint="give a folder NAME.vrec")
    where = files.member(path, "manifest.json")
    document = files.read_document(where)
    manifest.check_format(document, str(where))
    version = RECORDING.check(document.get("version"), str(where))
    events, events_cut = files.read_lines(files.member(path, "events.jsonl"))
    frames, frames_cut = files.read_lines(files.member(path, "frames.jsonl"))
    documents = RECORDING.upgrade(Documents(document, events, frames), version, str(where))
    return documents, events_cut or frames_cut


def _decode_entries(
    documents: Documents, path: Path, screen: Screen
) -> tuple[tuple[Entry, ...], End | None]:
    found: list[Entry] = []
    last_ms = 0.0
    for number, line in enumerate(documents.events, 1):
        fields = Fields(line, f"{path / 'events.jsonl'} line {number}")
        entry = entries.decode(fields, screen)
        if entry.time_ms < last_ms:
            raise fields.error(f"time goes back from {last_ms:.3f} to {entry.time_ms:.3f} ms")
        if isinstance(entry, End):
            return tuple(found), entry
        if isinstance(entry, ScreenChanged):
            screen = entry.screen
        last_ms = entry.time_ms
        found.append(entry)
    return tuple(found), None


def _count_readable(path: Path, frames: tuple[Stamp, ...]) -> int:
    """How many of the first `frames` lie in the videos whole."""
    count = 0
    for segment, group in groupby(frames, key=lambda stamp: stamp.segment):
        present = set(read_presentation_times(files.member(path, segment.file_name)))
        for stamp in group:
            if stamp.pts_ms not in present:
                return count
            count += 1
    return count


def _notes(cut: bool, end: End | None, frames: int, readable: int) -> Iterator[str]:
    if end is None:
        yield "The recorder was ended by force; everything up to its last second is here."
    if cut:
        yield "The last line of a file was cut off and is left out."
    if readable < frames:
        yield f"The video is damaged or cut off: {readable} of {frames} frames can be read."
