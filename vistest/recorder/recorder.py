"""Records a device: one thread watches the screen, one the input, the caller steers.

A frame is stored only when all input up to its time has been seen (the horizon), so that no frame
can show a secret that the recorder has not heard of yet.
"""

from __future__ import annotations

import logging
import math
import threading
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.errors import DeviceError, VistestError
from vistest.core.events import Mark
from vistest.recorder.event_filter import EventFilter
from vistest.recorder.secret_mask import SecretMask
from vistest.recorder.timeline import SecretTimeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vistest.core.frame import Frame
    from vistest.devices.base import Device, InputSource, VideoSource
    from vistest.recorder.event_filter import Entry
    from vistest.recorder.options import RecorderOptions
    from vistest.recording import RecordingWriter

logger = logging.getLogger(__name__)

_POLL_S = 0.1
# Events reach the recorder later than they happen; 7.6 ms was the worst that was measured.
_EVENT_DELAY_MS = 100.0
_STILL_MS = 300.0
_MOST_WAITING_FRAMES = 60
_STOP_S = 30.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was recorded so far.

    Attributes:
        events: Raw events that were stored.
        checkpoints: Marks of the check-point key.
        frames: Pictures of a changed screen.
        bytes: Size of the recording's files.
        seconds: Since the start.
        secret: Name of the secret that is being typed; empty if none is.
    """

    events: int = 0
    checkpoints: int = 0
    frames: int = 0
    bytes: int = 0
    seconds: float = 0.0
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a recording ended.

    Attributes:
        counts: The final counts; `secret` names one that was never ended.
        error: Why it ended by itself; None if it was stopped.
    """

    counts: Counts
    error: VistestError | None


