"""Where two pictures of a screen differ, and whether new shapes were drawn there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_NOISE = 8  # of 255: video of phones is lossy
_CELL = 8  # pixels; changes in neighbouring cells, or two cells aside, belong together
_LEVELS = 32
_RECOLOR_TOLERANCE = 32.0


def changed_regions(before: Pixels, after: Pixels) -> list[Rect]:
    """Boxes around what differs, uint8 (H, W, 4) each, on a grid of 8 pixels."""
    height, width = before.shape[:2]
    difference = cv2.absdiff(before, after)
    blue, green, red, _ = cv2.split(difference)
    changed = np.asarray(cv2.max(cv2.max(blue, green), red)) > _NOISE
    rows, columns = -(-height // _CELL), -(-width // _CELL)
    padded = np.zeros((rows * _CELL, columns * _CELL), np.bool_)
    padded[:height, :width] = changed
    cells = np.asarray(padded.reshape(rows, _CELL, columns, _CELL).any(axis=(1, 3)), np.uint8)
    joined = np.asarray(cv2.dilate(cells, np.ones((1, 3), np.uint8)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [
        Rect(left, top, left + wide, top + high).scaled(_CELL).clipped(Size(width, height))
        for left, top, wide, high, _ in stats[1:].tolist()
    ]


def is_recolored(before: Pixels, after: Pixels) -> bool:
    """Whether `after` shows the shapes of `before` in other colours: a button became enabled.

    That is so if each shade of `before` became one colour everywhere: then `after` says nothing
    that was not on the screen before.
    """
    gray = np.asarray(cv2.cvtColor(np.ascontiguousarray(before), cv2.COLOR_BGRA2GRAY), np.uint8)
    return all(
        _follows(gray, after[:, :, channel])
        or _follows(before[:, :, channel], after[:, :, channel])  # text smoothed by colour fringes
        for channel in range(3)
    )


def _follows(before: Pixels, after: Pixels) -> bool:
    """Whether `after` is a smooth function of `before`, pixel by pixel, with no exception."""
    shade = before.ravel().astype(np.float64)
    value = after.ravel().astype(np.float64)
    level = before.ravel() // (256 // _LEVELS)
    count = np.bincount(level, minlength=_LEVELS)
    seen = count > 0
    shades = np.bincount(level, shade, _LEVELS)[seen] / count[seen]
    values = np.bincount(level, value, _LEVELS)[seen] / count[seen]
    error = np.abs(value - np.interp(shade, shades, values))
    return bool(error.max() <= _RECOLOR_TOLERANCE)
