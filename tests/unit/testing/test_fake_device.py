import numpy as np
import pytest

from vistest.core.errors import DeviceLost, InjectionError
from vistest.core.events import KeyEvent, Pinch, Tap
from vistest.core.frame import Frame
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.base import Capabilities, Device
from vistest.testing import FakeDevice


def grey(value: int, time_ms: float = 0.0) -> Frame:
    return Frame(np.full((20, 30, 4), value, np.uint8), time_ms)


def test_it_is_a_device() -> None:
    device: Device = FakeDevice()
    assert device.info.backend == "fake"


def test_frames_are_shown_at_their_time() -> None:
    device = FakeDevice([grey(1), grey(2, 500), grey(3, 900)])
    video = device.open_video()
    shown = [video.next_frame(2.0) for _ in range(4)]
    assert [frame.pixels[0, 0, 0] for frame in shown if frame] == [1, 2, 3]
    assert shown[3] is None
    assert shown[1] is not None
    assert 500 <= shown[1].time_ms <= 520


def test_a_painter_sees_what_was_performed() -> None:
    device = FakeDevice(lambda _, performed: grey(len(performed)).pixels)
    at = Position(Point(1, 1), device.info.screen)
    before = device.grab()
    device.sink.perform(Tap(at))
    assert device.grab().pixels[0, 0, 0] == before.pixels[0, 0, 0] + 1


def test_a_device_is_lost_after_so_many_calls_and_stays_lost() -> None:
    device = FakeDevice([grey(1)])
    device.fail("grab", after=2)
    device.grab()
    device.grab()
    for _ in range(2):
        with pytest.raises(DeviceLost):
            device.grab()
    with pytest.raises(DeviceLost):
        device.open_input().poll(0.1)


def test_what_the_user_did_is_returned_before_the_loss() -> None:
    device = FakeDevice()
    source = device.open_input()
    device.user_does(KeyEvent(1.0, "down", "a", "a"))
    device.lose()
    assert len(source.poll(1.0)) == 1
    with pytest.raises(DeviceLost):
        source.poll(1.0)


def test_another_screens_position_is_refused() -> None:
    device = FakeDevice([grey(1)])
    with pytest.raises(InjectionError):
        device.sink.perform(Tap(Position(Point(1, 1), Screen(Size(99, 99)))))
    assert device.performed == []


def test_what_it_cannot_do_it_refuses() -> None:
    device = FakeDevice([grey(1)], capabilities=Capabilities(touch=True))
    with pytest.raises(InjectionError):
        device.sink.perform(Pinch(Position(Point(5, 5), device.info.screen), 2, 8))
