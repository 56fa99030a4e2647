"""A device without a screen, for tests: scripted pictures in, performed interactions out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.errors import DeviceError, DeviceLost, InjectionError
from vistest.core.events import Hover, KeyPress, LongPress, Pinch, Scroll, Swipe, Tap, TextInput
from vistest.core.frame import Frame
from vistest.core.geometry import Position, Screen, Size
from vistest.devices.base import Capabilities, DeviceInfo
from vistest.devices.x11.keysyms import keysyms_named
from vistest.testing.clock import FakeClock
from vistest.testing.raw import raw_events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from vistest.core.clock import Clock
    from vistest.core.events import InputEvent, RawEvent

    Painter = Callable[[float, Sequence[InputEvent]], NDArray[np.uint8]]

ALL_CAPABILITIES = Capabilities(*[True] * 8)
_TAP_S = 0.05
_LOOK_S = 0.01


@dataclass
class FakeApplication:
    """An application that was "started"."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    running: bool = True

    def close(self) -> None:
        """End it."""
        self.running = False


@dataclass
class _State:
    """What the parts of one device share."""

    clock: Clock
    screen: Screen
    capabilities: Capabilities
    performed: list[InputEvent] = field(default_factory=list)
    performed_ms: list[float] = field(default_factory=list)
    calls_left: dict[str, int] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)
    lost: Exception | None = None

    def call(self, operation: str) -> None:
        """Count a call of `operation`; fail if its turn has come."""
        if self.lost is not None:
            raise self.lost
        if operation not in self.failures:
            return
        if self.calls_left[operation] > 0:
            self.calls_left[operation] -= 1
            return
        error = self.failures[operation]
        if isinstance(error, DeviceLost):
            self.lost = error
        raise error


class FakeDevice:
    """A `Device` whose screen is scripted and whose interactions are noted.

    Args:
        picture: A function from the time in ms and the interactions so far to pixels (BGRA), or
            frames, of which the last not later than now is shown (the first one before that).
            A black screen if there is none.
        size: Of the screen, if `picture` does not tell.
        density: Pixels per dp.
        clock: Its time; a `FakeClock` by default.
        capabilities: All by default.
        programs: What `launch` can start; anything if None.

    Attributes:
        performed: All interactions, in order.
        performed_ms: When each of them began.
        parked: How often the pointer was parked.
        launched: The applications, in order.
        closed: Whether it was let go of.
    """

    def __init__(
        self,
        picture: Painter | Sequence[Frame] = (),
        *,
        size: Size | None = None,
        density: float = 1.0,
        clock: Clock | None = None,
        capabilities: Capabilities = ALL_CAPABILITIES,
        programs: Sequence[str] | None = None,
        uri: str = "fake:",
    ) -> None:
        self._paint = picture if callable(picture) else _player(picture, size or Size(320, 240))
        self._clock = clock or FakeClock()
        if not callable(picture) and picture:
            density = picture[0].density
        first = self._paint(self._clock.now_ms(), ())
        screen = Screen(Size(first.shape[1], first.shape[0]), density)
        self._state = _State(self._clock, screen, capabilities)
        self._info = DeviceInfo(uri, "fake", "fake", "a fake device", screen)
        self._sink = _FakeSink(self._state)
        self._user: deque[RawEvent] = deque()
        self._programs = programs
        self.launched: list[FakeApplication] = []
        self.closed = False

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return self._state.capabilities

    @property
    def sink(self) -> _FakeSink:
        return self._sink

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def performed(self) -> list[InputEvent]:
        return self._state.performed

    @property
    def performed_ms(self) -> list[float]:
        return self._state.performed_ms

    @property
    def parked(self) -> int:
        return self._sink.parked

    def show(self, picture: Painter | Sequence[Frame]) -> None:
        """Show something else from now on."""
        self._paint = picture if callable(picture) else _player(picture, self.info.screen.size)

    def user_does(self, *events: RawEvent) -> None:
        """Let the device's user do something; `poll` returns it."""
        self._user.extend(events)

    def user_performs(self, event: InputEvent) -> None:
        """Let the device's user do something now, with mouse and keyboard."""
        self.user_does(*raw_events(event, self._clock.now_ms()))

    def fail(self, operation: str, error: Exception | None = None, *, after: int = 0) -> None:
        """Let `operation` fail after `after` more calls that succeed.

        Args:
            operation: `grab`, `next_frame`, `poll`, `perform`, `park_pointer` or `launch`.
            error: `DeviceLost` by default; once that is raised, everything raises it.
            after: How many calls still succeed.
        """
        self._state.failures[operation] = error or DeviceLost("The fake device went away.")
        self._state.calls_left[operation] = after

    def lose(self) -> None:
        """Let the device go away now."""
        self._state.lost = DeviceLost("The fake device went away.")

    def now_ms(self) -> float:
        """The device's clock."""
        return self._clock.now_ms()

    def grab(self) -> Frame:
        """See `Device`."""
        self._state.call("grab")
        return self._picture()

    def open_video(self, max_fps: float = 30.0, *, exact: bool = False) -> _FakeVideo:
        """See `Device`."""
        return _FakeVideo(self._state, self._picture, 1.0 / max_fps)

    def open_input(self) -> _FakeInput:
        """See `Device`."""
        if not self.capabilities.observe_input:
            raise DeviceError("This device cannot observe its user.")
        return _FakeInput(self._state, self._user)

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> FakeApplication:
        """See `Device`."""
        self._state.call("launch")
        known = self._programs is None or (bool(command) and command[0] in self._programs)
        if not known or not self.capabilities.launch:
            raise DeviceError(f"There is no program '{' '.join(command)}' to start.")
        self.launched.append(FakeApplication(tuple(command), dict(environment or {})))
        return self.launched[-1]

    def close(self) -> None:
        """See `Device`."""
        self.closed = True
        for application in self.launched:
            application.close()

    def _picture(self) -> Frame:
        now_ms = self._clock.now_ms()
        return Frame(self._paint(now_ms, tuple(self.performed)), now_ms, self.info.screen.density)

    def __enter__(self) -> FakeDevice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _FakeVideo:
    """Looks at the picture a hundred times a second of the device's time."""

    def __init__(self, state: _State, picture: Callable[[], Frame], interval_s: float) -> None:
        self._state = state
        self._picture = picture
        self._interval_s = interval_s
        self._last: Frame | None = None

    def next_frame(self, timeout_s: float) -> Frame | None:
        """See `VideoSource`."""
        self._state.call("next_frame")
        clock = self._state.clock
        ends_ms = clock.now_ms() + timeout_s * 1e3
        if self._last is not None:
            early_s = self._interval_s - (clock.now_ms() - self._last.time_ms) / 1e3
            clock.pause(min(max(early_s, 0.0), timeout_s))
        while True:
            frame = self._picture()
            if self._last is None or not np.array_equal(frame.pixels, self._last.pixels):
                self._last = frame
                return frame
            if clock.now_ms() >= ends_ms:
                return None
            clock.pause(min(_LOOK_S, (ends_ms - clock.now_ms()) / 1e3))

    def close(self) -> None:
        """See `VideoSource`."""


