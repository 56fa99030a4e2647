from __future__ import annotations

import cv2
import numpy as np

from vistest.codegen.options import ObjectOptions
from vistest.codegen.outline import outline_at
from vistest.core.geometry import Point, Rect

OPTIONS = ObjectOptions()
DIAMOND = [(100, 60), (130, 90), (100, 120), (70, 90)]


def test_the_box_is_around_the_shape_that_was_touched(picture) -> None:
    other = [(200, 60), (260, 60), (260, 120)]
    box = outline_at(picture(230, DIAMOND, other), Point(100, 90), OPTIONS)
    assert box is not None
    assert box.iou(Rect(70, 60, 131, 121)) > 0.85


def test_the_outline_of_a_ring_is_its_outer_edge(picture) -> None:
    frame = picture(230, DIAMOND)
    cv2.polylines(
        frame.pixels, [np.array([(270, 60), (300, 90), (270, 120), (240, 90)])], True, (0, 0, 0), 4
    )
    box = outline_at(frame, Point(270, 90), OPTIONS)
    assert box is not None
    assert box.left <= 239
    assert box.right >= 301


def test_a_touch_beside_every_shape_has_no_outline(picture) -> None:
    assert outline_at(picture(230, DIAMOND), Point(300, 200), OPTIONS) is None


def test_dirt_and_what_reaches_far_beyond_the_touch_have_no_outline(picture) -> None:
    dirt = [(198, 148), (202, 148), (202, 152), (198, 152)]
    field = [(20, 10), (380, 10), (380, 290), (20, 290)]
    assert outline_at(picture(230, dirt), Point(200, 150), OPTIONS) is None
    assert outline_at(picture(230, field), Point(200, 150), OPTIONS) is None


def test_a_touch_off_the_screen_has_no_outline(picture) -> None:
    assert outline_at(picture(230, DIAMOND), Point(900, 900), OPTIONS) is None
