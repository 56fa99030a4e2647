from __future__ import annotations

import numpy as np

from models.data.seen import seen


def test_ink_that_left_no_trace_has_no_label() -> None:
    picture = np.full((40, 40, 3), 200, np.uint8)
    picture[10:20, 10:20] = 30
    shown = {"class": "radio", "box": [4, 4, 11, 11]}
    blank = {"class": "radio", "box": [12, 12, 19, 19]}
    area = {"class": "button", "box": [12, 12, 19, 19]}
    assert seen([shown, blank, area], picture, density=2.0) == [shown, area]
    assert seen([shown, blank], picture, density=1.0) == [shown]


def test_a_box_off_the_picture_is_not_seen() -> None:
    picture = np.zeros((10, 10, 3), np.uint8)
    assert seen([{"class": "icon", "box": [20, 20, 30, 30]}], picture, density=1.0) == []
