"""A descriptor of how an object looks, blind to light/dark polarity and to size.

A histogram of gradient orientations (modulo 180 degrees, so that white on black and black on
white agree) over a grid of cells, on a crop of fixed size. Measured to match icons across
themes as well as an embedding by a pretrained network.
"""

from __future__ import annotations

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
LENGTH = CELLS * CELLS * BINS


def describe(frame: Frame, boxes: Sequence[Rect]) -> NDArray[np.float32]:
    """float32 of shape (len(boxes), LENGTH), unit rows; a box without any contrast gives zeros."""
    if not boxes:
        return np.zeros((0, LENGTH), np.float32)
    crops = np.stack([_crop(frame, box) for box in boxes])
    return _histograms(crops)


def similarity(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of every row of `first` (n, D) with every row of `second` (m, D): (n, m), 0 to 1."""
    return np.asarray(np.clip(first @ second.T, 0.0, 1.0), np.float32)


def _crop(frame: Frame, box: Rect) -> NDArray[np.float32]:
    """Grey picture (SIDE, SIDE) of the box with a small margin, padded by its border."""
    long = max(box.width, box.height)
    part = frame.crop(box.expanded(0.06 * long))
    if min(part.shape[:2]) < 2:
        return np.zeros((SIDE, SIDE), np.float32)
    height, width = part.shape[:2]
    tall, wide = max(0, round(width / WIDEST) - height), max(0, round(height / WIDEST) - width)
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGRA2GRAY)
    if tall or wide:
        grey = np.asarray(
            cv2.copyMakeBorder(
                grey,
                tall // 2,
                tall - tall // 2,
                wide // 2,
                wide - wide // 2,
                cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )
    way = cv2.INTER_AREA if min(grey.shape) > SIDE else cv2.INTER_LINEAR
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=way)
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
    base = (np.arange(count) * LENGTH)[:, None, None] + place
    total = np.bincount(
        np.concatenate([(base + first).ravel(), (base + second).ravel()]),
        np.concatenate([(strength * (1 - share)).ravel(), (strength * share).ravel()]),
        count * LENGTH,
    ).reshape(count, LENGTH)
    return _unit(np.sqrt(total))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rows scaled to length 1, without one cell ruling the rest; zeros stay zeros."""
    for _ in range(2):
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        rows = np.minimum(rows / np.maximum(length, 1e-9), 0.3)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), np.float32)
