from __future__ import annotations

import pytest

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection, TextLine
from vistest.vision.rows import equal_rows, row_groups, split_rows


def line(top: float, height: float = 14, left: float = 20, text: str = "words") -> TextLine:
    return TextLine(text, Rect(left, top, left + 120, top + height), 1.0)


def listed(rows: int, *offsets: float, step: float = 60) -> list[TextLine]:
    return [line(step * row + offset) for row in range(rows) for offset in offsets]


def boxes(lines: list[TextLine]) -> list[Rect]:
    return [one.box for one in lines]


def row(top: float, bottom: float, cls: str = "list_item") -> Detection:
    return Detection(cls, Rect(10, top, 390, bottom), 0.5)


def test_a_box_around_several_equal_rows_becomes_one_for_each() -> None:
    assert split_rows([row(0, 180)], listed(3, 14, 34), 1.0) == [
        row(0, 60),
        row(60, 120),
        row(120, 180),
    ]
    assert split_rows([row(0, 120)], listed(2, 23), 1.0) == [row(0, 60), row(60, 120)]


def test_the_ink_of_lines_may_be_read_higher_or_lower_than_it_is() -> None:
    lines = [line(14, 13), line(33, 13), line(76, 17), line(91, 19)]
    assert split_rows([row(0, 120)], lines, 1.0) == [row(0, 60), row(60, 120)]


def test_a_row_that_was_found_by_itself_as_well_is_kept_once() -> None:
    found = [row(0, 120), row(1, 59)]
    assert split_rows(found, listed(2, 14, 34), 1.0) == [row(60, 120), row(1, 59)]


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        pytest.param(row(0, 60), listed(1, 14, 34), id="title and caption"),
        pytest.param(row(0, 90), listed(1, 14, 34, 54), id="title and two lines"),
        pytest.param(row(0, 50, "button"), listed(1, 9, 27), id="a caption in two lines"),
        pytest.param(row(0, 200), listed(1, 14, 60, 80, 100), id="a card with a heading"),
        pytest.param(row(0, 120), [*listed(2, 14, 34), line(54)], id="rows that are not equal"),
        pytest.param(row(0, 240), [line(14), line(200)], id="words at the top and at the bottom"),
        pytest.param(row(0, 120, "text_field"), listed(2, 14, 34), id="a field to write in"),
        pytest.param(row(0, 60), [line(20), line(20, left=200)], id="side by side"),
        pytest.param(row(0, 60), [], id="nothing to read"),
    ],
)
def test_what_is_one_thing_stays_one(box: Detection, lines: list[TextLine]) -> None:
    assert split_rows([box], lines, 1.0) == [box]


def test_rows_too_low_to_be_touched_are_none() -> None:
    lines = [line(top, 6) for top in (8, 30)]
    assert equal_rows(Rect(0, 0, 300, 44), boxes(lines), 1.0) == []
    assert len(equal_rows(Rect(0, 0, 300, 44), boxes(lines), 0.7)) == 2


def test_lines_are_grouped_by_what_is_near() -> None:
    assert row_groups([]) == []
    assert row_groups(boxes([line(10)])) == [[0]]
    assert row_groups(boxes([*listed(2, 14, 34), line(14, left=300)])) == [[0, 4, 1], [2, 3]]
    paragraph = boxes([line(21 * number) for number in range(4)])
    assert row_groups(paragraph) == [[0, 1, 2, 3]]
    spaced = boxes([line(48 * number) for number in range(3)])
    assert row_groups(spaced) == [[0], [1], [2]]
