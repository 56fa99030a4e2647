from __future__ import annotations

import pytest

from vistest.core.geometry import Rect
from vistest.vision.matching import Matcher, RecordedQuery
from vistest.vision.matching.layout import Layout
from vistest.vision.matching.options import MatchingOptions
from vistest.vision.matching.peers import peer_signals
from vistest.vision.matching.solution import solve

KINDS = ("row", "place", "caption")


def told(source, name, target, other):
    solution = solve(source.scene(), target.scene(), MatchingOptions())
    return peer_signals(solution, source.names[name], target.names[other])


def test_what_agrees_as_the_others_do_falls_short_of_nothing(page):
    source, target = page(), page(width=500)
    for name in source.names:
        signals = told(source, name, target, name)
        assert all(-0.3 < signals[kind] <= 0 for kind in KINDS), (name, signals)
        assert signals["role"] == 1


def test_words_elsewhere_in_another_role_fall_short(page):
    target = page().without("save").add("stray", "text", (300, 700, 340, 714), "Save")
    signals = told(page(), "save", target, "stray")
    assert signals["place"] < -0.3
    assert signals["role"] < 0.5


def test_another_place_falls_short_only_where_the_others_stayed(page):
    def rows(order, top):
        moved = page().without("save")
        for place, name in enumerate(order):
            y = top + 40 * place
            moved.change(name, box=Rect(20, y, 20 + 8 * len(name), y + 14))
        return moved.add("save", "button", (250, 700, 350, 736), "Save")

    names = ("Wireless", "Bluetooth", "Location", "Updates")
    stayed, anew = rows(names, 190), rows(names[::-1], 500)
    for name in ("title", "name label", "mail label", "cancel"):
        box = anew.element(name).box
        anew.change(name, box=box.translated(150, 550 - box.top))
    assert (
        told(page(), "save", stayed, "save")["place"] < told(page(), "save", anew, "save")["place"]
    )


def test_nothing_is_told_without_anchors(builder):
    source = builder(400, 400).add("one", "button", (180, 180, 220, 200), "Add")
    target = builder(400, 400).add("one", "icon", (10, 10, 40, 40), "Else")
    signals = told(source, "one", target, "one")
    assert [signals[kind] for kind in KINDS] == [0, 0, 0]
    assert signals["role"] == 0


def test_the_role_of_a_text_is_what_it_stands_in(builder):
    scene = builder().add("row", "list_item", (0, 0, 400, 60), "Save")
    scene.add("key", "button", (10, 10, 90, 50), "Save").add(
        "words", "text", (20, 20, 60, 34), "Save"
    )
    scene.add("note", "text", (20, 100, 60, 114), "Save")
    layout = Layout.of(scene.scene())
    row, key, words, note = layout.roles
    assert words == key
    assert len({row, key, note}) == 3
    assert Rect.from_list(layout.boxes[2].tolist()).covered_by(scene.element("key").box) == 1


@pytest.mark.parametrize("place", [(300, 700, 340, 714), (200, 14, 260, 34)])
def test_words_that_are_left_in_another_role_are_not_tapped(page, place):
    source = page()
    target = page(width=420).without("save").add("stray", "text", place, "Save")
    match = Matcher().match(RecordedQuery(source.scene(), source.names["save"]), target.scene())
    assert match.outcome != "found", match.reason
