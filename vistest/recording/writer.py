"""Writes a recording while it happens; whatever ends it, the folder stays readable."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vistest.core.errors import VistestError
from vistest.core.events import ScreenChanged
from vistest.recording import entries, manifest, stamps
from vistest.recording.entries import End, Entry
from vistest.recording.files import AppendFile, as_line
from vistest.recording.stamps import Segment, Stamp
from vistest.recording.video import VideoWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vistest.core.frame import Frame
    from vistest.core.geometry import Screen
    from vistest.recording.manifest import DeviceFacts

logger = logging.getLogger(__name__)

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class RecordingWriter:
    """Creates the folder `path` and appends to it.

    `write_entry` may be called from one thread while `write_frame` is called from another.

    Args:
        path: The folder; it must not exist.
        device: Facts of the device.
        start_ms: Device clock now.
        app: Command of the application.
        open_file: Opens a new file; tests hand in one on a full disk.

    Raises:
        VistestError: the folder exists or cannot be written.
    """

    def __init__(
        self,
        path: Path,
        device: DeviceFacts,
        start_ms: float,
        app: Sequence[str] = (),
        open_file: Callable[[Path], AppendFile] = AppendFile,
    ) -> None:
        self.path = path
        self._open_file = open_file
        self._screen = device.screen
        self._last_entry_ms = 0.0
        self._segment: Segment | None = None
        self._segment_start_ms = 0.0
        self._video: VideoWriter | None = None
        self._last: Stamp | None = None
        self._files: list[AppendFile] = []
        try:
            with self._explained():
                _create(path)
                self._write_manifest(manifest.Manifest(device, tuple(app), start_ms, _now()))
                self._entries = self._open("events.jsonl")
                self._stamps = self._open("frames.jsonl")
        except VistestError:
            self._close_files()
            raise

    @property
    def bytes_written(self) -> int:
        """Size of all files so far."""
        return sum(file.size for file in self._files)

    def write_entry(self, entry: Entry) -> None:
        """Append an event or a mark; an earlier time than the last one's is lifted to that.

        Raises:
            VistestError: the disk is full or fails; what was written before is kept.
        """
        self._follow_screen(entry)
        self._write_line(entry)

    def write_frame(self, frame: Frame) -> None:
        """Append a picture; a new size or density of the screen begins a new segment.

        Raises:
            VistestError: the disk is full or fails; what was written before is kept.
        """
        with self._explained():
            if self._segment is None or self._segment.screen != frame.screen:
                self._begin_segment(frame)
            stamp = self._stamp(frame)
            self._stamps.write(as_line(stamps.encode_stamp(stamp)))
            self._last = stamp
            if self._video is not None:
                self._video.write(frame.pixels, stamp.pts_ms)

    def close(self, time_ms: float, reason: str = "stopped") -> None:
        """Complete the files; safe to call after an error, and twice."""
        with contextlib.suppress(VistestError, ValueError):
            self._write_line(End(time_ms, reason))
        self._close_video()
        self._close_files()

    def _close_files(self) -> None:
        for file in self._files:
            file.close()

    def _write_manifest(self, content: manifest.Manifest) -> None:
        file = self._open("manifest.json")
        file.write(json.dumps(manifest.encode(content), indent=1).encode("ascii") + b"\n")

    def _follow_screen(self, entry: Entry) -> None:
        """Positions in the file refer to the last screen named in it."""
        if isinstance(entry, ScreenChanged):
            self._screen = entry.screen
            return
        screen = _screen_of(entry)
        if screen is not None and screen != self._screen:
            self._screen = screen
            self._write_line(ScreenChanged(entry.time_ms, screen))

    def _write_line(self, entry: Entry | End) -> None:
        document = entries.encode(entry)
        self._last_entry_ms = max(self._last_entry_ms, entry.time_ms)
        document["time_ms"] = self._last_entry_ms
        with self._explained():
            self._entries.write(as_line(document))

    def _begin_segment(self, frame: Frame) -> None:
        self._close_video()
        number = 0 if self._segment is None else self._segment.number + 1
        self._segment = Segment(number, frame.screen)
        self._segment_start_ms = frame.time_ms
        self._video = VideoWriter(self._open(self._segment.file_name), frame.size)
        self._stamps.write(as_line(stamps.encode_segment(self._segment)))

    def _stamp(self, frame: Frame) -> Stamp:
        assert self._segment is not None  # noqa: S101 - write_frame begins one
        pts_ms = round(frame.time_ms - self._segment_start_ms)
        if self._last is None:
            return Stamp(0, self._segment, pts_ms, frame.time_ms)
        if self._last.segment == self._segment:
            pts_ms = max(pts_ms, self._last.pts_ms + 1)
        time_ms = max(frame.time_ms, self._last.time_ms)
        return Stamp(self._last.index + 1, self._segment, pts_ms, time_ms)

    def _close_video(self) -> None:
        video, self._video = self._video, None
        if video is None:
            return
        try:
            video.close()
        except OSError as error:
            logger.warning("the end of the video could not be written: %s", error.strerror)

    def _open(self, name: str) -> AppendFile:
        file = self._open_file(self.path / name)
        self._files.append(file)
        return file

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise VistestError(
                    f"the disk is full; what was recorded until then is kept in {self.path}",
                    hint="free some space, or record to another disk with -o",
                ) from error
            raise VistestError(
                f"{self.path} cannot be written: {error.strerror}",
                hint="check the folder's rights, or record to another place with -o",
            ) from error


def _create(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except FileExistsError as error:
        raise VistestError(
            f"{path} exists already, and no recording is ever overwritten",
            hint="give another name with -o, or move the old one away",
        ) from error


def _screen_of(entry: Entry) -> Screen | None:
    at = getattr(entry, "at", None)
    return at.screen if at is not None else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
