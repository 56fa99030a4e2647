from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement
from vistest.vision.matching.layout import Layout
from vistest.vision.matching.order import order_agreement, sides


def cells(columns, count, pitch, width):
    """A list of words, as many beside each other as there are columns."""
    boxes = [
        Rect.from_list((10 + x * width, 10 + y * pitch, 10 + x * width + width / 2, 24 + y * pitch))
        for y, x in (divmod(number, columns) for number in range(count))
    ]
    elements = tuple(UiElement("text", box, text=f"word {n}") for n, box in enumerate(boxes))
    return Layout.of(Scene(elements, Screen(Size(4000, 4000), 1.0)))


def agreement(first, second, anchors):
    return order_agreement(sides(first, anchors), sides(second, anchors))


def test_words_are_read_line_by_line():
    side = sides(cells(2, 6, 40, 100), np.array([2]))[0]
    assert side.tolist() == [-1, -1, 0, 1, 1, 1]


@given(
    count=st.integers(4, 20),
    columns=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    pitch=st.tuples(st.integers(16, 90), st.integers(16, 90)),
    data=st.data(),
)
def test_order_outlasts_any_spacing_and_wrapping(count, columns, pitch, data):
    first = cells(columns[0], count, pitch[0], 100)
    second = cells(columns[1], count, pitch[1], 170)
    anchors = data.draw(st.sets(st.integers(0, count - 1), min_size=2))
    agreed = agreement(first, second, np.array(sorted(anchors), np.intp))
    assert np.allclose(np.diag(agreed), agreed.max())
    assert (agreed < 1).all()


@given(count=st.integers(3, 20), columns=st.integers(1, 4))
def test_each_anchor_between_counts_against_a_pair(count, columns):
    layout = cells(columns, count, 30, 100)
    first_with_each = agreement(layout, layout, np.arange(count))[0]
    assert (np.diff(first_with_each[1:]) < 0).all()


def test_few_anchors_prove_little():
    layout = cells(1, 12, 30, 100)
    few, many = (agreement(layout, layout, np.arange(n)).max() for n in (2, 12))
    assert few == pytest.approx(0.5)
    assert many > 0.8


def test_without_anchors_there_is_no_order():
    layout = cells(1, 3, 30, 100)
    assert not agreement(layout, layout, np.empty(0, np.intp)).any()
