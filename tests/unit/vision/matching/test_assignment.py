from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vistest.vision.matching.assignment import NO_MATCH, assign, margin, total

SCORES = arrays(
    float, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.floats(-5, 5, width=16)
)


def best_by_trying(scores):
    rows, columns = scores.shape
    padded = np.concatenate([np.maximum(scores, 0), np.zeros((rows, rows))], axis=1)
    tries = permutations(range(columns + rows), rows)
    return max(padded[np.arange(rows), list(choice)].sum() for choice in tries)


@given(SCORES)
def test_the_assignment_is_the_best_one_to_one(scores):
    assigned = assign(scores)
    used = assigned[assigned != NO_MATCH]
    assert len(set(used)) == len(used)
    assert np.isclose(total(scores, assigned), best_by_trying(scores))


@given(SCORES)
def test_no_pair_is_worse_than_no_match(scores):
    assigned = assign(scores)
    for row in np.flatnonzero(assigned != NO_MATCH):
        assert scores[row, assigned[row]] > 0


def test_nothing_to_assign():
    assert list(assign(np.zeros((2, 0)))) == [NO_MATCH, NO_MATCH]
    assert len(assign(np.zeros((0, 3)))) == 0


NOBODY = np.zeros(2, bool)


def test_margin_knows_that_a_rival_is_needed_elsewhere():
    scores = np.array([[5.0, 4.5], [-1.0, 9.0]])
    assert margin(scores, 0, 0, NOBODY, np.array([True, False])) == 5.0


def test_margin_of_twins_is_nothing():
    scores = np.array([[5.0, 5.0], [5.0, 5.0]])
    assert margin(scores, 0, 0, NOBODY, np.array([True, False])) == 0.0


def test_a_part_of_the_same_object_is_no_competitor():
    scores = np.array([[5.0], [4.8]])
    own = np.array([True])
    assert np.isclose(margin(scores, 0, 0, NOBODY, own), 0.2)
    assert margin(scores, 0, 0, np.array([False, True]), own) == 5.0


@given(SCORES)
def test_margin_is_the_gain_over_the_best_other_answer(scores):
    assigned = assign(scores)
    for row in np.flatnonzero(assigned != NO_MATCH):
        place = np.arange(scores.shape[1]) == assigned[row]
        without = scores.copy()
        without[row, place] = 0
        gain = best_by_trying(scores) - best_by_trying(without)
        nobody = np.zeros(len(scores), bool)
        assert np.isclose(margin(scores, row, assigned[row], nobody, place), gain)
