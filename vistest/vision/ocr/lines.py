"""Geometry of text lines: tight boxes, and lines that are really several captions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Between the entries of a menu bar the gap is wider than this share of the line's height. From
# the lower share on it may also be a space of a monospaced font, in which letters stand apart
# too: there it counts if it is so many times the gap between letters.
SURE_GAP = 1.2
LIKELY_GAP, LETTER_GAPS = 0.8, 6
INK_SHARE = 0.3
FAINTEST_INK = 12


def ink_of(crop: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which pixels of a BGR crop differ from its commonest colour, in either polarity."""
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(crop), cv2.COLOR_BGR2GRAY), np.uint8)
    paper = int(np.bincount(grey.ravel(), minlength=256).argmax())
    distance = np.abs(grey.astype(np.int16) - paper)
    return np.asarray(distance > max(FAINTEST_INK, INK_SHARE * int(distance.max())))


def tight_box(pixels: NDArray[np.uint8], box: Rect) -> Rect:
    """`box` shrunk to the ink in it; ruled lines along its top and bottom do not count."""
    left, top, right, bottom = _whole(pixels, box)
    if right - left < 3 or bottom - top < 3:
        return box
    ink = ink_of(pixels[top:bottom, left:right])
    ink = _without_frame(ink)
    rows, columns = ink.any(axis=1), ink.any(axis=0)
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
    inked = np.asarray(ink.any(axis=0))
    runs = column_runs(inked, caption_gap(inked, bottom - top))
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
        wide, high = 0.2 * box.height, 0.3 * box.height
        return Rect(box.left - wide, box.top - high, box.right + wide, box.bottom + high)
    em = max(box.height / 0.72, min(box.width, 2 * box.height + 8 * density) / 0.6)
    middle = box.center
    half_width, half_height = box.width / 2 + 0.25 * em, 0.8 * em
    return Rect(
        middle.x - half_width, middle.y - half_height, middle.x + half_width, middle.y + half_height
    )


def caption_gap(inked: NDArray[np.bool_], height: int) -> float:
    """The widest gap, in columns, within one caption of a line of `height` pixels."""
    places = np.flatnonzero(inked)
    gaps = np.diff(places) - 1
    gaps = gaps[gaps > 0]
    letters = float(np.median(gaps)) if gaps.size else 0.0
    return min(SURE_GAP * height, max(LIKELY_GAP * height, LETTER_GAPS * letters))


def column_runs(inked: NDArray[np.bool_], widest_gap: float) -> list[tuple[int, int]]:
    """Runs of true values as (start, end), joined over gaps of up to `widest_gap`."""
    places = np.flatnonzero(inked)
    if places.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(places) - 1 > widest_gap)
    starts = np.concatenate([places[:1], places[breaks + 1]])
    ends = np.concatenate([places[breaks], places[-1:]]) + 1
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _without_frame(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without lines along the upper or lower border, and then those along the other two.

    Only where there are lines above or below, a line at the left or right end is a border too:
    else it may be the letter l.
    """
    depth = max(2, ink.shape[0] // 6)
    rows = _at_ends(ink.mean(axis=1) > 0.9, depth)
    if not rows.any():
        return ink
    rest = ink & ~rows[:, None]
    columns = _at_ends(rest[~rows].mean(axis=0) > 0.9, depth) if not rows.all() else rows[:0]
    return np.asarray(rest & ~columns[None, :]) if columns.size else rest


def _at_ends(values: NDArray[np.bool_], depth: int) -> NDArray[np.bool_]:
    """The values among the first and last `depth`, false in between."""
    ends = np.zeros(values.size, np.bool_)
    ends[:depth] = ends[-depth:] = True
    return np.asarray(values & ends)


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
