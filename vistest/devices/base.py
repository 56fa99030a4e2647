"""What every backend offers. One test suite, `vistest.testing.device_contract`, runs on each.

Times are milliseconds on the device's own clock; `Device.now_ms` reads it. Pictures and events
of one device share that clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vistest.core.events import InputEvent, RawEvent
    from vistest.core.frame import Frame
    from vistest.core.geometry import Screen


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a device can do; asking for more raises `InjectionError`.

    Attributes:
        observe_input: Its user's events can be recorded.
        touch: Fingers can be injected.
        multi_touch: More than one finger at a time (pinch).
        hover: There is a pointer that moves without pressing.
        wheel: There is a wheel.
        keyboard: Keys and chords can be pressed.
        unicode_text: Text in any script can be typed.
        launch: Applications can be started and closed.
    """

    observe_input: bool = False
    touch: bool = False
    multi_touch: bool = False
    hover: bool = False
    wheel: bool = False
    keyboard: bool = False
    unicode_text: bool = False
    launch: bool = False


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Facts of a device.

    Attributes:
        uri: What `connect` was called with.
        backend: `x11`, `android`, ...
        platform: `linux`, `android`, ...
        name: For people: a model, a server's vendor.
        screen: Size and density when it was connected.
    """

    uri: str
    backend: str
    platform: str
    name: str
    screen: Screen


class VideoSource(Protocol):
    """Frames of the screen, one for each change. Used from one thread, closed by its user."""

    def next_frame(self, timeout_s: float) -> Frame | None:
        """The next frame that differs from the last, or None if nothing changed in time.

        The first call returns the screen as it is.

        Raises:
            CaptureError: no picture could be taken.
            DeviceLost: the device went away.
        """
        ...

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        ...


class InputSource(Protocol):
    """The events of the device's user, in order. Used from one thread, closed by its user."""

    def poll(self, timeout_s: float) -> Sequence[RawEvent]:
        """All events since the last call; waits up to `timeout_s` for the first one.

        Raises:
            DeviceLost: the device went away; events seen before were returned before.
        """
        ...

    def close(self) -> None:
        """Stop observing; safe to call twice."""
        ...


class InputSink(Protocol):
    """Performs interactions. Used from one thread."""

    def perform(self, event: InputEvent) -> None:
        """Perform one interaction and return when the device has received all of it.

        Positions are scaled by nobody: they must have been measured on this screen.

        Raises:
            InjectionError: the device cannot do this, or a position is off its screen.
            DeviceLost: the device went away.
        """
        ...

    def park_pointer(self) -> None:
        """Move the pointer where it covers nothing and hovers over nothing, if there is one."""
        ...


class Application(Protocol):
    """An application that a device was asked to start."""

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        ...

    def close(self) -> None:
        """End it and what it started; safe to call twice."""
        ...


DialogKind = Literal["permission", "not_responding", "crashed"]


@dataclass(frozen=True, slots=True)
class SystemDialog:
    """A dialog that the device's system put in front of the application.

    Attributes:
        kind: What it is about.
        title: For a person; untrusted.
    """

    kind: DialogKind
    title: str


@dataclass(frozen=True, slots=True)
class DeviceLog:
    """A log that the device kept.

    Attributes:
        name: `logcat`, `crashes`, ...; a file may be called so.
        text: Untrusted.
        trouble: What went wrong, one sentence; empty if it says nothing of the kind.
    """

    name: str
    text: str
    trouble: str = ""


@runtime_checkable
class SystemWatch(Protocol):
    """What some devices can tell besides pictures; `isinstance` says whether one can."""

    def system_dialog(self) -> SystemDialog | None:
        """The system's dialog in front, if there is one.

        Raises:
            DeviceLost: the device went away.
        """
        ...

    def begin_logs(self) -> None:
        """What is logged from now on counts."""
        ...

    def collect_logs(self) -> Sequence[DeviceLog]:
        """The logs since `begin_logs`.

        Raises:
            DeviceLost: the device went away.
        """
        ...


class Device(Protocol):
    """A screen with input. Closing it ends its sources and applications."""

    @property
    def info(self) -> DeviceInfo: ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def sink(self) -> InputSink: ...

    def now_ms(self) -> float:
        """The device's clock."""
        ...

    def grab(self) -> Frame:
        """The screen as it is now.

        Raises:
            CaptureError: no picture could be taken.
            DeviceLost: the device went away.
        """
        ...

    def open_video(self, max_fps: float = 30.0, *, exact: bool = False) -> VideoSource:
        """Start watching the screen.

        Args:
            max_fps: Look at most so often.
            exact: Frames must equal what `grab` gives, pixel by pixel. Where the quick way is
                a compressed stream, they may then come later and be fewer.
        """
        ...

    def open_input(self) -> InputSource:
        """Start observing the user's events.

        Raises:
            DeviceError: it cannot (see `Capabilities.observe_input`).
        """
        ...

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> Application:
        """Start an application; `environment` is added to the device's own.

        Raises:
            DeviceError: there is no such application, or this backend starts none.
        """
        ...

    def close(self) -> None:
        """Let go of the device; safe to call twice."""
        ...

    def __enter__(self) -> Device: ...

    def __exit__(self, *_: object) -> None: ...
