"""What people use today: multi-scale template matching on edges, the yardstick of the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Point

if TYPE_CHECKING:
    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect

SCALES = tuple(np.geomspace(0.5, 2.0, 13))
LONGEST = 1280


def find_by_template(source: Frame, box: Rect, target: Frame) -> Point | None:
    """Where the edges of `box` correlate best with the edges of the target, over all scales.

    The densities of both screens are taken as known, which favours the yardstick.
    """
    shrink = min(1.0, LONGEST / max(target.size.width, target.size.height))
    there = _edges(target, shrink)
    template = source.crop(box.expanded(2))
    if min(template.shape[:2]) < 4:
        return None
    best, point = -1.0, None
    ratio = shrink * target.density / source.density
    for scale in SCALES:
        size = [round(side * scale * ratio) for side in (template.shape[1], template.shape[0])]
        if min(size) < 4 or size[0] > there.shape[1] or size[1] > there.shape[0]:
            continue
        here = _canny(cv2.resize(np.ascontiguousarray(template), size))
        if not here.any():
            continue
        fit = cv2.matchTemplate(there, here, cv2.TM_CCOEFF_NORMED)
        _, score, _, (x, y) = cv2.minMaxLoc(fit)
        if np.isfinite(score) and score > best:
            best = score
            point = Point((x + size[0] / 2) / shrink, (y + size[1] / 2) / shrink)
    return point


def _edges(frame: Frame, shrink: float) -> np.ndarray:
    size = (round(frame.size.width * shrink), round(frame.size.height * shrink))
    return _canny(cv2.resize(frame.bgr, size, interpolation=cv2.INTER_AREA))


def _canny(pixels: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY if pixels.shape[2] == 3 else cv2.COLOR_BGRA2GRAY)
    return cv2.Canny(grey, 50, 150)
