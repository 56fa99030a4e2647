"""Servers that hang, screens that change, applications with children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.events import ScreenChanged, Tap
from vistest.core.geometry import Point, Position, Size
from vistest.devices import connect
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.x11


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen(ScreenSetup(Size(640, 480), window_manager="none")) as screen:
        yield screen


def server_of(screen: VirtualScreen) -> int:
    """The process of the private screen's X server."""
    return screen._running[0].process


def processes_with(word: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def shrink(screen: VirtualScreen) -> None:
    """To 320x240."""
    mode = "small 6.4 320 328 344 360 240 243 248 260"
    for options in (f"--newmode {mode}", "--addmode screen small", "--output screen --mode small"):
        command = ["xrandr", *options.split()]
        subprocess.run(command, env=screen.environment, check=True, timeout=10)


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = Deadline.after(5, MonotonicClock())
    while not condition() and not deadline.passed:
        deadline.pause(0.05)
    return condition()


def test_a_server_that_hangs_is_given_up(screen: VirtualScreen) -> None:
    device = connect(screen.uri)
    os.kill(server_of(screen), signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(DeviceLost):
            device.grab()
        with pytest.raises(DeviceLost):
            device.sink.perform(Tap(Position(Point(1, 1), device.info.screen)))
        with pytest.raises(DeviceError):
            connect(screen.uri)
        assert time.monotonic() - started < 30
    finally:
        os.kill(server_of(screen), signal.SIGCONT)
        device.close()


def test_no_such_display_is_one_clear_sentence() -> None:
    with pytest.raises(DeviceError) as caught:
        connect("x11::65533")
    assert "no X display :65533" in str(caught.value)
    assert caught.value.hint


def test_a_screen_that_changes_says_so(screen: VirtualScreen) -> None:
    device = connect(screen.uri)
    source, video = device.open_input(), device.open_video()
    video.next_frame(1.0)
    shrink(screen)
    changes: list[ScreenChanged] = []
    assert eventually(
        lambda: (
            bool(changes.extend(e for e in source.poll(0.2) if isinstance(e, ScreenChanged)))
            or bool(changes)
        )
    )
    frame = video.next_frame(3.0)
    source.close()
    assert [change.screen.size for change in changes][-1:] == [Size(320, 240)]
    assert device.grab().size == Size(320, 240)
    assert frame is not None
    assert frame.size == Size(320, 240)
    device.close()


def test_density_is_what_the_desktop_scales_by() -> None:
    with VirtualScreen(ScreenSetup(density=2.0, window_manager="none")) as screen:
        with connect(screen.uri) as device:
            assert device.info.screen.density == 2.0
        with connect(f"{screen.uri}?density=1.5") as device:
            assert device.info.screen.density == 1.5
            assert device.grab().density == 1.5


def test_an_application_ends_with_all_its_children(screen: VirtualScreen) -> None:
    seconds = f"{os.getpid()}.25"
    script = f"setsid sleep {seconds} & sleep {seconds} & sleep {seconds}"
    with connect(screen.uri) as device:
        application = device.launch(["sh", "-c", script])
        assert eventually(lambda: len(processes_with(f"sleep\0{seconds}")) == 3)
        assert application.running
        application.close()
        application.close()
        assert not application.running
        assert processes_with(f"sleep\0{seconds}") == []


def test_a_killed_owner_leaves_nothing_behind() -> None:
    program = "import time\nfrom vistest.devices.x11.virtual import VirtualScreen\n"
    program += "print(VirtualScreen().folder, flush=True)\ntime.sleep(100)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        assert folder.exists()
        assert processes_with(str(folder))
        owner.kill()
    assert eventually(lambda: not folder.exists() and not processes_with(str(folder)))


def test_a_private_screen_leaves_nothing_behind() -> None:
    screen = VirtualScreen(ScreenSetup(Size(640, 480)))
    folder, number = screen.folder, screen.environment["DISPLAY"]
    screen.connect().launch(["sleep", "1000"])
    stray = subprocess.Popen(["sleep", "1000"], env=screen.environment, start_new_session=True)
    screen.close()
    screen.close()
    assert not folder.exists()
    assert eventually(lambda: not Path(f"/tmp/.X11-unix/X{number[1:]}").exists())
    assert processes_with(str(folder)) == []
    assert stray.wait(5) == -signal.SIGTERM
