"""What moved between two frames. Pure: frames in, boxes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.frame import Frame

_NOISE_LEVEL = 10
"""Differences up to this many grey levels are dithering and video noise."""

_MERGE_DP = 12
"""Changed pixels closer than this belong to one moving thing."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Where two frames differ.

    Attributes:
        boxes: Around each changed region, device pixels.
        resized: The frames have different sizes; then the whole new frame is one box.
    """

    boxes: tuple[Rect, ...]
    resized: bool = False

    def __bool__(self) -> bool:
        return bool(self.boxes)

    def touches(self, area: Rect) -> bool:
        """Whether anything moved inside `area`."""
        return any(box.intersection(area) is not None for box in self.boxes)

    def larger_than(self, extent: float) -> tuple[Rect, ...]:
        """The boxes that are wider or higher than `extent` pixels."""
        return tuple(box for box in self.boxes if max(box.width, box.height) > extent)

    def outside(self, areas: tuple[Rect, ...]) -> tuple[Rect, ...]:
        """The boxes of which some part lies outside of every one of `areas`."""
        return tuple(
            box for box in self.boxes if not any(box.covered_by(area) > 0.99 for area in areas)
        )


def motion_between(before: Frame, after: Frame) -> Motion:
    """Compare two frames of one screen."""
    if before.size != after.size:
        size = after.size
        return Motion((Rect(0, 0, size.width, size.height),), resized=True)
    if before.pixels is after.pixels:
        return Motion(())
    difference = cv2.absdiff(before.pixels, after.pixels)
    difference[:, :, 3] = 0
    changed = (cv2.transform(difference, np.ones((1, 4), np.float32)) > _NOISE_LEVEL).astype(
        np.uint8
    )
    if not changed.any():
        return Motion(())
    return Motion(_regions(changed, round(_MERGE_DP * after.density)))


def _regions(changed: NDArray[np.uint8], reach: int) -> tuple[Rect, ...]:
    """Boxes around groups of changed pixels that lie within `reach` of each other."""
    step = max(1, reach // 2)
    height, width = changed.shape
    padded = np.pad(changed, ((0, -height % step), (0, -width % step)))
    cells = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    coarse = cells.max(axis=(1, 3))
    grown = cv2.dilate(coarse, np.ones((3, 3), np.uint8))
    count, labels = cv2.connectedComponents(grown, connectivity=8)
    ys, xs = np.nonzero(changed)
    owner = labels[ys // step, xs // step]
    boxes = []
    for label in range(1, count):
        own = owner == label
        boxes.append(
            Rect(
                float(xs[own].min()),
                float(ys[own].min()),
                float(xs[own].max() + 1),
                float(ys[own].max() + 1),
            )
        )
    return tuple(boxes)
