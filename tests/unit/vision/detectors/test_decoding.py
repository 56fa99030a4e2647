from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import (
    CLASS_LAYER,
    LAYERS,
    STRIDES,
    Boxes,
    decode,
    iou,
    suppress,
)

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


coordinate = st.integers(-20, 60)
row = st.tuples(
    *(coordinate, coordinate, st.integers(1, 30), st.integers(1, 30)),
    *(st.floats(0.1, 1), st.integers(0, CLASSES - 1)),
)


def greedy(every, overlap):
    """Written out: the best stays, and what it overlaps in its layer goes."""
    left, kept = list(range(len(every))), []
    while left:
        first = left.pop(0)
        kept.append(first)
        shares = iou(every.corners[first], every.corners)
        layers = CLASS_LAYER[every.classes]
        left = [n for n in left if layers[n] != layers[first] or shares[n] <= overlap]
    return every.take(np.array(kept, np.int64))


@given(st.lists(row, max_size=30), st.sampled_from([0.31, 0.51, 0.71]))
def test_suppression_is_greedy_within_each_layer(rows, overlap):
    every = boxes(*[[x, y, x + w, y + h, s, c] for x, y, w, h, s, c in rows])
    kept, wanted = suppress(every, overlap, 1000), greedy(every, overlap)
    np.testing.assert_array_equal(kept.corners, wanted.corners)
    np.testing.assert_array_equal(kept.classes, wanted.classes)
    np.testing.assert_array_equal(kept.scores, wanted.scores)
