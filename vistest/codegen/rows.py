"""The row of a list that was meant, where the parser saw no box around just that row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect
from vistest.vision.rows import HOLDERS, row_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.geometry import Point
    from vistest.core.scene import Scene, UiElement

_LOWEST_ROW_DP = 36.0
_SPACE = 1.0
"""Heights of a line between two rows at least, from ink to ink."""

_EVEN = 0.15
_FEWEST_ROWS = 3
_BESIDE_DP = 8.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Attributes:
        box: Device pixels.
        text: Its lines.
    """

    box: Rect
    text: str


def row_in(scene: Scene, element: UiElement, point: Point) -> Row | None:
    """The row under `point` if the box of `element` is around several rows of text, else None."""
    if element.cls not in HOLDERS or element.box.height < 2 * _LOWEST_ROW_DP * _density(scene):
        return None
    lines = [
        one for one in scene.elements if one.cls == "text" and one.box.covered_by(element.box) > 0.8
    ]
    groups = _groups(lines)
    if len(groups) < 2 or not all(_is_apart(*pair) for pair in pairwise(groups)):
        return None
    bounds = [
        element.box.top,
        *(_between(above, below) for above, below in pairwise(groups)),
        element.box.bottom,
    ]
    for group, (top, bottom) in zip(groups, pairwise(bounds), strict=True):
        if top <= point.y < bottom:
            return Row(Rect(element.box.left, top, element.box.right, bottom), _text(group))
    return None


def row_around(scene: Scene, point: Point) -> Row | None:
    """The row that `point` is in, right of its text, where a list shows by its even rows alone."""
    found = [
        (point.x - Rect.bounding(line.box for line in row).right, row, step)
        for column in _columns(scene)
        for row, step in _even_rows(_groups(column))
        if _is_beside(row, step, point)
    ]
    if not found:
        return None
    _, row, step = min(found, key=lambda one: one[0])
    ink = Rect.bounding(line.box for line in row)
    width = scene.screen.size.width
    top = ink.center.y - step / 2
    right = min(float(width), max(width - ink.left, point.x + _BESIDE_DP * _density(scene)))
    return Row(Rect(ink.left, max(0.0, top), right, top + step), _text(row))


def _columns(scene: Scene) -> list[list[UiElement]]:
    """Texts below one another with the same left edge."""
    slack = _BESIDE_DP * _density(scene) / 2
    columns: list[list[UiElement]] = []
    for text in (one for one in scene.elements if one.cls == "text"):
        for column in columns:
            if abs(column[0].box.left - text.box.left) <= slack:
                column.append(text)
                break
        else:
            columns.append([text])
    return columns


def _even_rows(
    groups: Sequence[Sequence[UiElement]],
) -> list[tuple[Sequence[UiElement], float]]:
    """Rows of equally many lines at equal distances, three at least, with that distance."""
    found = []
    for start in range(len(groups) - _FEWEST_ROWS + 1):
        three = groups[start : start + _FEWEST_ROWS]
        first, second = (
            Rect.bounding(line.box for line in below).center.y
            - Rect.bounding(line.box for line in above).center.y
            for above, below in pairwise(three)
        )
        alike = len({len(group) for group in three}) == 1
        if alike and abs(first - second) <= _EVEN * second:
            found += [(group, (first + second) / 2) for group in three]
    return found


def _is_beside(row: Sequence[UiElement], step: float, point: Point) -> bool:
    ink = Rect.bounding(line.box for line in row)
    return point.x >= ink.right and abs(point.y - ink.center.y) < step / 2


def _groups(lines: Sequence[UiElement]) -> list[list[UiElement]]:
    boxes = [line.box for line in lines]
    return [[lines[index] for index in group] for group in row_groups(boxes)]


def _is_apart(above: Sequence[UiElement], below: Sequence[UiElement]) -> bool:
    """Whether there is more space between two groups of lines than in running text."""
    line = min(one.box.height for one in (*above, *below))
    space = min(one.box.top for one in below) - max(one.box.bottom for one in above)
    return space >= _SPACE * line


def _between(above: Sequence[UiElement], below: Sequence[UiElement]) -> float:
    return (max(one.box.bottom for one in above) + min(one.box.top for one in below)) / 2


def _text(row: Sequence[UiElement]) -> str:
    return "\n".join(line.text for line in row)


def _density(scene: Scene) -> float:
    return scene.screen.density
