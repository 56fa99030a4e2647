"""Rows of a list, told apart by the rhythm of their lines.

Where the line between two rows is faint, both are seen as one box; the middle of that is neither.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.vision.contracts import Detection, TextLine

HOLDERS = ("list_item", "button")
LOWEST_ROW_DP = 28.0
_HELD = 0.8
_KNOWN = 0.6
_EVEN = 0.15
"""Share by which equal distances may differ; OCR draws a box around ink, not around a line."""

_JUMP = 1.4
"""From row to row it is so many times as far as from line to line in a row, at least."""

_SPACIOUS = 2.2
"""Heights of a line from one to the next where each line is a row; in running text it is 1.5."""


def split_rows(
    found: Sequence[Detection], lines: Sequence[TextLine], density: float
) -> list[Detection]:
    """The detections with one box for each row, where one was found around several rows."""
    known = [one.box for one in found]
    result: list[Detection] = []
    for one in found:
        held = [line.box for line in lines if line.box.covered_by(one.box) >= _HELD]
        rows = equal_rows(one.box, held, density) if one.cls in HOLDERS else []
        if not rows:
            result.append(one)
        result += [
            replace(one, box=row) for row in rows if all(row.iou(box) <= _KNOWN for box in known)
        ]
    return result


def equal_rows(box: Rect, lines: Sequence[Rect], density: float) -> list[Rect]:
    """The boxes of the equal rows that fill `box`; empty unless there are several.

    Args:
        box: Pixels.
        lines: Boxes of the lines of text in it.
        density: Pixels per dp.
    """
    groups = [[lines[index] for index in group] for group in row_groups(lines)]
    if len(groups) < 2 or len({len(_levels(group)) for group in groups}) > 1:
        return []
    height = box.height / len(groups)
    rows = [
        Rect(box.left, box.top + index * height, box.right, box.top + (index + 1) * height)
        for index in range(len(groups))
    ]
    steps = [below[0].center.y - above[0].center.y for above, below in pairwise(groups)]
    fills = all(abs(step - height) <= _EVEN * height for step in steps)
    inside = all(
        row.top <= line.center.y < row.bottom
        for row, group in zip(rows, groups, strict=True)
        for line in group
    )
    return rows if fills and inside and height >= LOWEST_ROW_DP * density else []


def row_groups(lines: Sequence[Rect]) -> list[list[int]]:
    """Positions in `lines` of those that belong to one row each, from the top.

    Lines at one height are in one row; so are lines that are clearly nearer to each other than
    others. Lines at equal distances are a row each if there is much space between them.
    """
    levels = _levels(lines)
    if len(levels) < 2:
        return [sorted(index for level in levels for index in level)] if levels else []
    heights = [_height(level, lines) for level in levels]
    steps = [below - above for above, below in pairwise(heights)]
    limit = _longest_in_row(steps, median(line.height for line in lines))
    groups = [list(levels[0])]
    for level, step in zip(levels[1:], steps, strict=True):
        if step > limit:
            groups.append([])
        groups[-1] += level
    return groups


def _longest_in_row(steps: Sequence[float], line: float) -> float:
    """How far it is from line to line within a row at most: below the first clear jump."""
    ordered = sorted(steps)
    for count, (short, long) in enumerate(pairwise(ordered), 1):
        if long >= _JUMP * short and 3 * count >= len(ordered):
            return short
    return 0.0 if ordered[0] >= _SPACIOUS * line else ordered[-1]


def _levels(lines: Sequence[Rect]) -> list[list[int]]:
    """Lines side by side, from the top; each level from the left."""
    levels: list[list[int]] = []
    for index in sorted(range(len(lines)), key=lambda index: lines[index].center.y):
        line = lines[index]
        last = lines[levels[-1][-1]] if levels else None
        reach = min(line.height, last.height) / 2 if last is not None else 0.0
        if last is not None and line.center.y - last.center.y < reach:
            levels[-1].append(index)
        else:
            levels.append([index])
    return [sorted(level, key=lambda index: lines[index].left) for level in levels]


def _height(level: Sequence[int], lines: Sequence[Rect]) -> float:
    return sum(lines[index].center.y for index in level) / len(level)
