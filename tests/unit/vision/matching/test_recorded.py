from __future__ import annotations

from dataclasses import replace

import pytest

from vistest.core.scene import Scene
from vistest.vision.matching import Matcher, RecordedQuery


@pytest.fixture
def find():
    matcher = Matcher()

    def run(source, name, target):
        return matcher.match(RecordedQuery(source.scene(), source.names[name]), target.scene())

    return run


def assert_found(match, target, name):
    assert match.outcome == "found", match.reason
    assert target.element(name).box.contains(match.point), match.reason


OTHER_LOOKS = {
    "same": {},
    "wide": {"width": 900},
    "dense": {"density": 2.625},
    "dense, not told": {"density": 2.625, "told_density": False},
    "airy": {"step": 64},
    "wide, dense and airy": {"width": 700, "density": 2.0, "step": 56},
}


@pytest.mark.parametrize("look", OTHER_LOOKS)
def test_elements_are_found_in_another_look_and_never_confused(page, look):
    source, target = page(), page(**OTHER_LOOKS[look])
    matcher, first, second = Matcher(), source.scene(), target.scene()
    matches = {
        name: matcher.match(RecordedQuery(first, index), second)
        for name, index in source.names.items()
    }
    found = {name: match for name, match in matches.items() if match.outcome == "found"}
    for name, match in found.items():
        assert_found(match, target, name)
    assert len(found) >= len(matches) - 1, matches.keys() - found.keys()


@pytest.mark.parametrize("name", ["Bluetooth switch", "save", "menu", "mail", "Location more"])
def test_a_target_that_is_gone_is_never_replaced_by_another(page, find, name):
    match = find(page(), name, page(width=600).without(name))
    assert match.outcome in ("absent", "ambiguous")
    assert match.point is None
    assert match.reason


def test_a_changed_state_does_not_break_a_match(page, find):
    target = page(width=500)
    other_look = page().add("x", "switch", (0, 0, 1, 1), look=77).element("x").appearance
    target.change("Bluetooth switch", appearance=other_look, score=0.6)
    assert_found(find(page(), "Bluetooth switch", target), target, "Bluetooth switch")


def test_another_class_of_the_detector_does_not_break_a_match(page, find):
    target = page(width=500).change("save", cls="text")
    assert_found(find(page(), "save", target), target, "save")


def test_a_misread_text_does_not_break_a_match(page, find):
    target = page(width=500).change("Bluetooth", text="B1uetooth")
    assert_found(find(page(), "Bluetooth", target), target, "Bluetooth")


