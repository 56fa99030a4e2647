"""Geometry of text lines: tight boxes, and lines that are really several captions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A space between words is about 0.3 of the line's height, a gap between the entries of a menu
# bar more than one.
CAPTION_GAP = 0.95
INK_SHARE = 0.3
FAINTEST_INK = 12


def ink_of(crop: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pixels of a BGR crop differ from its commonest colour, in either polarity."""
    grey = cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_BGR2GRAY)
    paper = int(np.bincount(grey.ravel(), minlength=256).argmax())
    distance = np.abs(grey.astype(np.int16) - paper)
    return np.asarray(distance > max(FAINTEST_INK, INK_SHARE * int(distance.max())))


def tight_box(pixels: NDArray[np.uint8], box: Rect) -> Rect:
    """`box` shrunk to the ink in it; ruled lines along its top and bottom do not count."""
    left, top, right, bottom = _whole(pixels, box)
    if right - left < 3 or bottom - top < 3:
        return box
    ink = ink_of(pixels[top:bottom, left:right])
    rows, columns = _without_rules(ink).any(axis=1), _without_rules(ink).any(axis=0)
    if not rows.any():
        return box
    first, last = np.flatnonzero(rows)[[0, -1]]
    start, end = np.flatnonzero(columns)[[0, -1]]
    return Rect(
        float(left + start), float(top + first), float(left + end + 1), float(top + last + 1)
    )


def split_at_gaps(pixels: NDArray[np.uint8], box: Rect) -> list[Rect]:
    """The captions of a line, each with a tight box: one unless there are wide gaps in it."""
    left, top, right, bottom = _whole(pixels, box)
    if right - left < 3 or bottom - top < 3:
        return [box]
    ink = ink_of(pixels[top:bottom, left:right])
    runs = column_runs(np.asarray(ink.any(axis=0)), CAPTION_GAP * (bottom - top))
    if len(runs) < 2:
        return [box]
    pieces = [
        tight_box(pixels, Rect(left + start, top, left + end, bottom))
        for start, end in runs
        if not _is_rule(ink[:, start:end])
    ]
    return pieces or [box]


def reading_box(box: Rect, density: float) -> Rect:
    """What to hand to the recogniser for a line whose ink is in `box`.

    A word needs a narrow margin. A lone glyph needs the room of a whole line around it, so that
    its size tells - from = and 0 from o; how high that line is follows from its height or, for a
    flat sign, from its width.
    """
    if box.width > 1.6 * box.height and box.height >= 6 * density:
        return box.expanded(0.12 * box.height)
    em = max(box.height / 0.72, min(box.width, 2 * box.height + 8 * density) / 0.6)
    middle = box.center
    half_width, half_height = box.width / 2 + 0.25 * em, 0.8 * em
    return Rect(
        middle.x - half_width, middle.y - half_height, middle.x + half_width, middle.y + half_height
    )


def column_runs(inked: NDArray[np.bool_], widest_gap: float) -> list[tuple[int, int]]:
    """Runs of true values as (start, end), joined over gaps of up to `widest_gap`."""
    places = np.flatnonzero(inked)
    if places.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(places) - 1 > widest_gap)
    starts = np.concatenate([places[:1], places[breaks + 1]])
    ends = np.concatenate([places[breaks], places[-1:]]) + 1
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _without_rules(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without ruled lines that run along the upper or lower border, as in a text field."""
    height = ink.shape[0]
    ruled = ink.mean(axis=1) > 0.9
    border = np.zeros(height, np.bool_)
    border[: max(2, height // 6)] = border[-max(2, height // 6) :] = True
    return np.asarray(ink & ~(ruled & border)[:, None])


def _is_rule(ink: NDArray[np.bool_]) -> bool:
    height, width = ink.shape
    return width <= max(3, height // 8) and float(ink.any(axis=1).mean()) > 0.95


def _whole(pixels: NDArray[np.uint8], box: Rect) -> tuple[int, int, int, int]:
    height, width = pixels.shape[:2]
    return (
        max(0, int(box.left)),
        max(0, int(box.top)),
        min(width, round(box.right)),
        min(height, round(box.bottom)),
    )
