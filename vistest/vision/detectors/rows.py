"""Rows of lists whose only mark is a ruled line between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.vision.detectors.classify import Surroundings
    from vistest.vision.detectors.shapes import Shape

LOWEST_DP, HIGHEST_DP = 22, 130
NARROWEST_DP = 120


def rows_between_rules(
    rules: Sequence[Shape], around: Surroundings, known: Sequence[Rect]
) -> list[Detection]:
    """A list item between each two neighbouring horizontal lines of equal extent, if inked."""
    density = around.density
    level = [
        rule.box
        for rule in rules
        if rule.box.width > rule.box.height and rule.box.width >= NARROWEST_DP * density
    ]
    rows = []
    for stack in _stacks(level, 8 * density):
        for upper, lower in pairwise(stack):
            row = Rect(upper.left + 1, upper.bottom - 1, upper.right - 1, lower.top + 1)
            if LOWEST_DP * density <= row.height <= HIGHEST_DP * density:
                rows.append(row)
    return [
        Detection("list_item", row, 0.5)
        for row in rows
        if around.inside(row) and not any(row.iou(box) > 0.7 for box in known)
    ]


def _stacks(lines: Sequence[Rect], slack: float) -> list[list[Rect]]:
    """Lines of the same left and right end, each stack from top to bottom."""
    stacks: list[list[Rect]] = []
    for line in sorted(lines, key=lambda box: (box.top, box.left)):
        for stack in stacks:
            first = stack[0]
            if abs(first.left - line.left) <= slack and abs(first.right - line.right) <= slack:
                if line.top - stack[-1].bottom > slack / 2:
                    stack.append(line)
                break
        else:
            stacks.append([line])
    return stacks
