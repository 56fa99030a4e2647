from __future__ import annotations

import pytest

from vistest.core.geometry import Rect, Screen, Size
from vistest.vision.contracts import Detection, TextLine
from vistest.vision.fusion import fuse

SCREEN = Screen(Size(400, 800), 1.0)


def elements(found, lines=()):
    return [part.element for part in fuse(found, lines, SCREEN)]


def targets(found, lines=()):
    return [(e.cls, e.text) for e in elements(found, lines) if e.clickable]


def line(text, *box):
    return TextLine(text, Rect(*box), 0.9)


def test_the_engine_says_what_reacts_and_where_it_cannot_the_class_does():
    box = Rect(10, 10, 90, 40)
    assert [
        elements([Detection(cls, box, 0.9, clickable)])[0].clickable
        for cls, clickable in [
            ("list_item", 0.1),
            ("list_item", 0.8),
            ("list_item", None),
            ("image", 0.8),
            ("image", None),
        ]
    ] == [False, True, True, True, False]


def test_a_label_and_its_button_are_one_target():
    button = Detection("button", Rect(10, 10, 110, 50), 0.9, 0.95)
    icon = Detection("icon", Rect(16, 20, 36, 40), 0.9, 0.7)
    found = targets([button, icon], [line("Save", 45, 22, 90, 38)])
    assert found == [("button", "Save")]


def test_a_row_with_a_switch_is_two():
    row = Detection("list_item", Rect(0, 100, 400, 156), 0.9, 0.9)
    switch = Detection("switch", Rect(330, 116, 380, 140), 0.9, 0.9)
    found = targets([row, switch], [line("Bluetooth", 20, 118, 120, 136)])
    assert found == [("list_item", "Bluetooth"), ("switch", "")]


def test_a_row_that_does_not_react_leaves_its_switch_as_the_only_target_beside_its_words():
    row = Detection("list_item", Rect(0, 100, 400, 156), 0.9, 0.1)
    switch = Detection("switch", Rect(330, 116, 380, 140), 0.9, 0.9)
    found = targets([row, switch], [line("Bluetooth", 20, 118, 120, 136)])
    assert found == [("switch", ""), ("text", "Bluetooth")]


def test_the_cross_in_a_field_is_a_target_beside_the_field():
    field = Detection("text_field", Rect(10, 10, 300, 50), 0.9, 0.9)
    cross = Detection("icon", Rect(270, 20, 290, 40), 0.9, 0.9)
    assert targets([field, cross]) == [("text_field", ""), ("icon", "")]


@pytest.mark.parametrize(("clickable", "grows"), [(None, True), (0.9, False)])
def test_only_an_icon_found_by_its_ink_gets_the_room_around_it(clickable, grows):
    ink = Rect(100, 100, 120, 120)
    (icon,) = elements([Detection("icon", ink, 0.9, clickable)])
    assert (icon.box.area > ink.area) == grows
