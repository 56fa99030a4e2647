from __future__ import annotations

from vistest.codegen.objects import MIDDLE, drop_object, regrip, touched_object
from vistest.codegen.options import ObjectOptions
from vistest.core.geometry import Point, Rect

OPTIONS = ObjectOptions()
DIAMOND = [(100, 60), (130, 90), (100, 120), (70, 90)]


def test_the_smallest_thing_to_click_on_wins_over_the_text_in_it(element, scene, picture) -> None:
    items = scene(
        element("list_item", (0, 40, 400, 100)),
        element("button", (50, 50, 150, 90), "Save"),
        element("text", (80, 60, 120, 80), "Save"),
    )
    touched = touched_object(items, picture(), Point(100, 70), OPTIONS)
    assert (touched.index, touched.grip) == (1, MIDDLE)


def test_a_check_mark_means_its_box_and_a_small_part_of_a_bar_does_not(
    element, scene, picture
) -> None:
    box = scene(element("button", (20, 20, 52, 52)), element("checkbox", (28, 28, 46, 46)))
    assert touched_object(box, picture(), Point(35, 35), OPTIONS).index == 0
    spin = scene(
        element("button", (20, 20, 80, 50)),
        element("button", (20, 20, 45, 50), "-"),
        element("button", (55, 20, 80, 50), "+"),
    )
    assert touched_object(spin, picture(), Point(30, 35), OPTIONS).index == 1


def test_an_entry_of_a_menu_bar_is_touched_and_not_the_middle_of_the_bar(
    element, scene, picture
) -> None:
    bar = scene(
        element("button", (0, 0, 300, 26), "File\nEdit\nHelp"),
        element("text", (10, 8, 30, 20), "File"),
        element("text", (50, 8, 72, 20), "Edit"),
        element("text", (130, 8, 170, 20), "Help"),
    )
    assert touched_object(bar, picture(), Point(20, 14), OPTIONS).index == 1
    assert touched_object(bar, picture(), Point(43, 3), OPTIONS).index == 2
    beside = touched_object(bar, picture(), Point(240, 13), OPTIONS)
    assert (beside.index, beside.grip) == (0, (0.8, 0.5))


def test_an_icon_with_its_caption_in_a_strip_is_touched_as_the_caption(
    element, scene, picture
) -> None:
    entries = [
        element(cls, (left, top, left + 20, top + high), text)
        for left, text in ((40, "Home"), (140, "Search"), (240, "Profile"))
        for cls, top, high, text in (
            ("button", 210, 22, ""),
            ("icon", 212, 18, ""),
            ("text", 240, 10, text),
        )
    ]
    strip = scene(element("button", (0, 205, 300, 260), "Home\nSearch\nProfile"), *entries)
    for point in (Point(150, 236), Point(148, 220), Point(145, 245), Point(170, 244)):
        touched = touched_object(strip, picture(), point, OPTIONS)
        assert (touched.element.text, touched.grip) == ("Search", MIDDLE)
    between = touched_object(strip, picture(), Point(105, 236), OPTIONS)
    assert between.element.cls != "text"
    bare = scene(*entries)
    assert touched_object(bare, picture(), Point(150, 236), OPTIONS).element.text == "Search"
    one = scene(*entries[:3])
    assert touched_object(one, picture(), Point(50, 220), OPTIONS).element.text != "Home"


def test_a_button_with_two_lines_is_touched_as_a_whole(element, scene, picture) -> None:
    items = scene(
        element("button", (0, 0, 100, 50), "Save\nas draft"),
        element("text", (10, 8, 40, 20), "Save"),
        element("text", (10, 28, 70, 40), "as draft"),
    )
    assert touched_object(items, picture(), Point(20, 14), OPTIONS).index == 0


def test_a_text_is_touched_where_nothing_is_clickable(element, scene, picture) -> None:
    items = scene(element("text", (80, 60, 120, 80), "More"))
    assert touched_object(items, picture(), Point(100, 70), OPTIONS).index == 0


def test_a_touch_just_beside_an_object_means_it(element, scene, picture) -> None:
    items = scene(element("checkbox", (50, 50, 66, 66)), element("text", (70, 50, 120, 66), "A"))
    assert touched_object(items, picture(), Point(68, 58), OPTIONS).index == 0
    assert touched_object(items, picture(), Point(122, 58), OPTIONS).index == 1


def test_a_button_that_fills_the_screen_is_a_background(element, scene, picture) -> None:
    items = scene(element("button", (0, 0, 400, 300)), element("text", (80, 60, 120, 80), "Open"))
    assert touched_object(items, picture(), Point(100, 70), OPTIONS).index == 1


def test_an_object_that_no_parser_saw_is_added_to_the_scene(element, scene, picture) -> None:
    items = scene(element("button", (200, 50, 300, 90), "Save"))
    touched = touched_object(items, picture(230, DIAMOND), Point(100, 90), OPTIONS)
    assert touched.added
    assert not touched.blank
    assert touched.scene.elements[:1] == items.elements
    assert touched.element.box.iou(Rect(70, 60, 131, 121)) > 0.85
    assert touched.element.appearance is not None


