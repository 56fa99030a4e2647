from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import InjectionError
from vistest.core.events import (
    Hover,
    InputEvent,
    KeyPress,
    LongPress,
    Pinch,
    Scroll,
    Swipe,
    Tap,
    Waypoint,
)
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.android.fingers import FingerMoment, MotionEvents, pinch_moments
from vistest.devices.android.inject import PhoneSink
from vistest.devices.android.shell import Output
from vistest.devices.android.typist import Typist

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.unit.devices.android.conftest import FakeShell
    from vistest.testing import FakeClock

SCREEN = Screen(Size(1080, 2400), 2.625)


def at(x: float, y: float) -> Position:
    return Position(Point(x, y), SCREEN)


@pytest.fixture
def shell(make_shell: Callable[..., FakeShell]) -> FakeShell:
    return make_shell()


@pytest.fixture
def perform(shell: FakeShell, clock: FakeClock) -> Callable[[InputEvent], list[str]]:
    typist = Typist(shell, clock)  # type: ignore[arg-type]
    motion = MotionEvents(shell, clock)  # type: ignore[arg-type]
    sink = PhoneSink(shell, lambda: SCREEN.size, typist, motion, None)  # type: ignore[arg-type]

    def run(event: InputEvent) -> list[str]:
        shell.commands.clear()
        sink.perform(event)
        return shell.commands

    return run


def test_one_command_for_what_one_command_can(perform: Callable[[InputEvent], list[str]]) -> None:
    assert perform(Tap(at(10.7, 20))) == ["input tap 10 20"]
    double = "(sleep 0.12; input tap 10 20) & input tap 10 20; wait"
    assert perform(Tap(at(10, 20), count=2)) == [double]
    assert perform(LongPress(at(10, 20), 600)) == ["input swipe 10 20 10 20 600"]
    assert perform(KeyPress(("GoBack",))) == ["input keyevent 4"]
    assert perform(KeyPress(("Control", "Shift", "s"))) == ["input keycombination 113 59 47"]
    path = tuple(Waypoint(ms, at(100, 900 - ms)) for ms in (0, 100, 300))
    assert perform(Swipe(path)) == ["input swipe 100 900 100 600 300"]


def test_a_path_keeps_its_corners_and_its_pace(
    perform: Callable[[InputEvent], list[str]], clock: FakeClock
) -> None:
    corner = (Waypoint(0, at(0, 0)), Waypoint(100, at(200, 0)), Waypoint(200, at(200, 200)))
    before = clock.now_ms()
    commands = perform(Swipe(corner))
    assert commands[0] == "input motionevent DOWN 0 0"
    assert "input motionevent MOVE 200 0" in commands
    assert commands[-2:] == ["input motionevent MOVE 200 200", "input motionevent UP 200 200"]
    assert clock.now_ms() - before == pytest.approx(200)


def test_a_slow_phone_gets_fewer_points_but_all_that_count(clock: FakeClock) -> None:
    class Slow:
        commands: list[str]

        def __init__(self) -> None:
            self.commands = []

        def run(self, command: str, timeout_s: float = 5.0) -> Output:
            self.commands.append(command)
            clock.pause(0.06)
            return Output("", 0)

    slow = Slow()
    moments = [FingerMoment(0, "down", 0, 0, 0)]
    moments += [FingerMoment(ms, "move", 0, ms, 0, needed=ms == 160) for ms in range(16, 320, 16)]
    moments += [FingerMoment(320, "up", 0, 320, 0)]
    MotionEvents(slow, clock).play(moments)  # type: ignore[arg-type]
    assert len(slow.commands) < 12
    assert "input motionevent MOVE 160 0" in slow.commands
    assert clock.now_ms() < 450


@pytest.mark.parametrize(
    "event",
    [
        Hover(at(5, 5)),
        Scroll(at(5, 5), dy=1),
        Tap(at(5, 5), button="right"),
        Tap(at(1080, 5)),
        Tap(Position(Point(5, 5), Screen(Size(100, 100)))),
        Swipe(()),
        KeyPress(("NoSuchKey",)),
        KeyPress(()),
        Pinch(at(500, 500), 40, 100),
        Pinch(at(10, 500), 40, 100),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_done(
    perform: Callable[[InputEvent], list[str]], shell: FakeShell, event: InputEvent
) -> None:
    with pytest.raises(InjectionError):
        perform(event)
    assert not shell.commands


@pytest.mark.parametrize(
    "answer",
    [
        Output("Error: Unknown command: tap\n", 0),
        Output("", 255),
        Output("\nException occurred", 0),
    ],
)
def test_a_command_that_fails_is_told(
    perform: Callable[[InputEvent], list[str]], shell: FakeShell, answer: Output
) -> None:
    shell.answers["input"] = answer
    with pytest.raises(InjectionError):
        perform(Tap(at(5, 5)))


def test_fingers_of_a_pinch_move_apart_evenly() -> None:
    moments = pinch_moments(Pinch(at(500, 700), 100, 300, 320))
    assert [m.action for m in moments[:2]] == ["down", "down"]
    assert [(m.x, m.action) for m in moments[-2:]] == [(350, "up"), (650, "up")]
    assert {m.y for m in moments} == {700}
    assert _spans(moments) == sorted(_spans(moments))


def _spans(moments: Sequence[FingerMoment]) -> list[int]:
    return [b.x - a.x for a, b in zip(moments[::2], moments[1::2], strict=True)]
