"""A step is a dialogue between the replayer and the screen."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from vistest.core.errors import DeviceLost
from vistest.core.events import Hover, InputEvent, KeyPress, Scroll, Swipe, Tap, TextInput
from vistest.core.frame import Frame
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.core.scene import Candidate, Match, Scene, UiElement
from vistest.replayer.eye import Eye
from vistest.replayer.options import ReplayOptions
from vistest.replayer.sight import Lookout
from vistest.replayer.steps import StepOutcome, StepRunner
from vistest.replayer.system import DialogKeeper
from vistest.script.model import (
    Action,
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    SceneReference,
    Step,
    TapStep,
    Target,
    TypeStep,
)
from vistest.testing import FakeClock, FakeDevice

SAVE = Target(text="Save", cls="button")
BUTTON = Rect(40, 100, 120, 130)
LAMP = Rect(200, 20, 280, 80)
OPTIONS = ReplayOptions(timeout_s=8, quiet_ms=150, reaction_s=2, search_after_s=2, search_turns=5)

Finder = Callable[[Target, Frame], Match]


class ScriptedLocator:
    """Finds what the test says; parses nothing."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self.asked = 0

    def find(self, target: Target, frame: Frame) -> Match:
        self.asked += 1
        return self._finder(target, frame)

    def scene(self, frame: Frame) -> Scene:
        return Scene((), frame.screen)


def found(box: Rect = BUTTON, text: str = "Save") -> Match:
    return Match("found", (Candidate(UiElement("button", box, text=text), 0.9),), 0.97, box.center)


ABSENT = Match("absent", (), 0.0, reason="nothing on the screen is like it")
TWINS = Match(
    "ambiguous",
    tuple(Candidate(UiElement("button", BUTTON, text="Save"), 0.9) for _ in range(2)),
    0.5,
    reason="two buttons read Save",
)


def lamp(level: int, *, button: bool = True) -> np.ndarray:
    pixels = np.full((240, 320, 4), 230, np.uint8)
    pixels[20:80, 200:280] = level
    if button:
        pixels[100:130, 40:120] = 90
    return pixels


def taps(performed: Sequence[InputEvent]) -> int:
    return sum(isinstance(event, Tap) for event in performed)


def lit_by_a_tap(_: float, performed: Sequence[InputEvent]) -> np.ndarray:
    return lamp(0 if taps(performed) % 2 else 255)


def deaf(_: float, performed: Sequence[InputEvent]) -> np.ndarray:
    return lamp(255)


class Stage:
    """A device, what it shows, what is found on it, and a step runner."""

    def __init__(self, picture, finder: Finder, **options: object) -> None:
        self.clock = FakeClock()
        self.device = FakeDevice(picture, clock=self.clock)
        self.locator = ScriptedLocator(finder)
        chosen = ReplayOptions(
            **{name: getattr(OPTIONS, name) for name in OPTIONS.__slots__} | options
        )
        eye = Eye(self.device, self.clock, chosen)
        lookout = Lookout(self.device, eye, self.locator, self.clock, chosen)
        dialogs = DialogKeeper(self.device, eye, lookout, self.clock, chosen, {})
        self.runner = StepRunner(
            self.device, eye, lookout, self.clock, chosen, {"PIN": "hunter2"}, dialogs
        )

    def run(self, action: Action, timeout_s: float | None = None) -> StepOutcome:
        return self.runner.run(Step(action, timeout_s))

    @property
    def performed(self) -> list[InputEvent]:
        return self.device.performed


def test_a_target_that_is_there_is_tapped_in_its_middle_once() -> None:
    stage = Stage(lit_by_a_tap, lambda *_: found())
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "passed"
    assert outcome.flags == ()
    assert [event.at.point for event in stage.performed] == [BUTTON.center]
    assert outcome.attempts[0].changed is True


@pytest.mark.parametrize("match", [ABSENT, TWINS])
def test_nothing_is_ever_tapped_unless_found(match: Match) -> None:
    stage = Stage(lit_by_a_tap, lambda *_: match)
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "failed"
    assert outcome.reason == match.reason
    assert taps(stage.performed) == 0


def test_ambiguity_is_given_up_long_before_the_deadline() -> None:
    stage = Stage(lit_by_a_tap, lambda *_: TWINS)
    stage.run(TapStep(SAVE), timeout_s=60)
    assert stage.clock.now_ms() < 4000


def test_a_target_that_comes_late_is_waited_for() -> None:
    def picture(time_ms: float, performed: Sequence[InputEvent]) -> np.ndarray:
        return lamp(0 if taps(performed) else 255, button=time_ms > 1000)

    stage = Stage(picture, lambda _, frame: found() if frame.pixels[110, 50, 0] == 90 else ABSENT)
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "passed"
    assert taps(stage.performed) == 1
    assert outcome.own_ms < 1000, "the application's second is not ours"


