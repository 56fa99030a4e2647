from __future__ import annotations

from vistest.core.geometry import Point, Rect
from vistest.vision.matching.selection import index_at, index_of_box, with_box


def test_a_box_names_the_element_that_it_fits_best(page):
    source = page()
    loose = source.element("save").box.expanded(3)
    assert index_of_box(source.scene(), loose) == source.names["save"]


def test_a_box_around_nothing_names_no_element(page):
    assert index_of_box(page().scene(), Rect(300, 600, 390, 700)) is None
    assert index_of_box(page().scene(), Rect(0, 0, 400, 800)) is None


def test_a_point_names_the_smallest_clickable_element_there(builder):
    source = builder()
    source.add("row", "list_item", (0, 0, 400, 60), "Wireless")
    source.add("text", "text", (20, 20, 90, 34), "Wireless")
    source.add("switch", "switch", (340, 18, 380, 42))
    scene = source.scene()
    assert index_at(scene, Point(50, 25)) == source.names["row"]
    assert index_at(scene, Point(350, 30)) == source.names["switch"]
    assert index_at(scene, Point(350, 300)) is None


def test_a_text_that_nobody_can_click_is_still_something(builder):
    source = builder().add("text", "text", (20, 20, 90, 34), "Version 1")
    assert index_at(source.scene(), Point(50, 25)) == 0


def test_a_missed_box_becomes_an_element_with_the_text_inside(builder):
    source = builder().add("text", "text", (20, 20, 90, 34), "Wireless")
    scene, index = with_box(source.scene(), Rect(10, 5, 380, 60))
    assert len(scene.elements) == 2
    added = scene.elements[index]
    assert (added.cls, added.text, added.clickable) == ("button", "Wireless", True)


def test_a_missed_box_without_text_is_guessed_by_its_shape(builder):
    source = builder()
    assert with_box(source.scene(), Rect(10, 10, 34, 34))[0].elements[0].cls == "icon"
    assert with_box(source.scene(), Rect(10, 10, 300, 40))[0].elements[0].cls == "text_field"
    assert with_box(source.scene(), Rect(10, 10, 300, 20))[0].elements[0].cls == "slider"