class Recorder:
    """Records `device` until it is stopped, the device is lost or the disk is full.

    Args:
        device: The device; it stays open.
        writer: Where to; closed when the recorder stops.
        options: How to.
    """

    def __init__(self, device: Device, writer: RecordingWriter, options: RecorderOptions) -> None:
        self._device = device
        self._writer = writer
        self._options = options
        self._filter = EventFilter(options)
        self._timeline = SecretTimeline()
        self._ending = threading.Event()
        self._horizon_ms = -math.inf
        self._input_done = threading.Event()
        self._lock = threading.Lock()  # guards _counts and _error
        self._counts = Counts()
        self._error: VistestError | None = None
        self._start_ms = device.now_ms()
        self._now_ms = self._start_ms
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Take the first picture, then begin to observe the input.

        Raises:
            DeviceError: the device cannot be watched or observed.
            VistestError: the disk is full or fails.
        """
        video = self._device.open_video(self._options.max_fps)
        try:
            first = video.next_frame(_POLL_S)
            if first is None:
                first = self._device.grab()
            keeper = _FrameKeeper(self._writer, self._timeline)
            keeper.store(first)
            keeper.repeat(math.inf)
            self._count(frames=1)
            source = self._device.open_input()
        except VistestError:
            video.close()
            self._writer.close(self._start_ms, "the device could not be observed")
            raise
        self._threads = [
            threading.Thread(target=self._guard, args=(work, *arguments), name=name, daemon=True)
            for name, work, arguments in (
                ("recorder-input", self._watch_input, (source,)),
                ("recorder-video", self._watch_video, (video, keeper)),
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def counts(self) -> Counts:
        """What was recorded so far."""
        with self._lock:
            counts = self._counts
        return replace(
            counts,
            bytes=self._writer.bytes_written,
            seconds=(self._now_ms - self._start_ms) / 1e3,
            secret=self._filter.secret,
        )

    def wait(self, timeout_s: float) -> bool:
        """Wait until the recording ended by itself; False if it did not in time."""
        return self._ending.wait(timeout_s)

    def stop(self) -> Summary:
        """End the recording, complete its files and say how it went."""
        self._ending.set()
        for thread in self._threads:
            thread.join(_STOP_S)
        counts = self.counts
        for entry in self._filter.finish(self._now_ms):
            self._store_last(entry)
        self._writer.close(self._now_ms, str(self._error) if self._error else "stopped")
        with self._lock:
            return Summary(replace(counts, bytes=self._writer.bytes_written), self._error)

    def _guard(self, work: Callable[..., None], *arguments: object) -> None:
        """Whatever ends one thread ends the recording and is told to the user."""
        try:
            work(*arguments)
        except VistestError as error:
            self._fail(error)
        except Exception as error:
            logger.exception("the recorder failed")
            self._fail(VistestError(f"the recorder failed: {type(error).__name__}"))
            raise

    def _fail(self, error: VistestError) -> None:
        with self._lock:
            self._error = self._error or error
        self._ending.set()

    def _watch_input(self, source: InputSource) -> None:
        try:
            while not self._ending.is_set():
                self._take_input(source, _POLL_S)
            self._take_input(source, 0.0)
        finally:
            self._input_done.set()
            source.close()

    def _take_input(self, source: InputSource, timeout_s: float) -> None:
        for event in source.poll(timeout_s):
            self._store(self._filter.take(event))
        self._now_ms = self._device.now_ms()
        self._horizon_ms = self._now_ms - _EVENT_DELAY_MS

    def _store(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._timeline.note(entry)
            self._writer.write_entry(entry)
            if not isinstance(entry, Mark):
                self._count(events=1)
            elif entry.kind == "checkpoint":
                self._count(checkpoints=1)

    def _store_last(self, entry: Entry) -> None:
        try:
            self._store([entry])
        except VistestError as error:
            self._fail(error)

    def _watch_video(self, video: VideoSource, keeper: _FrameKeeper) -> None:
        waiting: deque[Frame] = deque()
        try:
            while not self._ending.is_set():
                self._take_frame(video, waiting, _POLL_S)
                self._release(waiting, keeper, self._horizon_ms)
                if not waiting:
                    keeper.repeat(self._horizon_ms)
            self._take_frame(video, waiting, 0.0)
        finally:
            self._ending.set()  # the input thread waits for it, and this one for that
            self._input_done.wait(_STOP_S)
            self._release(waiting, keeper, math.inf)
            video.close()

    @staticmethod
    def _take_frame(video: VideoSource, waiting: deque[Frame], timeout_s: float) -> None:
        frame = video.next_frame(timeout_s)
        if frame is not None:
            waiting.append(frame)

    def _release(self, waiting: deque[Frame], keeper: _FrameKeeper, horizon_ms: float) -> None:
        while waiting and waiting[0].time_ms <= horizon_ms:
            keeper.store(waiting.popleft())
            self._count(frames=1)
        if len(waiting) > _MOST_WAITING_FRAMES:
            raise DeviceError(
                "the device's input does not answer any more",
                hint="what was recorded until then is kept; check the device and record again",
            )

    def _count(self, events: int = 0, checkpoints: int = 0, frames: int = 0) -> None:
        with self._lock:
            counts = self._counts
            self._counts = replace(
                counts,
                events=counts.events + events,
                checkpoints=counts.checkpoints + checkpoints,
                frames=counts.frames + frames,
            )


class _FrameKeeper:
    """Masks and stores frames. Used from one thread at a time."""

    def __init__(self, writer: RecordingWriter, timeline: SecretTimeline) -> None:
        self._writer = writer
        self._timeline = timeline
        self._mask = SecretMask()
        self._last: Frame | None = None
        self._repeated = False

    def store(self, frame: Frame) -> None:
        shown = self._mask.apply(frame, self._timeline.spans)
        self._writer.write_frame(shown)
        self._last, self._repeated = shown, False

    def repeat(self, now_ms: float) -> None:
        """Store the last frame again once the screen is still: that brings it to the disk.

        It is dated just after itself: a device may still deliver a frame from before `now_ms`.
        """
        last = self._last
        if last is None or self._repeated or now_ms < last.time_ms + _STILL_MS:
            return
        self._writer.write_frame(replace(last, time_ms=last.time_ms + 1))
        self._repeated = True
