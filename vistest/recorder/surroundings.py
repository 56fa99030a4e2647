"""Recognises the place where a secret was typed, as long as it is on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.core.geometry import Size

_REACH_DP = 48.0
_INSET = 4
_FEWEST_EDGES = 60
_SAME_SHARE = 0.25  # low: hiding too long is the lesser harm
_SURELY_SAME_SHARE = 0.8
_MOVED_LIKENESS = 0.6
_SHRINK = 4


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What lies around (and in) a hidden box; kept in memory only.

    Attributes:
        box: The hidden box.
        size: Of the screen.
        area: The box and what is around it.
        edges: Of shape `area`: where outlines ran around the box.
        likeness: `area` in grey, shrunk, to find it where it was scrolled to; None if it is blank.
    """

    box: Rect
    size: Size
    area: Rect
    edges: NDArray[np.bool_]
    likeness: NDArray[np.uint8] | None

    @classmethod
    def of(cls, frame: Frame, box: Rect) -> Surroundings:
        """The surroundings of `box` in `frame`."""
        area = box.expanded(_REACH_DP * frame.density).clipped(frame.size)
        edges = _edges_around(frame, area, box)
        if edges.sum() < _FEWEST_EDGES:
            area = Rect(0, 0, frame.size.width, frame.size.height)
            edges = _edges_around(frame, area, box)
        if edges.sum() < _FEWEST_EDGES:  # the box is all there is: then it must vanish itself
            edges = _edges(frame, area) > 0
        likeness = _shrunk(frame.crop(box))
        return cls(box, frame.size, area, edges, likeness if likeness.std() > 4 else None)

    def find(self, frame: Frame) -> list[Rect]:
        """Where the hidden box is on `frame`; empty on another screen."""
        share = self._share_in_place(frame) if frame.size == self.size else 0.0
        in_place = [self.box] if share >= _SAME_SHARE else []
        return in_place if share >= _SURELY_SAME_SHARE else [*in_place, *self._moved(frame)]

    def _share_in_place(self, frame: Frame) -> float:
        """How much of the outlines is where it was, 0 to 1."""
        total = self.edges.sum()
        if total == 0:
            return 0.0  # a blank screen shows nothing to hide
        now = cv2.dilate(_edges(frame, self.area), np.ones((3, 3), np.uint8)) > 0
        return float((self.edges & now).sum() / total)

    def _moved(self, frame: Frame) -> list[Rect]:
        if self.likeness is None:
            return []
        screen = _shrunk(frame.pixels)
        height, width = self.likeness.shape
        if screen.shape[0] < height or screen.shape[1] < width:
            return []
        scores = cv2.matchTemplate(screen, self.likeness, cv2.TM_CCOEFF_NORMED)
        _, best, _, (left, top) = cv2.minMaxLoc(scores)
        if best < _MOVED_LIKENESS:
            return []
        place = Rect(left, top, left + width, top + height).scaled(_SHRINK)
        return [place.expanded(_SHRINK).clipped(frame.size)]


def _edges(frame: Frame, area: Rect) -> NDArray[np.uint8]:
    gray = cv2.cvtColor(np.ascontiguousarray(frame.crop(area)), cv2.COLOR_BGRA2GRAY)
    return np.asarray(cv2.Canny(gray, 15, 45), np.uint8)


def _edges_around(frame: Frame, area: Rect, box: Rect) -> NDArray[np.bool_]:
    """Edges in `area` without the inside of `box`; the outline of the box counts."""
    edges = _edges(frame, area) > 0
    inside = box.expanded(-_INSET).translated(-area.left, -area.top)
    top, bottom = math.ceil(inside.top), math.floor(inside.bottom)
    edges[top:bottom, math.ceil(inside.left) : math.floor(inside.right)] = False
    return edges


def _shrunk(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    gray = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGRA2GRAY)
    width, height = (max(1, extent // _SHRINK) for extent in (gray.shape[1], gray.shape[0]))
    return np.asarray(cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
