from __future__ import annotations

import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import LAYERS, STRIDES, Boxes
from vistest.vision.detectors.learned import LearnedOptions, look
from vistest.vision.detectors.looks import join_looks

BUTTON, FIELD, LIST_ITEM, TEXT = (
    ELEMENT_CLASSES.index(name) for name in ("button", "text_field", "list_item", "text")
)
CLASSES = len(ELEMENT_CLASSES)
SIGHT = 256


def boxes(*rows):
    """Rows of left, top, right, bottom, score, class."""
    values = np.array(rows, np.float32).reshape(-1, 6)
    return Boxes(
        values[:, :4],
        values[:, 4],
        values[:, 5].astype(np.int64),
        np.zeros(len(values), np.float32),
    )


WHOLE = [2, 11, 990, 39, 0.5, FIELD]


def test_an_end_of_a_wide_field_gives_way_to_the_field():
    joined = join_looks(boxes([0, 10, 300, 40, 0.6, FIELD]), boxes(WHOLE), 480)
    assert joined.corners.tolist() == [WHOLE[:4]]


@pytest.mark.parametrize(
    "other",
    [
        [0, 60, 300, 90, 0.4, FIELD],  # another row
        [0, 10, 300, 20, 0.4, FIELD],  # a part of the height
        [10, 12, 300, 38, 0.4, LIST_ITEM],  # another class
        [900, 10, 1300, 40, 0.4, FIELD],  # for the most part beside it
        [0, 10, 300, 40, 0.9, FIELD],  # much surer
        [20, 15, 300, 35, 0.4, TEXT],
    ],
)
def test_what_is_no_part_of_it_stays(other):
    joined = join_looks(boxes(other), boxes(WHOLE), 480)
    assert sorted(joined.corners.tolist()) == sorted([other[:4], WHOLE[:4]])


def test_from_afar_come_only_wide_holders():
    far = boxes([0, 10, 470, 40, 0.9, FIELD], [0, 100, 900, 120, 0.8, TEXT])
    assert len(join_looks(boxes(), far, 480)) == 0


def test_a_large_key_is_taken_from_afar():
    key = [0, 10, 150, 225, 0.7, BUTTON]
    joined = join_looks(boxes([4, 12, 146, 70, 0.5, TEXT]), boxes(key), 480)
    assert key[:4] in joined.corners.tolist()


def test_the_surest_comes_first():
    joined = join_looks(
        boxes([0, 60, 99, 90, 0.3, FIELD], [0, 99, 99, 130, 0.8, FIELD]), boxes(WHOLE), 480
    )
    assert joined.scores.tolist() == pytest.approx([0.8, 0.5, 0.3])


class ShortSighted:
    """A network that finds the field in the middle of the picture, as far as it sees."""

    def __init__(self):
        self.shapes = []

    def __call__(self, pixels):
        height, width = pixels.shape[:2]
        self.shapes.append((height, width))
        shown = int(pixels[0].any(1).sum())  # without the padding
        outputs = []
        for stride in STRIDES:
            logits = np.full((CLASSES + LAYERS, height // stride, width // stride), -9, np.float32)
            distances = np.zeros((4 * LAYERS, *logits.shape[1:]), np.float32)
            if stride == STRIDES[0]:
                row, column = height // stride // 2, shown // stride // 2
                logits[FIELD, row, column] = 2.0
                here = (column + 0.5) * stride
                left, right = min(here, SIGHT), min(shown - here, SIGHT)
                half = shown / 60  # of its height
                sides = np.array([left, half, right, half]) / stride
                distances[4:, row, column] = sides
            outputs += [logits, distances]
        return outputs


@pytest.mark.parametrize("density", [1.0, 2.0])
def test_a_field_across_a_desktop_is_seen_whole_from_afar(density):
    pixels = np.full((round(320 * density), round(960 * density), 3), 200, np.uint8)
    network = ShortSighted()
    found = look(Frame.from_bgr(pixels, density=density), network, LearnedOptions())
    assert network.shapes == [(320, 960), (160, 480)]
    assert [box[0::2] for box in found.corners.tolist()] == [[0, 960 * density]]


def test_a_phone_is_looked_at_once():
    network = ShortSighted()
    look(
        Frame.from_bgr(np.full((2400, 1080, 3), 200, np.uint8), density=2.625),
        network,
        LearnedOptions(),
    )
    assert network.shapes == [(928, 416)]