def test_keys_are_told_apart_by_their_sign_alone(builder, find):
    def keys(order, width):
        pad = builder(300, 300)
        for place, sign in enumerate(order):
            x, y = 20 + width * (place % 3), 20 + 40 * (place // 3)
            pad.add(sign, "button", (x, y, x + 30, y + 30), sign)
        return pad

    source, target = keys("789456123", 40), keys("123456789", 60)
    for sign in "123456789":
        assert_found(find(source, sign, target), target, sign)
    match = find(source, "7", keys("12345689", 40))
    assert match.outcome != "found"


def test_twins_that_nothing_sets_apart_are_ambiguous(builder, find):
    source = builder(400, 400).add("one", "button", (180, 180, 220, 200), "Add")
    target = builder(400, 400)
    target.add("a", "button", (100, 180, 140, 200), "Add")
    target.add("b", "button", (260, 180, 300, 200), "Add")
    match = find(source, "one", target)
    assert match.outcome == "ambiguous"
    assert len(match.candidates) == 2
    assert match.point is None
    assert "button" in match.reason


def test_a_part_of_the_page_is_matched_without_forcing_the_rest(page, find):
    target = page(width=500)
    for gone in ("title", "menu", "search", "name label", "name", "mail label", "mail"):
        target.without(gone)
    assert_found(find(page(), "Updates switch", target), target, "Updates switch")
    assert find(page(), "name", target).outcome != "found"


def test_a_button_and_its_text_may_be_one_element_on_the_other_screen(page, find):
    source = page()
    source.add("save text", "text", (50, 360, 90, 374), "Save")
    target = page(width=500)
    assert_found(find(source, "save text", target), target, "save")


def test_an_empty_screen_is_absent(page):
    source = page().scene()
    match = Matcher().match(RecordedQuery(source, 0), replace(source, elements=()))
    assert (match.outcome, match.candidates, match.point) == ("absent", (), None)


def test_an_index_out_of_the_scene_is_refused(page):
    source = page().scene()
    with pytest.raises(IndexError):
        Matcher().match(RecordedQuery(source, 99), source)


def test_evidence_is_told_by_kind(page, find):
    best = find(page(), "save", page(width=500)).best
    assert best is not None
    assert {"text", "class", "appearance", "neighbours", "position"} <= set(best.evidence)
    assert best.evidence["text"] > 0


def test_untrusted_text_cannot_steer_a_terminal_through_the_reason(builder, find):
    hostile = "\x1b[31m<script>\u202eevil"
    source = builder().add("a", "button", (10, 10, 90, 30), hostile)
    assert "\x1b" not in find(source, "a", source).reason
    assert "\u202e" not in find(source, "a", source).reason


def test_scenes_are_compared_by_identity(page):
    first = page().scene()
    again = Scene(first.elements, first.screen)
    matcher = Matcher()
    answers = [matcher.match(RecordedQuery(scene, 0), first) for scene in (first, again, first)]
    assert {answer.outcome for answer in answers} == {"found"}


def test_a_row_whose_box_is_missed_is_found_by_its_text(page, find):
    source = page().add("row", "list_item", (0, 180, 400, 216), "Wireless")
    target = page(width=500)
    match = find(source, "row", target)
    assert_found(match, target, "Wireless")


def test_a_glyph_is_never_replaced_by_its_caption(page, find):
    target = page(width=500)
    for row in ("Wireless", "Bluetooth", "Location", "Updates"):
        target.without(f"{row} switch")
    assert find(page(), "Bluetooth switch", target).outcome != "found"


def test_the_handle_stands_for_a_slider_whose_track_is_not_seen(builder, find):
    def mixer(width, tracks):
        page = builder(width, 400)
        for row, name in enumerate(("Bass", "Middle", "Treble")):
            top, handle = 40 + 60 * row, 100 + (0.2 + 0.25 * row) * (width - 140)
            page.add(name, "text", (20, top, 20 + 8 * len(name), top + 14), name)
            page.add(f"{name} handle", "icon", (handle, top, handle + 14, top + 14), look=5)
            if tracks:
                page.add(f"{name} slider", "slider", (100, top - 2, width - 20, top + 16), look=6)
        return page

    source, target = mixer(400, tracks=True), mixer(600, tracks=False)
    for name in ("Bass", "Middle", "Treble"):
        assert_found(find(source, f"{name} slider", target), target, f"{name} handle")


def test_words_that_rows_share_do_not_speak_for_a_row(builder, find):
    def inbox(people, boxes):
        page = builder(400, 600)
        page.add("bar", "text", (20, 10, 80, 24), "Inbox").add("new", "button", (20, 540, 90, 570))
        for row, person in enumerate(people):
            top = 50 + 60 * row
            page.add(f"{person} text", "text", (20, top, 20 + 8 * len(person), top + 14), person)
            page.add(f"{person} last", "text", (20, top + 20, 120, top + 34), "Sounds good")
            if boxes:
                words = f"{person}\nSounds good"
                page.add(person, "list_item", (10, top - 6, 390, top + 40), words)
        return page

    source = inbox(("Anna", "Bruno", "Carla"), boxes=True)
    moved = inbox(("Bruno", "Carla", "Anna"), boxes=False)
    assert_found(find(source, "Bruno", moved), moved, "Bruno text")
    assert find(source, "Bruno", inbox(("Erik", "Hanna", "Igor"), boxes=False)).outcome != "found"


def journal(builder, *entries, rows=False):
    """A list of titles with a day below each; with `rows`, a box is seen around each entry."""
    page = builder(400, 600)
    page.add("bar", "text", (20, 10, 90, 24), "Journal").add(
        "new", "button", (20, 540, 90, 570), "Write"
    )
    for number, (title, day) in enumerate(entries):
        top = 60 + 60 * number
        page.add(day, "text", (20, top + 20, 20 + 7 * len(day), top + 34), day)
        page.add(f"{day} title", "text", (20, top, 20 + 8 * len(title), top + 14), title)
        if rows:
            page.add(f"{day} row", "list_item", (10, top - 6, 390, top + 40), f"{title}\n{day}")
    return page


def test_a_title_that_stands_once_does_not_speak_for_a_row_with_other_words(builder, find):
    """A list that was scrolled shows another row of the same title."""

    names = ("Counted the bees", "Mulched the roses", "Sowed radishes")
    days = ("Monday, shed", "Friday, hedge", "Sunday, lawn")
    source = journal(builder, *zip(names, days, strict=True), rows=True)
    other_days = ("Tuesday, pond", "Easter, porch", "Whitsun, roof")
    other = journal(builder, *zip(names, other_days, strict=True))
    same = journal(builder, (names[0], "Tuesday, pond"), (names[1], "Friday, hedge"))
    assert find(source, "Friday, hedge row", other).outcome != "found"
    assert_found(find(source, "Friday, hedge row", same), same, "Friday, hedge")


def test_of_a_box_around_two_rows_only_the_words_at_the_grip_speak(builder):
    """The other row stands there as well, once and with its own words, and is the wrong one."""

    roses, trees, bees = (
        ("Mulched the roses", "13 May, shed"),
        ("Pruned the trees", "24 May, lawn"),
        ("Counted the bees", "8 June, hedge"),
    )
    source = journal(builder, roses, trees, bees)
    source.add("both", "list_item", (10, 50, 390, 170), "\n".join((*roses, *trees)))
    upper = RecordedQuery(source.scene(), source.names["both"], (0.2, 0.34))
    scrolled, whole = journal(builder, trees, bees), journal(builder, bees, roses, trees)
    assert Matcher().match(upper, scrolled.scene()).outcome == "absent"
    match = Matcher().match(upper, whole.scene())
    assert match.best.element.text in roses, match.reason
    turned = Matcher().match(upper, journal(builder, trees, roses).scene())
    assert turned.best.element.text in roses, turned.reason
    another = journal(builder, trees, (roses[0], "2 August, pond"))
    assert Matcher().match(upper, another.scene()).outcome == "absent"
    lower = replace(upper, grip=(0.2, 0.8))
    assert Matcher().match(lower, scrolled.scene()).best.element.text in trees
    assert_found(Matcher().match(upper, source.scene()), source, "both")


def test_a_caption_that_only_resembles_the_recorded_one_is_no_company(builder, find):
    titles = ("Counted the bees", "Mulched the roses", "Sowed radishes")
    days = ("3 July, shed", "13 September, hedge", "4 July, lawn")
    source = journal(builder, *zip(titles, days, strict=True))
    day = "13 September, hedge"
    source.add("row", "list_item", (10, 114, 390, 160), f"{titles[1]}\n{day}")
    other_days = ("3 May, shed", "13 May, hedge", "4 May, lawn")
    other = journal(builder, *zip(titles, other_days, strict=True))
    misread = journal(builder, (titles[1], "13 Septernber, hedge"), (titles[2], "4 July, lawn"))
    assert find(source, "row", other).outcome == "absent"
    assert_found(find(source, "row", misread), misread, "13 Septernber, hedge title")


def test_another_row_with_the_same_title_is_absent_so_that_the_list_is_searched(builder, find):
    """It was ambiguous once, for which nothing is scrolled."""

    title = "Mulched the roses"
    bees, leeks = ("Counted the bees", "8 June, hedge"), ("Sowed leeks", "4 July, bed")
    source = journal(builder, bees, (title, "13 September, shed"), leeks, rows=True)
    pruned, tied = ("Pruned", "2 May, path"), ("Tied up beans", "3 June, wall")
    other = journal(builder, pruned, tied, (title, "22 August, lawn"), rows=True)
    assert find(source, "13 September, shed row", other).outcome == "absent"
