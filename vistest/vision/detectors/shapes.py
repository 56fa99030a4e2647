"""From pixels to outlines: edges at several strengths, and the closed shapes that they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# Differences of neighbouring pixels, 0 to 255. The faintest finds cards on a page of nearly the
# same colour, the strongest finds objects through shadows, gradients and JPEG noise.
STRENGTHS = (5, 16, 48)
INK_STRENGTH = 24
STRAIGHT = 0.75


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline, or a piece of ink.

    Attributes:
        box: Pixels of the working picture.
        fill: Share of the box that the outline encloses: 1 for a rectangle, 0.79 for a circle,
            little for a line with a knob.
        strength: The difference of pixels at which it shows.
    """

    box: Rect
    fill: float
    strength: int


def edge_strength(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The largest difference within 3x3 pixels in any channel: uint8 (h, w) of BGR (h, w, 3).

    The border of the picture counts as an edge, so that a row across the screen is closed.
    """
    spread = cv2.morphologyEx(pixels, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    edges = cv2.max(cv2.max(spread[:, :, 0], spread[:, :, 1]), spread[:, :, 2])
    edges[[0, -1], :] = 255
    edges[:, [0, -1]] = 255
    return np.asarray(edges, np.uint8)


def outlines(edges: NDArray[np.uint8], shortest: float, lowest_fill: float) -> list[Shape]:
    """Closed shapes with four straight sides, or round ones, at all strengths.

    Both the outside of edges and the holes that they enclose count: keys that share their
    border with the next key are holes only.
    """
    shapes = []
    for strength in STRENGTHS:
        mask = np.asarray(edges > strength, np.uint8)
        contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        nodes = tree[0] if tree is not None else ()
        for contour, node in zip(contours, nodes, strict=True):
            shape = _shape(
                np.asarray(contour, np.int32), strength, shortest, is_hole=bool(node[3] >= 0)
            )
            if shape is not None and shape.fill >= lowest_fill and _has_sides(mask, shape.box):
                shapes.append(shape)
    return shapes


def ink_mask(edges: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """0 or 1 where there is a clear edge, without the border of the picture."""
    mask = np.asarray(edges > INK_STRENGTH, np.uint8)
    mask[[0, -1], :] = 0
    mask[:, [0, -1]] = 0
    return mask


def pieces(mask: NDArray[np.uint8]) -> tuple[list[Shape], NDArray[np.int32]]:
    """Connected pieces of a mask, and the picture of their numbers (piece i has number i + 1)."""
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = [
        Shape(Rect(float(x), float(y), float(x + w), float(y + h)), area / (w * h), INK_STRENGTH)
        for x, y, w, h, area in stats[1:count].tolist()
    ]
    return found, np.asarray(numbers, np.int32)


def without(
    mask: NDArray[np.uint8], numbers: NDArray[np.int32], unwanted: Sequence[int]
) -> NDArray[np.uint8]:
    """The mask without the pieces of the given indices."""
    keep = np.ones(int(numbers.max()) + 1, np.uint8)
    keep[[index + 1 for index in unwanted]] = 0
    return np.asarray(mask & keep[numbers], np.uint8)


def joined(mask: NDArray[np.uint8], reach: int) -> NDArray[np.uint8]:
    """The mask with gaps of less than `reach` pixels closed: letters become words."""
    side = reach | 1  # an even kernel would shift the ink by a pixel
    kernel = np.ones((side, side), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)


def shrunk(box: Rect) -> Rect:
    """Without the one pixel that an edge reaches beyond the object."""
    return box.expanded(-1.0)


def _shape(
    contour: NDArray[np.int32], strength: int, shortest: float, *, is_hole: bool
) -> Shape | None:
    """An edge covers one pixel on each side of a step; both kinds end at the object's border."""
    left, top, width, height = cv2.boundingRect(contour)
    if min(width, height) - 2 < shortest:
        return None
    fill = min(1.0, cv2.contourArea(contour) / ((width - 1) * (height - 1)))
    box = Rect(float(left), float(top), float(left + width), float(top + height))
    return Shape(box if is_hole else shrunk(box), fill, strength)


def _has_sides(mask: NDArray[np.uint8], box: Rect) -> bool:
    """Whether there is an edge along the middle of each of the four sides.

    Words and letters fail here; for a circle the middle is short enough to look straight.
    """
    return all(float(side.mean()) >= STRAIGHT for side in _sides(mask, box))


def _sides(mask: NDArray[np.uint8], box: Rect) -> Iterator[NDArray[np.uint8]]:
    """For each side the edges along its middle, within two pixels of it."""
    height, width = mask.shape
    left, top, right, bottom = (int(value) for value in box.as_list())
    across, down = (right - left) // 3, (bottom - top) // 3
    columns, rows = slice(left + across, right - across), slice(top + down, bottom - down)
    for y in (top, bottom - 1):
        yield mask[max(0, y - 1) : min(height, y + 2), columns].max(axis=0)
    for x in (left, right - 1):
        yield mask[rows, max(0, x - 1) : min(width, x + 2)].max(axis=1)