def test_a_moving_target_is_not_tapped_where_it_was() -> None:
    """The button slides; the tap goes to where it came to rest."""

    def place(time_ms: float) -> Rect:
        return BUTTON.translated(min(time_ms, 1200) / 12, 0)

    def picture(time_ms: float, performed: Sequence[InputEvent]) -> np.ndarray:
        pixels = lamp(0 if taps(performed) else 255, button=False)
        box = place(time_ms)
        pixels[100:130, int(box.left) : int(box.right)] = 90
        return pixels

    def finder(_: Target, frame: Frame) -> Match:
        stage.clock.pause(0.3)
        columns = np.flatnonzero(frame.pixels[110, :, 0] == 90)
        return found(Rect(float(columns[0]), 100, float(columns[-1] + 1), 130))

    stage = Stage(picture, finder)
    assert stage.run(TapStep(SAVE)).status == "passed"
    (tap,) = stage.performed
    assert isinstance(tap, Tap)
    assert tap.at.point == BUTTON.translated(100, 0).center


def test_a_target_that_never_rests_is_not_tapped() -> None:
    def picture(time_ms: float, _: Sequence[InputEvent]) -> np.ndarray:
        pixels = lamp(255, button=False)
        left = int(time_ms / 10) % 200
        pixels[:, left : left + 80] = 90
        return pixels

    def finder(_: Target, frame: Frame) -> Match:
        stage.clock.pause(0.3)
        left = float(np.flatnonzero(frame.pixels[110, :, 0] == 90)[0])
        return found(Rect(left, 0, left + 80, 240))

    stage = Stage(picture, finder, quiet_patience_s=100)
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "failed"
    assert "did not come to rest" in outcome.reason
    assert taps(stage.performed) == 0


def test_a_tap_that_changed_nothing_is_repeated_once_and_flagged() -> None:
    stage = Stage(deaf, lambda *_: found())
    outcome = stage.run(TapStep(SAVE))
    assert taps(stage.performed) == 2
    assert outcome.flags == ("tap_retried", "nothing_changed")
    assert outcome.status == "passed"


def test_a_repeated_tap_that_works_is_only_flagged_as_repeated() -> None:
    stage = Stage(lambda _, performed: lamp(0 if taps(performed) >= 2 else 255), lambda *_: found())
    assert stage.run(TapStep(SAVE)).flags == ("tap_retried",)


def test_a_tap_that_showed_nothing_when_recorded_is_not_repeated() -> None:
    stage = Stage(deaf, lambda *_: found())
    outcome = stage.run(TapStep(SAVE, expect_change=False))
    assert taps(stage.performed) == 1
    assert outcome.flags == ()


def test_a_double_tap_is_never_repeated() -> None:
    stage = Stage(deaf, lambda *_: found())
    outcome = stage.run(TapStep(SAVE, count=2))
    assert taps(stage.performed) == 1
    assert outcome.flags == ("nothing_changed",)


def test_a_target_below_the_fold_is_scrolled_to() -> None:
    def scrolled(performed: Sequence[InputEvent]) -> int:
        return sum(event.dy for event in performed if isinstance(event, Scroll))

    def picture(_: float, performed: Sequence[InputEvent]) -> np.ndarray:
        pixels = lamp(0 if taps(performed) else 255, button=False)
        pixels[200:220, : 1 + min(scrolled(performed), 3) * 20] = 0
        return pixels

    def finder(_: Target, frame: Frame) -> Match:
        return found() if scrolled(stage.performed) >= 2 else ABSENT

    stage = Stage(picture, finder)
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "passed"
    assert "scrolled_to_target" in outcome.flags


def test_what_a_search_finds_is_not_tapped_while_the_list_still_glides() -> None:
    """The list halts for a moment, as on a busy device, and glides on while it is looked at."""
    started: list[float] = []

    def picture(time_ms: float, performed: Sequence[InputEvent]) -> np.ndarray:
        if not started and any(isinstance(event, Scroll) for event in performed):
            started.append(time_ms)
        pixels = lamp(0 if taps(performed) else 255, button=False)
        if started:
            top = 160 if time_ms < started[0] + 400 else 100
            pixels[top : top + 30, 40:120] = 90
        return pixels

    def finder(_: Target, frame: Frame) -> Match:
        stage.clock.pause(0.5)
        rows = np.flatnonzero(frame.pixels[:, 80, 0] == 90)
        return found(Rect(40, float(rows[0]), 120, float(rows[-1] + 1))) if rows.size else ABSENT

    stage = Stage(picture, finder)
    outcome = stage.run(TapStep(SAVE))
    assert outcome.status == "passed"
    assert "scrolled_to_target" in outcome.flags
    assert [e.at.point for e in stage.performed if isinstance(e, Tap)] == [BUTTON.center]


