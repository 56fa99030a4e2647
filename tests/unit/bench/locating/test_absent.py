from __future__ import annotations

import random

from tests.bench.locating.absent import with_stray, without, words_at
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement

BUTTON = UiElement("button", Rect(10, 10, 90, 40), text="Save", clickable=True)
WORDS = UiElement("text", Rect(30, 18, 70, 32), text="Save")
OTHER = UiElement("text", Rect(10, 100, 90, 114), text="Draft")
SCENE = Scene((BUTTON, WORDS, OTHER), Screen(Size(400, 300), 1.0))
REST = Scene((OTHER,), SCENE.screen)


def strays():
    for seed in range(60):
        scene = with_stray(REST, WORDS, BUTTON, [BUTTON.box], random.Random(seed))
        assert scene is not None
        yield scene.elements[1:]


def test_all_that_a_tap_on_would_be_right_is_taken_away():
    assert without(SCENE, [BUTTON.box]).elements == (OTHER,)


def test_the_words_of_a_target_are_its_first_line():
    assert words_at(SCENE, [BUTTON.box]) is WORDS
    assert words_at(SCENE, [Rect(200, 200, 300, 300)]) is None


def test_a_stray_has_the_words_but_neither_the_place_nor_the_class():
    for added in strays():
        assert {element.text for element in added} == {"Save"}
        assert "button" not in {element.cls for element in added}
        for element in added:
            assert element.box.clipped(SCENE.screen.size) == element.box
            assert element.box.intersection(BUTTON.box) is None
            assert element.box.intersection(OTHER.box) is None


def test_strays_are_titles_notes_and_controls_of_another_kind():
    shapes = [(len(added), added[0].box.height > WORDS.box.height) for added in strays()]
    assert {(1, False), (1, True), (2, True)} == set(shapes)


def test_a_full_screen_has_no_room_for_a_stray():
    full = [Rect(0, 0, 400, 140), Rect(0, 130, 400, 300)]
    assert with_stray(REST, WORDS, BUTTON, full, random.Random(0)) is None
