from __future__ import annotations

import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.testing.vision import FakeDetector
from vistest.vision.contracts import Detection
from vistest.vision.detectors.combined import CombinedDetector, CombinedOptions, combined

OPTIONS = CombinedOptions()


def learned(cls, *box, score=0.9):
    return Detection(cls, Rect(*box), score, 0.9)


def outline(cls, *box):
    return Detection(cls, Rect(*box), 0.5)


def test_a_learned_button_gets_the_edges_of_its_outline():
    (one,) = combined(
        [learned("tab", 12, 9, 107, 52)], [outline("button", 10, 10, 110, 50)], OPTIONS
    )
    assert one == Detection("tab", Rect(10, 10, 110, 50), 0.9, 0.9)


def test_a_part_of_an_outlined_thing_is_no_thing():
    row = outline("list_item", 0, 0, 400, 60)
    found = combined([learned("list_item", 5, 2, 120, 58)], [row], OPTIONS)
    assert [one.box for one in found] == [row.box]


def test_a_thing_of_another_kind_or_with_an_outline_of_its_own_stays():
    row, inner = outline("list_item", 0, 0, 400, 60), outline("list_item", 5, 2, 120, 58)
    switch, nested = learned("switch", 350, 20, 390, 40), learned("list_item", 5, 2, 121, 58)
    found = combined([switch, nested], [row, inner], OPTIONS)
    assert [one.box for one in found] == [switch.box, inner.box, row.box]


def test_an_icon_keeps_the_slot_that_was_learned():
    icon = learned("icon", 10, 10, 34, 34)
    assert combined([icon], [outline("icon", 12, 12, 32, 32)], OPTIONS) == [icon]


def test_an_outline_that_nothing_learned_is_like_is_added_with_a_low_score():
    button = learned("button", 0, 0, 50, 20)
    first, second = combined([button], [outline("button", 0, 100, 50, 120)], OPTIONS)
    assert first == button
    assert second.box == Rect(0, 100, 50, 120)
    assert second.clickable is None
    assert OPTIONS.lowest <= second.score <= OPTIONS.highest < first.score


def test_what_is_doubtful_does_not_stand_against_an_outline():
    doubtful = learned("list_item", 0, 0, 50, 20, score=0.1)
    found = combined([doubtful], [outline("icon", 0, 0, 50, 20)], OPTIONS)
    assert [one.cls for one in found] == ["list_item", "icon"]


def test_a_word_of_a_learned_line_is_no_other_text_and_a_lone_digit_is():
    line = learned("text", 0, 0, 100, 12)
    found = combined(
        [line], [outline("text", 40, 1, 60, 11), outline("text", 0, 50, 8, 60)], OPTIONS
    )
    assert [one.box.top for one in found] == [0, 50]


def test_the_screen_is_shown_to_both():
    frame = Frame.from_bgr(np.zeros((60, 60, 3), np.uint8))
    first, second = FakeDetector([learned("text", 0, 0, 9, 9)]), FakeDetector([])
    detector = CombinedDetector(first, second)
    assert len(detector.detect(frame)) == 1
    assert first.name in detector.name
    assert second.name in detector.name
