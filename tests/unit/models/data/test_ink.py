from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.data.native.ink import ink_boxes, shared_out, tightened


def paper_with(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    picture = np.full((100, 200, 4), 240, np.uint8)
    for left, top, right, bottom in boxes:
        picture[top:bottom, left:right] = 20
    return picture


def test_ink_is_boxed_tightly_in_dp() -> None:
    picture = paper_with((20, 30, 60, 40))
    assert ink_boxes([0, 0, 100, 50], picture, 2.0, lines=True) == [[10, 15, 30, 20]]


def test_a_dot_belongs_to_the_line_below_it() -> None:
    picture = paper_with((20, 30, 24, 32), (20, 33, 60, 40))
    assert ink_boxes([0, 0, 200, 100], picture, 1.0, lines=True) == [[20, 30, 60, 40]]


def test_every_line_has_its_box_and_its_words() -> None:
    picture = paper_with((20, 10, 120, 20), (20, 40, 70, 50))
    text = {"part": "text.title", "class": "text", "text": "one two three", "loose": True}
    lines = tightened([{**text, "box": [0, 0, 200, 100]}], picture, 1.0)
    assert [line["part"] for line in lines] == ["text.title", "text.title#2"]
    assert [line["text"] for line in lines] == ["one two", "three"]
    assert "loose" not in lines[0]


def test_a_glyph_is_one_box_whatever_its_gaps() -> None:
    picture = paper_with((20, 10, 40, 14), (20, 30, 40, 34))
    assert ink_boxes([0, 0, 100, 50], picture, 1.0, lines=False) == [[20, 10, 40, 34]]


def test_what_has_no_ink_is_dropped_and_what_is_exact_is_kept() -> None:
    picture = paper_with()
    blank = {"part": "a", "class": "text", "text": "a", "box": [0, 0, 50, 50], "loose": True}
    exact = {"part": "b", "class": "button", "text": "", "box": [0, 0, 50, 50], "loose": False}
    found = tightened([blank, exact], picture, 1.0)
    assert [element["part"] for element in found] == ["b"]


@given(
    st.text("ab ", min_size=1, max_size=60),
    st.lists(st.floats(1, 300), min_size=1, max_size=6),
)
def test_no_word_is_lost_or_doubled(text: str, widths: list[float]) -> None:
    lines = shared_out(text, widths)
    assert len(lines) == len(widths)
    assert " ".join(lines).split() == text.split()
