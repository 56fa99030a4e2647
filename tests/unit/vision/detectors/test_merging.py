import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection
from vistest.vision.detectors.merging import is_same, keep_first, without_parts, without_texture

rects = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    *(st.integers(0, 60), st.integers(0, 60), st.integers(1, 40), st.integers(1, 40)),
)


@given(st.lists(rects, max_size=15))
def test_no_two_kept_boxes_are_the_same_and_every_box_has_its_like(boxes: list[Rect]) -> None:
    kept = keep_first(boxes, lambda box: box, 2)
    for index, box in enumerate(kept):
        assert not any(is_same(box, other, 2) for other in kept[:index])
    assert all(any(is_same(box, other, 2) for other in kept) for box in boxes)


@given(rects, rects)
def test_sameness_is_mutual(first: Rect, second: Rect) -> None:
    assert is_same(first, second, 2) == is_same(second, first, 2)


def test_the_knob_belongs_to_the_switch_and_the_caption_does_not() -> None:
    switch = Detection("switch", Rect(0, 0, 44, 24), 0.8)
    knob = Detection("icon", Rect(22, 3, 40, 21), 0.4)
    caption = Detection("text", Rect(60, 4, 120, 20), 0.4)
    assert without_parts([switch, knob, caption]) == [switch, caption]


def test_spots_of_a_photo_are_dropped_and_pieces_on_a_drawn_board_are_not() -> None:
    image = Detection("image", Rect(0, 0, 100, 100), 0.6)
    spot = Detection("icon", Rect(20, 20, 40, 40), 0.4)
    button = Detection("button", Rect(60, 60, 90, 80), 0.6)
    photo = np.random.default_rng(0).integers(0, 2, (100, 100), np.uint8)
    board = np.zeros((100, 100), np.uint8)
    board[20:40, 20:40] = 1
    assert without_texture([image, spot, button], photo) == [image, button]
    assert without_texture([image, spot, button], board) == [image, spot, button]
