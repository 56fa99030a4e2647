"""A descriptor of how an object looks, blind to light/dark polarity and to size.

Three parts of equal length, on a crop of fixed size:

- outline: a histogram of gradient orientations (modulo 180 degrees, so that white on black and
  black on white agree) over a grid of cells. Measured to match icons across themes as well as an
  embedding by a pretrained network. It takes a filled star and an outlined one for the same.
- filling: how far each cell of the grid stands out from the background, which tells those apart.
- colour: how much of what stands out is grey, and how much is of each hue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect

CELL = 8
CELLS = 5
SIDE = CELL * CELLS + 4
BINS = 9
# Stretching a wide caption onto a square makes all captions alike, so beyond this ratio of the
# sides the crop is padded instead.
WIDEST = 2.0
_GREY = np.array([0.114, 0.587, 0.299], np.float32)
HUES = 8
OUTLINE = CELLS * CELLS * BINS
FILLING = CELLS * CELLS + 1
LENGTH = OUTLINE + FILLING + HUES + 1
_PARTS = 3
_FAINT = 12.0  # levels of grey that anti-aliasing and compression may leave on a background
_VIVID = 110.0  # spread of the channels from which a colour counts in full


def describe(frame: Frame, boxes: Sequence[Rect]) -> NDArray[np.float32]:
    """float32 of shape (len(boxes), LENGTH), unit rows; a box without any contrast gives zeros."""
    if not boxes:
        return np.zeros((0, LENGTH), np.float32)
    crops = np.stack([_crop(frame, box) for box in boxes])
    outlines = _histograms(crops @ _GREY)
    inner = crops[:, 2:-2, 2:-2]
    ink = _ink(inner, _backgrounds(crops))
    looks = np.concatenate([outlines, _fillings(ink), _colours(inner, ink)], axis=1)
    blank = ~outlines.any(axis=1, keepdims=True)
    return np.asarray(np.where(blank, 0, looks / np.sqrt(_PARTS)), np.float32)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the rows of two sets of descriptors are, each (n, m), 0 to 1.

    Attributes:
        outline: Cosine of the outlines.
        filling: Likeness of what is filled and what is empty; 1 where it is not known.
        same_hue: Share of both that has colour, of the same hue.
        other_hue: Share of both that has colour, of another hue.
        one_grey: How far one has colour and the other has none.
    """

    outline: NDArray[np.float64]
    filling: NDArray[np.float64]
    same_hue: NDArray[np.float64]
    other_hue: NDArray[np.float64]
    one_grey: NDArray[np.float64]


def likeness(first: NDArray[np.floating], second: NDArray[np.floating]) -> Likeness:
    """Compare every row of `first` (n, D) with every row of `second` (m, D).

    Rows of OUTLINE numbers are outlines alone, as older scripts store them. Rows of lengths that
    cannot be compared are not alike at all.
    """
    whole = first.shape[1] == second.shape[1] == LENGTH
    left, right = _outline(first), _outline(second)
    nothing = np.zeros((len(first), len(second)))
    outline = np.clip(left @ right.T, 0, 1) if left.shape[1] == right.shape[1] else nothing
    seen = _seen(first)[:, None] & _seen(second)[None, :]
    if not whole:
        return Likeness(outline, seen.astype(float), nothing, nothing, nothing)
    filling = _overlap(_filled(first), _filled(second))
    colours = [np.sqrt(_PARTS) * rows[:, OUTLINE + FILLING :] for rows in (first, second)]
    grey = [rows[:, 0] ** 2 for rows in colours]
    same_hue = np.clip(colours[0][:, 1:] @ colours[1][:, 1:].T, 0, 1)
    both = np.sqrt(np.clip(1 - grey[0], 0, 1)[:, None] * np.clip(1 - grey[1], 0, 1)[None, :])
    one_grey = np.abs(grey[0][:, None] - grey[1][None, :]) * seen
    return Likeness(outline, filling, same_hue, np.clip(seen * both - same_hue, 0, 1), one_grey)


def _seen(rows: NDArray[np.floating]) -> NDArray[np.bool_]:
    """(n,): whether there is anything to compare."""
    return np.asarray(rows.any(axis=1), bool)


