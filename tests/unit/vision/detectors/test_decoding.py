from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import CLASS_LAYER, LAYERS, STRIDES, Boxes, decode, suppress

CLASSES = len(ELEMENT_CLASSES)
BUTTON, TAB, TEXT = (ELEMENT_CLASSES.index(name) for name in ("button", "tab", "text"))


def empty_outputs(side=64):
    return [
        (
            np.full((CLASSES + LAYERS, side // s, side // s), -9, np.float32),
            np.zeros((4 * LAYERS, side // s, side // s), np.float32),
        )
        for s in STRIDES
    ]


def boxes(*rows):
    """Rows of left, top, right, bottom, score, class; best first."""
    values = np.array(sorted(rows, key=lambda row: -row[4]), np.float32).reshape(-1, 6)
    return Boxes(
        values[:, :4],
        values[:, 4],
        values[:, 5].astype(np.int64),
        np.zeros(len(values), np.float32),
    )


def test_one_cell_gives_one_box():
    outputs = empty_outputs()
    scores, distances = outputs[0]
    scores[BUTTON, 2, 3] = 2.0
    scores[CLASSES + CLASS_LAYER[BUTTON], 2, 3] = 4.0
    distances[4:, 2, 3] = [1, 0.5, 2, 0.25]  # layer 1: what holds others
    found = decode(outputs, 0.5)
    assert found.corners.tolist() == [[20, 16, 44, 22]]
    assert found.classes.tolist() == [BUTTON]
    assert found.scores[0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert found.clickable[0] == pytest.approx(1 / (1 + np.exp(-4)))


def test_a_label_and_its_button_in_one_cell_are_two_boxes():
    outputs = empty_outputs()
    scores, distances = outputs[1]
    scores[[BUTTON, TEXT], 1, 1] = 3.0, 2.0
    distances[:4, 1, 1], distances[4:, 1, 1] = 0.25, 1.0
    found = suppress(decode(outputs, 0.5), 0.5, 100)
    assert found.classes.tolist() == [BUTTON, TEXT]
    assert found.corners.tolist() == [[8, 8, 40, 40], [20, 20, 28, 28]]


def test_nothing_above_the_threshold():
    assert len(suppress(decode(empty_outputs(), 0.5), 0.5, 100)) == 0


def test_what_could_be_two_things_is_one():
    found = suppress(boxes([0, 0, 50, 20, 0.9, BUTTON], [1, 0, 50, 21, 0.6, TAB]), 0.5, 100)
    assert found.classes.tolist() == [BUTTON]


def test_layers_do_not_suppress_each_other():
    found = suppress(boxes([0, 0, 50, 20, 0.9, BUTTON], [0, 0, 50, 20, 0.6, TEXT]), 0.5, 100)
    assert len(found) == 2


def test_the_best_are_kept_when_there_are_too_many():
    rows = [[n * 100, 0, n * 100 + 50, 20, 0.1 + n / 100, BUTTON] for n in range(20)]
    found = suppress(boxes(*rows), 0.5, 5)
    assert found.scores.tolist() == pytest.approx([0.29, 0.28, 0.27, 0.26, 0.25])


coordinate = st.integers(0, 60)
row = st.tuples(
    coordinate, coordinate, st.integers(1, 30), st.integers(1, 30), st.floats(0.1, 1), coordinate
)


@given(st.lists(row, max_size=30), st.sampled_from([0.3, 0.5, 0.7]))
def test_suppression_keeps_apart_and_loses_nothing(rows, overlap):
    every = boxes(*[[x, y, x + w, y + h, s, c % CLASSES] for x, y, w, h, s, c in rows])
    kept = suppress(every, overlap, 1000)
    again = suppress(kept, overlap, 1000)
    assert len(again) == len(kept)  # nothing kept suppresses another
    if len(every):
        assert kept.scores[0] == every.scores[0]
    assert list(kept.scores) == sorted(kept.scores, reverse=True)