def test_the_search_by_scrolling_is_bounded() -> None:
    stage = Stage(
        lambda _, performed: lamp(20 * len(performed) % 240), lambda *_: ABSENT, timeout_s=60
    )
    assert stage.run(TapStep(SAVE), timeout_s=60).status == "failed"
    scrolls = [event for event in stage.performed if isinstance(event, Scroll)]
    assert len(scrolls) == 2 + 3 * OPTIONS.search_turns


def test_coordinates_are_used_only_when_allowed_and_then_flagged() -> None:
    scene = Scene((UiElement("button", Rect(100, 200, 140, 240)),), Screen(Size(640, 480)))
    target = Target(text="Save", recorded=SceneReference(scene, 0, "scenes/001.json"))
    refusing = Stage(lit_by_a_tap, lambda *_: ABSENT)
    assert refusing.run(TapStep(target)).status == "failed"
    allowing = Stage(lit_by_a_tap, lambda *_: ABSENT, allow_coordinates=True)
    outcome = allowing.run(TapStep(target))
    assert outcome.status == "passed"
    assert "coordinates_used" in outcome.flags
    (tap,) = [event for event in allowing.performed if isinstance(event, Tap)]
    assert tap.at.point == Point(60, 110), "scaled from 640x480 to 320x240"


def test_a_grip_off_the_middle_is_kept() -> None:
    scene = Scene((UiElement("slider", Rect(0, 0, 100, 20)),), Screen(Size(640, 480)))
    target = Target(recorded=SceneReference(scene, 0, "scenes/001.json", grip=(0.25, 0.5)))
    stage = Stage(lit_by_a_tap, lambda *_: found())
    stage.run(TapStep(target))
    (tap,) = stage.performed
    assert isinstance(tap, Tap)
    assert tap.at.point == Point(60, 115)


def test_a_secret_is_typed_and_never_told() -> None:
    stage = Stage(deaf, lambda *_: ABSENT)
    outcome = stage.run(TypeStep(secret="PIN"))  # noqa: S106 - the name of one
    assert stage.performed == [TextInput("hunter2")]
    assert "hunter2" not in repr(outcome)


def test_keys_go_to_the_focus_without_a_target() -> None:
    stage = Stage(deaf, lambda *_: ABSENT)
    assert stage.run(KeyStep(("Control", "s"))).status == "passed"
    assert stage.performed == [KeyPress(("Control", "s"))]


def test_a_drag_goes_from_object_to_object() -> None:
    boxes = {"Save": BUTTON, "Bin": LAMP}
    stage = Stage(deaf, lambda target, _: found(boxes[target.text], target.text))
    stage.run(DragStep(SAVE, to=Target(text="Bin")))
    (swipe,) = stage.performed
    assert isinstance(swipe, Swipe)
    assert swipe.path[0].at.point == BUTTON.center
    assert swipe.path[-1].at.point == LAMP.center


def test_a_drag_to_something_ambiguous_does_not_begin() -> None:
    stage = Stage(deaf, lambda target, _: found() if target.text == "Save" else TWINS)
    assert stage.run(DragStep(SAVE, to=Target(text="Bin"))).status == "failed"
    assert stage.performed == []


def test_the_pointer_is_parked_except_while_it_hovers() -> None:
    stage = Stage(deaf, lambda *_: found())
    stage.run(HoverStep(SAVE))
    parked = stage.device.parked
    assert isinstance(stage.performed[-1], Hover)
    stage.run(TapStep(SAVE, count=2))
    assert stage.device.parked == parked + 1, "only after the tap"


def test_an_expectation_waits_for_the_text_and_touches_nothing() -> None:
    def finder(_: Target, frame: Frame) -> Match:
        return found(text="56" if stage.clock.now_ms() > 1500 else "7")

    stage = Stage(lambda time_ms, _: lamp(0 if time_ms > 1500 else 255), finder)
    assert stage.run(ExpectStep(Target(text="56"))).status == "passed"
    assert stage.performed == []


def test_an_expectation_fails_with_what_was_read() -> None:
    stage = Stage(deaf, lambda *_: found(text="54"))
    outcome = stage.run(ExpectStep(Target(text="56")))
    assert outcome.status == "failed"
    assert "'54'" in outcome.reason


def test_a_device_that_goes_away_is_an_error_of_the_device() -> None:
    stage = Stage(lit_by_a_tap, lambda *_: found())
    stage.device.fail("perform")
    with pytest.raises(DeviceLost):
        stage.run(TapStep(SAVE))
