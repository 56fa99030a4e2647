from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.train.labels import Labels
from models.train.store import StoredScreen
from models.train.views import ViewConfig, cut_view
from vistest.core.scene import ELEMENT_CLASSES

BUTTON, TEXT, ICON = (ELEMENT_CLASSES.index(name) for name in ("button", "text", "icon"))


def screen(boxes, classes, scale=1.0):
    labels = Labels(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(classes, np.int64),
        np.ones(len(classes), bool),
    )
    return StoredScreen("s.npy", "plain", "train", scale, labels)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([(96, 160), (160, 96), (128, 128)]))
def test_labels_stay_on_what_they_label(seed, shape):
    pixels = np.full((300, 400, 3), 200, np.uint8)
    cv2.rectangle(pixels, (150, 100), (229, 149), (0, 0, 255), -1)
    random = np.random.default_rng(seed)
    view = cut_view(pixels, screen([[150, 100, 230, 150]], [BUTTON]), shape, ViewConfig(), random)
    assert view.pixels.shape == (*shape, 3)
    red = (view.pixels[:, :, 2] > 200) & (view.pixels[:, :, 1] < 90) & (view.pixels[:, :, 0] < 90)
    if not (view.pixels[:, :, 1] > 150).any():
        return  # the whole view lies on the button
    for left, top, right, bottom in view.labels.boxes.round().astype(int):
        inside = red[top + 1 : bottom - 1, left + 1 : right - 1]
        assert inside.mean() > 0.9


def test_the_same_random_numbers_give_the_same_view():
    pixels = np.random.default_rng(0).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    shown = screen([[9, 9, 60, 60]], [ICON])
    first, second = (
        cut_view(pixels, shown, (128, 128), ViewConfig(), np.random.default_rng(5))
        for _ in range(2)
    )
    assert np.array_equal(first.pixels, second.pixels)
    assert np.array_equal(first.labels.boxes, second.labels.boxes)


class Middle:
    """Random numbers that cut the middle of a screen, unstretched."""

    def uniform(self, low, high, count=None):
        middle = (low + high) / 2
        return middle if count is None else np.full(count, middle)

    def random(self):
        return 0.9

    def integers(self, low, high, count):
        return np.zeros(count, int)


def cut_exactly(boxes, classes):
    """A view at scale 1 of 100x100 pixels from (100, 100)."""
    config = ViewConfig(scales=(1.0, 1.0), whole_screen=0.0, centred=0.0)
    pixels = np.zeros((300, 300, 3), np.uint8)
    return cut_view(pixels, screen(boxes, classes), (100, 100), config, Middle())


@pytest.mark.parametrize(
    ("box", "cls", "is_kept"),
    [
        ([120, 120, 160, 140], ICON, True),
        ([85, 120, 115, 150], ICON, False),  # half of an icon
        ([95, 120, 125, 150], ICON, True),  # most of an icon
        ([20, 120, 160, 160], BUTTON, True),  # the end of a wide button
        ([50, 120, 112, 160], BUTTON, False),  # a strip of a button
        ([20, 120, 160, 132], TEXT, True),  # a line cut by the border
        ([120, 95, 180, 103], TEXT, False),  # a line cut lengthwise
    ],
)
def test_what_is_cut_by_the_border(box, cls, is_kept):
    view = cut_exactly([box], [cls])
    assert len(view.labels) == is_kept
    assert len(view.ignored) == (not is_kept)


def test_what_is_outside_is_forgotten():
    view = cut_exactly([[0, 0, 50, 50]], [ICON])
    assert len(view.labels) == len(view.ignored) == 0


def test_what_is_behind_a_scrim_is_ignored():
    labels = Labels(
        np.array([[120, 120, 160, 140]], np.float32),
        np.array([ICON]),
        np.array([True]),
        np.array([[150, 150, 260, 190], [0, 0, 50, 50]], np.float32),
    )
    config = ViewConfig(scales=(1.0, 1.0), whole_screen=0.0, centred=0.0)
    shown = StoredScreen("s.npy", "plain", "train", 1.0, labels)
    view = cut_view(np.zeros((300, 300, 3), np.uint8), shown, (100, 100), config, Middle())
    assert view.labels.boxes.tolist() == [[20, 20, 60, 40]]
    assert view.ignored[0].tolist() == [50, 50, 100, 90]


def test_a_class_that_weighs_more_is_looked_at_more_often():
    shown = screen([[0, 0, 20, 20], [280, 280, 300, 300]], [TEXT, BUTTON])
    pixels = np.zeros((300, 300, 3), np.uint8)
    weights = np.ones(len(ELEMENT_CLASSES))
    weights[BUTTON] = 20.0
    config = ViewConfig(whole_screen=0.0, centred=1.0)

    def buttons(*more):
        random = np.random.default_rng(3)
        views = [cut_view(pixels, shown, (96, 96), config, random, *more) for _ in range(60)]
        return sum((view.labels.classes == BUTTON).any() for view in views)

    assert buttons(weights) > 1.3 * buttons()
