"""The outline of an object that no detector knows, such as a piece of a game."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Point, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vistest.codegen.options import ObjectOptions
    from vistest.core.frame import Frame

_EDGE = 24
"""Difference of neighbouring pixels, 0 to 255, that is an edge and not noise of the video."""

_LINE_DP = 12.0
"""Sides of the two outlines of one drawn line are nearer to each other, corners included."""


def outline_at(frame: Frame, point: Point, options: ObjectOptions) -> Rect | None:
    """The box of the smallest closed thing around `point`, or None if there is none."""
    reach = options.outline_reach_dp * frame.density
    window = Rect(point.x, point.y, point.x, point.y).expanded(reach).clipped(frame.size)
    corner = Point(round(window.left), round(window.top))
    crop = frame.crop(window)
    if crop.size == 0:
        return None
    inside = Point(point.x - corner.x, point.y - corner.y)
    smallest = options.smallest_dp * frame.density
    boxes = [
        box
        for box in _closed_boxes(_edges(crop, frame.density))
        if box.contains(inside) and min(box.width, box.height) >= smallest
    ]
    if not boxes:
        return None
    inner = min(boxes, key=lambda box: box.area)
    # A drawn line has an inner and an outer outline; the object goes to the outer edge.
    line = _LINE_DP * frame.density
    outer = max((box for box in boxes if _is_around(box, inner, line)), key=lambda box: box.area)
    return outer.translated(corner.x, corner.y)


def _is_around(box: Rect, inner: Rect, line: float) -> bool:
    sides = zip(box.as_list(), inner.as_list(), strict=True)
    return all(abs(one - other) <= line for one, other in sides)


def _edges(crop: NDArray[np.uint8], density: float) -> NDArray[np.uint8]:
    """Edges, 0 or 1, with gaps of about a dp closed."""
    spread = cv2.morphologyEx(
        np.ascontiguousarray(crop[:, :, :3]), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)
    )
    mask = np.asarray(spread.max(axis=2) > _EDGE, np.uint8)
    side = max(3, round(density) * 2 + 1)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.asarray(closed, np.uint8)


def _closed_boxes(mask: NDArray[np.uint8]) -> Iterator[Rect]:
    """Boxes of outer outlines that the window does not cut off."""
    height, width = mask.shape
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        left, top, across, down = cv2.boundingRect(contour)
        if left > 0 and top > 0 and left + across < width and top + down < height:
            yield Rect(left, top, left + across, top + down)
