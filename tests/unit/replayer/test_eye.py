import numpy as np
import pytest

from vistest.core.clock import Deadline
from vistest.core.geometry import Rect
from vistest.replayer.eye import Eye
from vistest.replayer.options import ReplayOptions
from vistest.testing import FakeClock, FakeDevice

OPTIONS = ReplayOptions(quiet_ms=150, quiet_patience_s=3.0)
CARET = Rect(50, 50, 52, 66)
PANEL = Rect(100, 20, 300, 200)


def canvas() -> np.ndarray:
    return np.full((240, 320, 4), 230, np.uint8)


def filled(pixels: np.ndarray, box: Rect, level: int) -> np.ndarray:
    left, top, right, bottom = (int(value) for value in box.as_list())
    pixels[top:bottom, left:right] = level
    return pixels


def blinking(time_ms: float, box: Rect, period_ms: float) -> np.ndarray:
    return filled(canvas(), box, 0 if int(time_ms / period_ms) % 2 else 230)


def watching(picture) -> tuple[FakeDevice, FakeClock, Eye]:
    clock = FakeClock()
    device = FakeDevice(picture, clock=clock)
    return device, clock, Eye(device, clock, OPTIONS)


def test_a_still_screen_is_quiet_after_quiet_ms() -> None:
    _, clock, eye = watching(lambda time_ms, _: canvas())
    assert eye.wait_quiet(Deadline.after(5, clock))
    assert clock.now_ms() == pytest.approx(150, abs=20)


def test_a_change_starts_the_wait_anew() -> None:
    _, clock, eye = watching(lambda ms, _: filled(canvas(), PANEL, 0 if ms >= 100 else 230))
    assert eye.wait_quiet(Deadline.after(5, clock))
    assert clock.now_ms() == pytest.approx(250, abs=40)
    assert eye.last_change_ms == pytest.approx(100, abs=40)


def test_a_caret_does_not_hold_up_anything() -> None:
    _, clock, eye = watching(lambda ms, _: blinking(ms, CARET, 100))
    assert eye.wait_quiet(Deadline.after(5, clock))
    assert clock.now_ms() < 250


def test_a_film_is_waited_for_with_patience_only() -> None:
    _, clock, eye = watching(lambda ms, _: blinking(ms, PANEL, 50))
    assert eye.wait_quiet(Deadline.after(10, clock))
    assert clock.now_ms() == pytest.approx(3000, abs=100)
    begun_ms = clock.now_ms()
    assert eye.wait_quiet(Deadline.after(10, clock)), "the film is known now"
    assert clock.now_ms() - begun_ms < 250


def test_a_film_beyond_the_deadline_is_not_quiet() -> None:
    _, clock, eye = watching(lambda ms, _: blinking(ms, PANEL, 50))
    assert not eye.wait_quiet(Deadline.after(1, clock))


def test_a_blinking_caret_is_no_answer_to_a_tap() -> None:
    _, clock, eye = watching(lambda ms, _: blinking(ms, CARET, 100))
    for _ in range(4):
        eye.wait_quiet(Deadline.after(5, clock))
    assert eye.restless
    before = eye.frame
    eye.acted()
    assert eye.wait_changed(before, Deadline.after(1, clock)) is False


def test_a_small_change_after_a_tap_is_an_answer_every_time() -> None:
    """A display shows another digit at the same place after each tap: never restless."""
    answers = {"n": 0}
    _, clock, eye = watching(lambda ms, _: filled(canvas(), CARET, 10 + 60 * answers["n"]))
    for _ in range(3):
        eye.wait_quiet(Deadline.after(5, clock))
        before = eye.frame
        eye.acted()
        answers["n"] += 1
        assert eye.wait_changed(before, Deadline.after(1, clock)) is True
        eye.acted()


def test_nobody_can_tell_when_most_of_the_screen_is_a_film() -> None:
    _, clock, eye = watching(lambda ms, _: blinking(ms, Rect(0, 0, 320, 230), 50))
    eye.wait_quiet(Deadline.after(10, clock))
    assert eye.wait_changed(eye.frame, Deadline.after(1, clock)) is None


def test_every_frame_is_witnessed() -> None:
    clock = FakeClock()
    device = FakeDevice(lambda ms, _: blinking(ms, PANEL, 100), clock=clock)
    seen = []
    eye = Eye(device, clock, OPTIONS, witness=seen.append)
    eye.wait_quiet(Deadline.after(1, clock))
    assert len(seen) > 5
    assert [frame.time_ms for frame in seen] == sorted(frame.time_ms for frame in seen)
