from vistest.core.geometry import Rect
from vistest.core.scene import Candidate, Match, Outcome, UiElement
from vistest.replayer.expecting import fulfilled, missing
from vistest.script.model import ExpectStep, Target


def seen(outcome: Outcome, *texts: str) -> Match:
    candidates = tuple(
        Candidate(UiElement("text", Rect(0, 0, 50, 10), text=text), 0.9) for text in texts
    )
    return Match(outcome, candidates, 0.9, reason="as the matcher says")


def test_the_object_with_the_right_text_is_what_is_expected() -> None:
    assert fulfilled(ExpectStep(Target(text="56")), seen("found", "56"))


def test_the_right_object_with_another_number_is_not() -> None:
    step = ExpectStep(Target(text="56"))
    assert not fulfilled(step, seen("found", "54"))
    assert missing(step, seen("found", "54")) == (
        "the object is there, but reads '54' instead of '56'"
    )


def test_one_line_of_several_is_enough() -> None:
    assert fulfilled(ExpectStep(Target(text="Total")), seen("found", "Cart\nTotal"))


def test_twins_are_there_but_others_are_not() -> None:
    step = ExpectStep(Target(text="Welcome"))
    assert fulfilled(step, seen("ambiguous", "Welcome", "Welcome"))
    assert not fulfilled(step, seen("ambiguous", "Goodbye", "Farewell"))


def test_an_icon_is_expected_without_text() -> None:
    assert fulfilled(ExpectStep(Target(cls="icon")), seen("found", ""))


def test_absence_is_only_what_the_matcher_calls_absent() -> None:
    step = ExpectStep(Target(text="Loading"), absent=True)
    assert fulfilled(step, seen("absent"))
    assert not fulfilled(step, seen("found", "Loading"))
    assert not fulfilled(step, seen("ambiguous", "Loading", "Loading"))


def test_control_characters_of_the_screen_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in missing(ExpectStep(Target(text="ok")), seen("found", "\x1b[2J"))