def _filled(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    """(n, cells): the filled share of each cell, up to a common factor."""
    return np.asarray(rows[:, OUTLINE : OUTLINE + CELLS * CELLS], float) ** 2


def _overlap(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, m): what both fill as a share of what either fills."""
    both = np.minimum(first[:, None], second[None]).sum(axis=2)
    either = np.maximum(first[:, None], second[None]).sum(axis=2)
    return np.asarray(both / np.maximum(either, 1e-9))


def _outline(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    part = np.asarray(rows[:, :OUTLINE] if rows.shape[1] == LENGTH else rows, float)
    return part * np.sqrt(_PARTS) if rows.shape[1] == LENGTH else part


def _crop(frame: Frame, box: Rect) -> NDArray[np.float32]:
    """BGR picture (SIDE, SIDE, 3) of the box with a small margin, padded by its border."""
    long = max(box.width, box.height)
    part = frame.crop(box.expanded(0.06 * long))
    if min(part.shape[:2]) < 2:
        return np.zeros((SIDE, SIDE, 3), np.float32)
    height, width = part.shape[:2]
    tall, wide = max(0, round(width / WIDEST) - height), max(0, round(height / WIDEST) - width)
    picture = np.ascontiguousarray(part[:, :, :3])
    if tall or wide:
        picture = np.asarray(
            cv2.copyMakeBorder(
                picture,
                tall // 2,
                tall - tall // 2,
                wide // 2,
                wide - wide // 2,
                cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )
    way = cv2.INTER_AREA if min(picture.shape[:2]) > SIDE else cv2.INTER_LINEAR
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=way)
    return np.asarray(small, np.float32)


def _histograms(crops: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit rows of orientation histograms of crops (n, SIDE, SIDE)."""
    across = crops[:, 1:-1, 2:] - crops[:, 1:-1, :-2]
    down = crops[:, 2:, 1:-1] - crops[:, :-2, 1:-1]
    across, down = across[:, 1:-1, 1:-1], down[:, 1:-1, 1:-1]
    strength = np.hypot(across, down)
    angle = np.mod(np.arctan2(down, across), np.pi) * (BINS / np.pi)
    low = np.floor(angle)
    share = angle - low
    first = low.astype(np.int64) % BINS
    second = (first + 1) % BINS
    count = len(crops)
    cell = np.arange(CELLS * CELL) // CELL
    place = (cell[:, None] * CELLS + cell[None, :]) * BINS
    base = (np.arange(count) * OUTLINE)[:, None, None] + place
    total = np.bincount(
        np.concatenate([(base + first).ravel(), (base + second).ravel()]),
        np.concatenate([(strength * (1 - share)).ravel(), (strength * share).ravel()]),
        count * OUTLINE,
    ).reshape(count, OUTLINE)
    return _unit(np.sqrt(total))


def _backgrounds(crops: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 3): the median colour along the edges of the crops."""
    edges = [crops[:, 0], crops[:, -1], crops[:, 1:-1, 0], crops[:, 1:-1, -1]]
    return np.asarray(np.median(np.concatenate(edges, axis=1), axis=1), np.float32)


def _ink(crops: NDArray[np.float32], backgrounds: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, h, w), 0 to 1: how far each pixel stands out, against what stands out most."""
    away = np.abs(crops - backgrounds[:, None, None, :]).max(axis=3)
    most = np.percentile(away, 95, axis=(1, 2))[:, None, None]
    return np.asarray(np.clip((away - _FAINT) / np.maximum(most - _FAINT, 1.0), 0, 1), np.float32)


def _fillings(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, FILLING) unit rows: the roots of the filled share of each cell, and of all the rest."""
    count = len(ink)
    filled = ink.reshape(count, CELLS, CELL, CELLS, CELL).mean(axis=(2, 4)).reshape(count, -1)
    shares = np.concatenate([filled, (1 - filled).sum(axis=1, keepdims=True)], axis=1)
    return np.asarray(np.sqrt(shares) / CELLS, np.float32)


def _colours(crops: NDArray[np.float32], ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 1 + HUES) unit rows: the roots of the shares of grey and of each hue in the ink."""
    count = len(crops)
    high = crops.max(axis=3)
    spread = high - crops.min(axis=3)
    blue, green, red = crops[..., 0], crops[..., 1], crops[..., 2]
    step = np.maximum(spread, 1e-6)
    turn = np.where(
        high == red,
        (green - blue) / step,
        np.where(high == green, 2 + (blue - red) / step, 4 + (red - green) / step),
    )
    place = np.mod(turn, 6) * (HUES / 6)
    low = np.floor(place)
    share = place - low
    vivid = ink * np.clip((spread - _FAINT) / _VIVID, 0, 1)
    base = (np.arange(count) * HUES)[:, None, None]
    first = low.astype(np.int64) % HUES
    hues = np.bincount(
        np.concatenate([(base + first).ravel(), (base + (first + 1) % HUES).ravel()]),
        np.concatenate([(vivid * (1 - share)).ravel(), (vivid * share).ravel()]),
        count * HUES,
    ).reshape(count, HUES)
    grey = (ink - vivid).sum(axis=(1, 2))[:, None]
    total = np.concatenate([grey, hues], axis=1)
    return np.asarray(
        np.sqrt(total / np.maximum(total.sum(axis=1, keepdims=True), 1e-6)), np.float32
    )


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rows scaled to length 1, without one cell ruling the rest; zeros stay zeros."""
    for _ in range(2):
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        rows = np.minimum(rows / np.maximum(length, 1e-9), 0.3)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), np.float32)
