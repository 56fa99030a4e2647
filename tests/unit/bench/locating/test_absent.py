from __future__ import annotations

import random

from tests.bench.locating.absent import with_stray, without
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement

BUTTON = UiElement("button", Rect(10, 10, 90, 40), text="Save", clickable=True)
WORDS = UiElement("text", Rect(30, 18, 70, 32), text="Save")
OTHER = UiElement("text", Rect(10, 100, 90, 114), text="Draft")
SCENE = Scene((BUTTON, WORDS, OTHER), Screen(Size(400, 300), 1.0))


def test_all_that_a_tap_on_would_be_right_is_taken_away():
    assert without(SCENE, [BUTTON.box]).elements == (OTHER,)


def test_a_stray_has_the_words_and_nothing_of_the_control():
    for seed in range(50):
        scene = with_stray(without(SCENE, [BUTTON.box]), BUTTON, random.Random(seed))
        stray = scene.elements[-1]
        assert (stray.text, stray.cls, stray.clickable) == ("Save", "text", False)
        assert 0 <= stray.box.left < stray.box.right <= 400
        assert 0 <= stray.box.top < stray.box.bottom <= 300
