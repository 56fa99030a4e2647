from itertools import pairwise

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.geometry import Rect
from vistest.vision.ocr.lines import column_runs, split_at_gaps, tight_box


def _page(dark: bool = False) -> np.ndarray:
    return np.full((40, 300, 3), 30 if dark else 250, np.uint8)


def test_ink_is_found_in_either_polarity() -> None:
    for dark in (False, True):
        page = _page(dark)
        page[12:24, 50:90] = 220 if dark else 20
        assert tight_box(page, Rect(40, 5, 120, 35)) == Rect(50, 12, 90, 24)


def test_the_line_under_a_text_field_is_no_ink() -> None:
    page = _page()
    page[12:24, 50:90] = 20
    page[34] = 60
    assert tight_box(page, Rect(40, 5, 120, 35)) == Rect(50, 12, 90, 24)


def test_menu_entries_are_separated_and_words_are_not() -> None:
    page = _page()
    for left in (20, 44, 110):
        page[14:26, left : left + 20 : 3] = page[14:26, left + 19] = 0
    pieces = split_at_gaps(page, Rect(15, 12, 140, 28))
    assert pieces == [Rect(20, 14, 64, 26), Rect(110, 14, 130, 26)]


def test_a_border_between_two_captions_is_dropped() -> None:
    page = _page()
    page[14:26, 20:40] = page[14:26, 100:120] = 0
    cv2.line(page, (70, 0), (70, 39), (90, 90, 90), 1)
    assert len(split_at_gaps(page, Rect(15, 12, 130, 28))) == 2


@given(st.lists(st.booleans(), max_size=60), st.integers(0, 10))
def test_runs_cover_all_ink_and_start_and_end_with_ink(inked: list[bool], gap: int) -> None:
    columns = np.array(inked, np.bool_)
    runs = column_runs(columns, gap)
    assert sum(int(columns[start:end].sum()) for start, end in runs) == int(columns.sum())
    assert all(columns[start] and columns[end - 1] for start, end in runs)
    assert all(after[0] - before[1] > gap for before, after in pairwise(runs))


def test_a_frame_around_a_caption_is_no_ink() -> None:
    page = _page()
    cv2.rectangle(page, (40, 5), (119, 34), (90, 90, 90), 1)
    page[14:26, 50:90:3] = 20
    assert tight_box(page, Rect(40, 5, 120, 35)) == Rect(50, 14, 90, 26)


def test_the_letter_l_at_the_end_of_a_word_is_kept() -> None:
    page = _page()
    page[14:26, 50:80:3] = page[14:26, 84] = 20
    assert tight_box(page, Rect(49, 14, 86, 26)).right == 85


def test_spaces_of_a_monospaced_font_do_not_split_a_line() -> None:
    page = _page()
    for word in (20, 63):
        for letter in range(4):
            page[14:26, word + 8 * letter : word + 8 * letter + 5] = 0
    assert len(split_at_gaps(page, Rect(18, 13, 96, 27))) == 1