def test_a_place_on_a_background_keeps_its_grip(element, scene, picture) -> None:
    items = scene(element("image", (0, 0, 400, 200)))
    touched = touched_object(items, picture(), Point(100, 150), OPTIONS)
    assert (touched.index, touched.grip) == (0, (0.25, 0.75))


def test_a_touch_on_nothing_says_so(scene, picture) -> None:
    touched = touched_object(scene(), picture(), Point(100, 150), OPTIONS)
    assert touched.blank
    assert touched.element.box == Rect(76, 126, 124, 174)


def test_the_grip_matters_on_a_slider_and_not_on_a_wide_row(element, scene, picture) -> None:
    items = scene(
        element("slider", (50, 20, 250, 40)), element("button", (20, 100, 380, 140), "Next")
    )
    slider = touched_object(items, picture(), Point(100, 30), OPTIONS)
    assert slider.grip == (0.25, 0.5)
    assert regrip(slider, Point(900, 35)).grip == (1.0, 0.75)
    assert touched_object(items, picture(), Point(40, 120), OPTIONS).grip == MIDDLE


def test_a_drop_finds_another_object_but_not_what_the_source_lies_on(
    element, scene, picture
) -> None:
    piece = element("icon", (50, 50, 80, 80))
    items = scene(piece, element("image", (40, 40, 140, 140)), element("icon", (300, 60, 330, 90)))
    onto = drop_object(items, picture(), piece, Point(310, 80), OPTIONS)
    assert onto is not None
    assert onto.index == 2
    assert drop_object(items, picture(), piece, Point(120, 120), OPTIONS) is None
    assert drop_object(items, picture(), piece, Point(200, 250), OPTIONS) is None


def entry(element, top: float, title: str, caption: str):
    return [
        element("text", (20, top + 8, 140, top + 22), title),
        element("text", (20, top + 28, 120, top + 40), caption),
    ]


def test_of_a_box_around_several_rows_only_the_row_under_the_finger_is_touched(
    element, scene, picture
) -> None:
    """The middle of the box is between the rows; on another screen it is around other rows."""
    items = scene(
        element("button", (10, 50, 240, 140), "Roses\n13 May\nLeeks"),
        *entry(element, 50, "Roses", "13 May"),
        element("text", (20, 114, 80, 128), "Leeks"),
    )
    for point in (Point(60, 85), Point(60, 65), Point(220, 75)):
        touched = touched_object(items, picture(), point, OPTIONS)
        assert (touched.element.cls, touched.element.text) == ("list_item", "Roses\n13 May")
        assert touched.element.box == Rect(10, 50, 240, 102)
        assert (touched.added, touched.blank, touched.grip) == (True, False, MIDDLE)
        assert touched.scene.elements[:-1] == items.elements
    other = touched_object(items, picture(), Point(60, 120), OPTIONS)
    assert other.element.text == "Leeks"


def test_a_row_with_a_title_and_a_caption_is_touched_as_a_whole(element, scene, picture) -> None:
    items = scene(
        element("button", (0, 50, 240, 110), "Roses\n13 May"),
        *entry(element, 50, "Roses", "13 May"),
        element("button", (0, 110, 240, 200), "Leeks\nin the\nfront bed"),
        *entry(element, 110, "Leeks", "in the"),
        element("text", (20, 156, 120, 168), "front bed"),
    )
    assert touched_object(items, picture(), Point(60, 85), OPTIONS).index == 0
    assert touched_object(items, picture(), Point(60, 160), OPTIONS).index == 3


def test_the_empty_part_of_an_evident_row_means_the_row(element, scene, picture) -> None:
    items = scene(
        *entry(element, 40, "Roses", "13 May"),
        *entry(element, 100, "Leeks", "2 June"),
        *entry(element, 160, "Beans", "9 June"),
        element("icon", (360, 120, 380, 140)),
    )
    touched = touched_object(items, picture(), Point(240, 132), OPTIONS)
    assert (touched.element.cls, touched.element.text) == ("list_item", "Leeks\n2 June")
    assert (touched.added, touched.blank, touched.grip) == (True, False, MIDDLE)
    assert touched.element.box.contains(Point(240, 132))
    assert touched_object(items, picture(), Point(240, 250), OPTIONS).blank
    two = scene(*items.elements[:4])
    assert touched_object(two, picture(), Point(240, 132), OPTIONS).blank


def test_lines_of_running_text_are_no_rows(element, scene, picture) -> None:
    lines = [element("text", (20, 20 + 20 * i, 200, 34 + 20 * i), f"line {i}") for i in range(6)]
    assert touched_object(scene(*lines), picture(), Point(300, 87), OPTIONS).blank
