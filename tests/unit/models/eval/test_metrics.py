from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("pycocotools", reason="average precision needs it; CI does not install it")

from models.eval.metrics import average_precision, hits
from models.train.labels import Labels
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import Boxes

BUTTON, TEXT, TAB = (ELEMENT_CLASSES.index(name) for name in ("button", "text", "tab"))


def found(*rows):
    """Rows of left, top, right, bottom, score, class; best first."""
    values = np.array(sorted(rows, key=lambda row: -row[4]), np.float32).reshape(-1, 6)
    return Boxes(
        values[:, :4], values[:, 4], values[:, 5].astype(np.int64), np.ones(len(values), np.float32)
    )


def truth(*rows, behind=()):
    """Rows of left, top, right, bottom, class."""
    values = np.array(rows, np.float32).reshape(-1, 5)
    classes = values[:, 4].astype(np.int64)
    dimmed = np.array(behind, np.float32).reshape(-1, 4)
    return Labels(values[:, :4], classes, classes == BUTTON, dimmed)


ONE = truth([0, 0, 100, 40, BUTTON], [20, 10, 80, 30, TEXT])


def test_finding_all_is_perfect():
    result = average_precision(
        [found([0, 0, 100, 40, 0.9, BUTTON], [20, 10, 80, 30, 0.8, TEXT])], [ONE]
    )
    assert result.map50 == pytest.approx(1)
    assert result.map50_95 == pytest.approx(1)
    assert set(result.by_class) == {"button", "text"}


def test_finding_one_of_two_classes_is_half():
    assert average_precision([found([0, 0, 100, 40, 0.9, BUTTON])], [ONE]).map50 == pytest.approx(
        0.5
    )


def test_a_loose_box_counts_at_half_overlap_only():
    result = average_precision(
        [found([0, 0, 100, 60, 0.9, BUTTON], [20, 10, 80, 30, 0.8, TEXT])], [ONE]
    )
    assert result.map50 == pytest.approx(1)
    assert 0.5 < result.map50_95 < 0.8


def test_a_better_scored_false_box_costs_precision():
    rows = [0, 0, 100, 40, 0.5, BUTTON], [300, 0, 400, 40, 0.9, BUTTON]
    assert average_precision([found(*rows)], [truth([0, 0, 100, 40, BUTTON])]).map50 < 0.6


def test_what_is_behind_a_scrim_is_neither_right_nor_wrong():
    labels = truth([0, 0, 100, 40, BUTTON], behind=[[300, 0, 400, 40]])
    rows = [0, 0, 100, 40, 0.5, BUTTON], [300, 0, 400, 40, 0.9, BUTTON]
    assert average_precision([found(*rows)], [labels]).map50 == pytest.approx(1)


def test_more_than_a_hundred_objects_count():
    rows = [[n % 20 * 30, n // 20 * 30, n % 20 * 30 + 20, n // 20 * 30 + 20] for n in range(300)]
    labels = truth(*[[*row, BUTTON] for row in rows])
    every = found(*[[*row, 0.9, BUTTON] for row in rows])
    assert average_precision([every], [labels]).map50 == pytest.approx(1)


def test_nothing_found():
    assert average_precision([found()], [ONE]).map50 == 0
    result = hits([found()], [ONE], 0.5)
    assert not result.found.any()
    assert not result.centre.any()


def test_recall_does_not_ask_for_the_class_but_says_it():
    result = hits([found([0, 0, 100, 40, 0.9, TAB])], [ONE], 0.5)
    assert result.found.tolist() == [True, False]
    assert result.right_class.tolist() == [False, False]
    assert result.centre.tolist() == [True, False]  # the label is much smaller than what was found


def test_a_screenful_does_not_hit_what_is_in_its_middle():
    labels = truth([190, 190, 210, 210, BUTTON])
    assert not hits([found([0, 0, 400, 400, 0.9, TAB])], [labels], 0.5).centre.any()
    assert hits([found([185, 185, 210, 210, 0.9, TAB])], [labels], 0.5).centre.all()


def test_what_is_taken_for_a_caption_is_not_tapped():
    seen = found([0, 0, 100, 40, 0.9, BUTTON])
    caption = Boxes(seen.corners, seen.scores, seen.classes, np.zeros(1, np.float32))
    labels = truth([0, 0, 100, 40, BUTTON])
    assert hits([seen], [labels], 0.5).tapped.all()
    assert hits([caption], [labels], 0.5).centre.all()
    assert not hits([caption], [labels], 0.5).tapped.any()


def test_doubtful_detections_do_not_count():
    result = hits([found([0, 0, 100, 40, 0.2, BUTTON])], [ONE], 0.25)
    assert not result.found.any()
