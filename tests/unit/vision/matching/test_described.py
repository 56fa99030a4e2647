from __future__ import annotations

import pytest

from vistest.vision.matching import DescribedQuery, Matcher


@pytest.fixture
def find():
    return lambda target, **query: Matcher().match(DescribedQuery(**query), target.scene())


def assert_found(match, target, name):
    assert match.outcome == "found", match.reason
    assert target.element(name).box.contains(match.point), match.reason


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"text": "Save"}, "save"),
        ({"text": "save"}, "save"),
        ({"text": "Cancal"}, "cancel"),
        ({"text": "Save", "cls": "button"}, "save"),
        ({"text": "Name", "cls": "text_field"}, "name"),
        ({"text": "Email", "cls": "text_field"}, "mail"),
        ({"text": "Bluetooth", "cls": "switch"}, "Bluetooth switch"),
        ({"text": "More", "relations": {"right_of": "Location"}}, "Location more"),
        ({"cls": "switch", "relations": {"right_of": "Updates"}}, "Updates switch"),
        ({"cls": "text_field", "relations": {"below": "Email"}}, "mail"),
        ({"cls": "text_field", "relations": {"above": "Email"}}, "name"),
        ({"cls": "icon", "relations": {"left_of": "Settings"}}, "menu"),
        ({"cls": "button", "relations": {"left_of": "Cancel"}}, "save"),
        (
            {"cls": "switch", "relations": {"right_of": "Wireless", "above": "Bluetooth"}},
            "Wireless switch",
        ),
    ],
)
def test_described_elements_are_found(page, find, query, name):
    target = page(width=500)
    assert_found(find(target, **query), target, name)


def test_equal_buttons_are_ambiguous_and_listed_with_their_places(page, find):
    match = find(page(), text="More")
    assert match.outcome == "ambiguous"
    assert len(match.candidates) == 4
    assert match.reason.count('button "More" at ') == 4


@pytest.mark.parametrize(
    "query",
    [
        {"text": "Print"},
        {"text": "Save", "cls": "slider"},
        {"text": "More", "relations": {"right_of": "Printer"}},
        {"text": "Save", "relations": {"above": "Settings"}},
        {"text": "Save", "relations": {"inside": "Settings"}},
        {"text": "Wireless", "cls": "checkbox"},
    ],
)
def test_what_is_not_there_is_absent(page, find, query):
    match = find(page().without("Wireless switch"), **query)
    assert (match.outcome, match.point) == ("absent", None)
    assert match.reason


def test_an_exact_text_goes_before_other_case_and_misreadings(builder, find):
    target = builder()
    target.add("exact", "button", (10, 10, 60, 30), "Open")
    target.add("other case", "button", (10, 50, 60, 70), "OPEN")
    target.add("misread", "button", (10, 90, 60, 110), "0pen")
    assert_found(find(target, text="Open"), target, "exact")
    assert_found(find(target, text="OPEN"), target, "other case")


def test_a_digit_is_never_another_digit(builder, find):
    target = builder().add("one", "button", (10, 10, 40, 40), "1")
    assert find(target, text="7").outcome == "absent"


def test_inside_names_the_container_by_its_text(builder, find):
    target = builder()
    for place, name in enumerate(("Home", "Work")):
        top = 100 * place
        target.add(name, "list_item", (0, top, 300, top + 80), f"{name}\nEdit")
        target.add(f"{name} edit", "button", (200, top + 20, 260, top + 50), "Edit")
    match = find(target, text="Edit", cls="button", relations={"inside": "Work"})
    assert_found(match, target, "Work edit")


def test_a_text_in_its_button_is_one_answer(builder, find):
    target = builder()
    target.add("button", "button", (10, 10, 110, 50), "Save")
    target.add("text", "text", (40, 22, 80, 36), "Save")
    match = find(target, text="Save")
    assert_found(match, target, "button")
    assert match.best.element.cls == "button"


def test_an_empty_screen_is_absent(builder, find):
    assert find(builder(), text="Save").outcome == "absent"
