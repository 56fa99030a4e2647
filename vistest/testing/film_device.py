"""Plays a recording as if it were a device: what was on the screen then, and what was done."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceError, InjectionError
from vistest.devices.base import Capabilities, DeviceInfo
from vistest.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vistest.core.clock import Clock
    from vistest.core.events import InputEvent, RawEvent
    from vistest.core.frame import Frame
    from vistest.devices.base import Application

_TICK_S = 0.02


def connect(uri: str) -> FilmDevice:
    """The device that `film:RECORDING` names; it starts to play at once.

    Raises:
        FormatError: there is no such recording, or it cannot be read.
    """
    return FilmDevice.open(Path(uri.partition(":")[2]))


class FilmDevice:
    """A `Device` that shows a recording once, then keeps its last picture; it takes no input.

    Args:
        recording: What to play.
        clock: How fast; a `FakeClock` plays as fast as it is watched.
    """

    def __init__(self, recording: Recording, clock: Clock | None = None) -> None:
        facts = recording.device
        self._recording = recording
        self._clock = clock or MonotonicClock()
        self._ahead_ms = recording.manifest.start_ms - self._clock.now_ms()
        uri = f"film:{recording.path}"
        name = f"a film of {facts.name}"
        self._info = DeviceInfo(uri, "film", facts.platform, name, facts.screen)

    @classmethod
    def open(cls, path: Path, clock: Clock | None = None) -> FilmDevice:
        """Play the recording in folder `path` from now on.

        Raises:
            FormatError: there is none, or it cannot be read.
        """
        return cls(Recording.open(path), clock)

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(observe_input=True)

    @property
    def sink(self) -> _NoInput:
        return _NoInput()

    def now_ms(self) -> float:
        """Time in the recording; it goes on after the end."""
        return self._clock.now_ms() + self._ahead_ms

    def grab(self) -> Frame:
        """The picture that was shown at this time; the first one before that."""
        first = min(self._recording.frame_times, default=0.0)
        return Recording.open(self._recording.path).frame_at(max(self.now_ms(), first))

    def open_video(self, max_fps: float = 30.0, *, exact: bool = False) -> _FilmVideo:
        """See `Device`; the recording's own rate is kept."""
        return _FilmVideo(self, self._clock, self._recording.frames())

    def open_input(self) -> _FilmInput:
        """See `Device`; marks are not events."""
        return _FilmInput(self, self._clock, deque(self._recording.events))

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> Application:
        """See `Device`."""
        raise DeviceError("A film starts no applications.", hint="leave --app out")

    def close(self) -> None:
        """See `Device`."""

    def __enter__(self) -> FilmDevice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _FilmVideo:
    def __init__(self, film: FilmDevice, clock: Clock, frames: Iterator[Frame]) -> None:
        self._film = film
        self._clock = clock
        self._frames = frames
        self._next = next(frames, None)
        self._started = False

    def next_frame(self, timeout_s: float) -> Frame | None:
        """See `VideoSource`; the first frame is shown at once."""
        ends_ms = self._film.now_ms() + timeout_s * 1e3
        while not self._is_due():
            left_s = (ends_ms - self._film.now_ms()) / 1e3
            if left_s <= 0:
                return None
            self._clock.pause(min(left_s, _TICK_S))
        frame, self._next = self._next, next(self._frames, None)
        self._started = True
        return frame

    def _is_due(self) -> bool:
        if self._next is None:
            return False
        return not self._started or self._next.time_ms <= self._film.now_ms()

    def close(self) -> None:
        """See `VideoSource`."""


class _FilmInput:
    def __init__(self, film: FilmDevice, clock: Clock, events: deque[RawEvent]) -> None:
        self._film = film
        self._clock = clock
        self._events = events

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """See `InputSource`."""
        ends_ms = self._film.now_ms() + timeout_s * 1e3
        while not (due := self._take_due()):
            left_s = (ends_ms - self._film.now_ms()) / 1e3
            if left_s <= 0:
                break
            self._clock.pause(min(left_s, _TICK_S))
        return due

    def _take_due(self) -> list[RawEvent]:
        due: list[RawEvent] = []
        while self._events and self._events[0].time_ms <= self._film.now_ms():
            due.append(self._events.popleft())
        return due

    def close(self) -> None:
        """See `InputSource`."""


class _NoInput:
    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        raise InjectionError("A film cannot be touched.", hint="replay on a live device")

    def park_pointer(self) -> None:
        """See `InputSink`; there is none."""
