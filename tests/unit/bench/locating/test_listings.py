from __future__ import annotations

import itertools

import pytest

from tests.bench.locating.listings import listing_pair

SEEDS = range(40)


@pytest.fixture(scope="module")
def pairs():
    return [listing_pair(seed) for seed in SEEDS]


def test_a_seed_draws_one_pair_and_another_seed_another():
    one, again, other = listing_pair(3), listing_pair(3), listing_pair(4)
    assert [e.box for e in one.first.elements] == [e.box for e in again.first.elements]
    assert one.counterpart == again.counterpart
    assert [e.text for e in one.first.elements] != [e.text for e in other.first.elements]


def test_the_counterpart_of_words_holds_the_same_words(pairs):
    checked = 0
    for pair in pairs:
        for element, box in zip(pair.first.elements, pair.counterpart, strict=True):
            if element.text and box is not None:
                there = [e for e in pair.second.elements if box.contains(e.box.center)]
                assert element.text in {e.text for e in there}
                checked += 1
    assert checked > 300


def test_strays_tempt_and_are_never_right(pairs):
    strays = 0
    for pair in pairs:
        gone = {
            element.text
            for element, box in zip(pair.first.elements, pair.counterpart, strict=True)
            if element.text and box is None
        }
        strays += sum(element.text in gone for element in pair.second.elements)
    assert strays > 10


def test_distances_and_letters_change_apart(pairs):
    def lines(scene):
        heights = [e.box.height for e in scene.elements if e.cls == "text"]
        tops = sorted({round(e.box.top) for e in scene.elements if e.cls == "text"})
        gaps = [b - a for a, b in itertools.pairwise(tops)]
        return max(gaps) / max(heights) if gaps else 0

    changes = [
        lines(p.first) / lines(p.second) for p in pairs if lines(p.first) and lines(p.second)
    ]
    assert min(changes) < 0.7
    assert max(changes) > 1.4