class _FakeInput:
    def __init__(self, state: _State, user: deque[RawEvent]) -> None:
        self._state = state
        self._user = user

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """See `InputSource`; what is noted comes before a loss."""
        if not self._user:
            self._state.call("poll")
            self._state.clock.pause(timeout_s)
        return [self._user.popleft() for _ in range(len(self._user))]

    def close(self) -> None:
        """See `InputSource`."""


class _FakeSink:
    """Notes what is performed, and lets as much time pass as it would take."""

    def __init__(self, state: _State) -> None:
        self._state = state
        self.parked = 0

    def perform(self, event: InputEvent) -> None:
        """See `InputSink`."""
        self._state.call("perform")
        _require_capable(event, self._state.capabilities)
        for at in positions_of(event):
            _require_on_screen(at, self._state.screen)
        self._state.performed.append(event)
        self._state.performed_ms.append(self._state.clock.now_ms())
        self._state.clock.pause(_duration_s(event))

    def park_pointer(self) -> None:
        """See `InputSink`."""
        self._state.call("park_pointer")
        self.parked += 1


def positions_of(event: InputEvent) -> tuple[Position, ...]:
    """All positions that `event` touches."""
    if isinstance(event, Swipe):
        return tuple(waypoint.at for waypoint in event.path)
    at = getattr(event, "at", None)
    return (at,) if isinstance(at, Position) else ()


def _require_on_screen(at: Position, screen: Screen) -> None:
    if at.screen.size != screen.size:
        raise InjectionError(f"The position was measured on a screen of {at.screen.size}.")
    size = screen.size
    if not (0 <= at.point.x < size.width and 0 <= at.point.y < size.height):
        raise InjectionError(f"The point ({at.point.x:g}, {at.point.y:g}) is off the screen.")


def _require_capable(event: InputEvent, capabilities: Capabilities) -> None:
    needs = {Hover: "hover", Scroll: "wheel", Pinch: "multi_touch", TextInput: "unicode_text"}
    need = needs.get(type(event), "")
    if need and not getattr(capabilities, need):
        raise InjectionError(f"This device cannot perform {type(event).__name__}.")
    if isinstance(event, KeyPress) and not all(keysyms_named(key) for key in event.keys):
        raise InjectionError(f"There is no such key among {event.keys}.")


def _duration_s(event: InputEvent) -> float:
    if isinstance(event, (LongPress, Pinch)):
        return event.duration_ms / 1e3
    if isinstance(event, Swipe) and event.path:
        return (event.path[-1].after_ms - event.path[0].after_ms) / 1e3
    return _TAP_S * (event.count if isinstance(event, Tap) else 1)


def _player(frames: Sequence[Frame], size: Size) -> Painter:
    """Shows the last of `frames` that is not later than now."""
    blank = np.zeros((size.height, size.width, 4), np.uint8)

    def paint(time_ms: float, performed: Sequence[InputEvent]) -> NDArray[np.uint8]:
        past = [frame for frame in frames if frame.time_ms <= time_ms] or list(frames[:1])
        return past[-1].pixels if past else blank

    return paint
