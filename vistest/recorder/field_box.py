"""The input field around a point, found by its outline alone: a recorder needs no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.core.geometry import Point

_SMALLEST_DP = (24.0, 14.0)
_TALLEST_DP = 120.0
_OUTLINE_SHARE = 0.7


def field_box(pixels: NDArray[np.uint8], point: Point, density: float) -> Rect | None:
    """The smallest outlined box around `point` that can be an input field.

    Args:
        pixels: uint8 (H, W, 4), BGRA.
        point: A point inside of it.
        density: Device pixels per dp.
    """
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY)
    outlines = cv2.dilate(cv2.Canny(gray, 15, 45), np.ones((3, 3), np.uint8))
    edges = np.asarray(outlines, np.uint8)
    contours, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (_box(cv2.boundingRect(contour)) for contour in contours)
    fields = [
        box
        for box in boxes
        if box.contains(point) and _is_field_sized(box, density) and _is_outlined(edges, box)
    ]
    return min(fields, key=lambda box: box.area, default=None)


def _box(rectangle: Sequence[int]) -> Rect:
    left, top, width, height = rectangle
    return Rect(left, top, left + width, top + height)


def _is_field_sized(box: Rect, density: float) -> bool:
    width, height = box.width / density, box.height / density
    return (
        width >= _SMALLEST_DP[0]
        and _SMALLEST_DP[1] <= height <= _TALLEST_DP
        and width >= 1.5 * height
    )


def _is_outlined(edges: NDArray[np.uint8], box: Rect) -> bool:
    """Whether edges run along the top and the bottom."""
    left, right = int(box.left), int(box.right)
    return all(
        (edges[max(row - 2, 0) : row + 3, left:right] > 0).any(axis=0).mean() >= _OUTLINE_SHARE
        for row in (int(box.top), int(box.bottom) - 1)
    )
