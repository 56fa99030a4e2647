"""A tap that showed nothing when it was recorded is marked, so that it is not repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vistest.codegen.answers import mark_silent
from vistest.codegen.interactions import Interaction
from vistest.core.events import KeyPress, PointerEvent, Tap
from vistest.recording import Recording
from vistest.script.model import KeyStep, SceneReference, TapStep, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.frame import Frame
    from vistest.core.geometry import Position
    from vistest.core.scene import Scene, UiElement
    from vistest.recording import RecordingWriter

BUTTON = (40, 40, 100, 70)
GLOW = [(38, 38), (102, 38), (102, 72), (38, 72)]
NEXT = [(200, 150), (260, 150), (260, 180), (200, 180)]
LAMP = [(300, 20), (380, 20), (380, 60), (300, 60)]


@pytest.fixture
def answered(
    writer: RecordingWriter,
    at: Callable[[float, float], Position],
    element: Callable[..., UiElement],
    scene: Callable[..., Scene],
) -> Callable[..., bool]:
    """Tap the button at 1100 ms, go to the next one, which is pressed at 2000 ms."""

    def record(*frames: Frame, cls: str = "button") -> bool:
        for frame in frames:
            writer.write_frame(frame)
        place, goal = at(70, 55), at(230, 165)
        for event in (
            PointerEvent(1050, "up", at(70, 255)),
            PointerEvent(1100, "down", place),
            PointerEvent(1150, "up", place),
            PointerEvent(1900, "move", goal),
            PointerEvent(2000, "down", goal),
            PointerEvent(2050, "up", goal),
        ):
            writer.write_entry(event)
        writer.close(3000)
        reference = SceneReference(scene(element(cls, BUTTON)), 0, "scenes/001.json")
        action = mark_silent(
            TapStep(Target(recorded=reference)),
            Interaction(Tap(place), 1100, 1150, 1100, ()),
            Recording.open(writer.path),
        )
        assert isinstance(action, TapStep)
        return action.expect_change

    return record


def test_a_change_elsewhere_is_an_answer(answered, picture) -> None:
    assert answered(picture(time_ms=1000), picture(230, LAMP, time_ms=1300))


def test_a_change_after_the_pointer_left_is_an_answer(answered, picture) -> None:
    assert answered(picture(time_ms=1000), picture(230, LAMP, time_ms=1950))


def test_glowing_under_the_pointer_is_none(answered, picture) -> None:
    assert not answered(
        picture(time_ms=1000),
        picture(230, GLOW, time_ms=1120),
        picture(230, NEXT, time_ms=1920),
        picture(230, NEXT, LAMP, time_ms=2100),
    )


def test_the_fading_of_what_the_pointer_came_from_is_none(answered, picture) -> None:
    previous = [(40, 240), (100, 240), (100, 270), (40, 270)]
    assert not answered(picture(230, previous, time_ms=1000), picture(time_ms=1300))


def test_a_flash_that_is_gone_again_is_none(answered, picture) -> None:
    assert not answered(
        picture(time_ms=1000), picture(230, LAMP, time_ms=1200), picture(time_ms=1250)
    )


def test_what_shows_its_own_state_always_answers(answered, picture) -> None:
    assert answered(picture(time_ms=1000), cls="checkbox")


def test_other_actions_stay_as_they_are(writer, picture) -> None:
    writer.write_frame(picture(time_ms=1000))
    writer.close(3000)
    step = KeyStep(("Enter",))
    interaction = Interaction(KeyPress(("Enter",)), 1100, 1150, 1100, ())
    assert mark_silent(step, interaction, Recording.open(writer.path)) is step
