"""Two detectors as one: what a network has learned, and outlines that it does not know.

The network says what things are and what reacts; the outlines say to the pixel where a thing ends,
and find what looks like nothing that was trained on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import CLASS_LAYER, iou

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.vision.contracts import Detection, Detector

_HOLDERS = frozenset(
    name for name, layer in zip(ELEMENT_CLASSES, CLASS_LAYER, strict=True) if layer
)


@dataclass(frozen=True, slots=True)
class CombinedOptions:
    """How two detectors are joined.

    Attributes:
        sure: Score from which on what was learned stands against an outline.
        same: IoU from which on an outline is the edge of a thing that was learned.
        known: IoU from which on an outline is no other thing than what was learned.
        own: IoU from which on a thing that was learned has an outline of its own.
        within: Share of one without that lies in an outline of its class, of which it is a part.
        inside: Share of a piece of ink in a learned text or icon that makes it a part of that.
        lowest, highest: Scores of what outlines alone have found.
    """

    sure: float = 0.25
    same: float = 0.6
    known: float = 0.3
    own: float = 0.5
    within: float = 0.9
    inside: float = 0.6
    lowest: float = 0.25
    highest: float = 0.45


class CombinedDetector:
    """A `Detector` that adds to the things that `learned` finds those that only `outlines` does."""

    def __init__(
        self, learned: Detector, outlines: Detector, options: CombinedOptions = CombinedOptions()
    ) -> None:
        self._learned = learned
        self._outlines = outlines
        self._options = options

    @property
    def name(self) -> str:
        return f"{self._learned.name} and {self._outlines.name}"

    def detect(self, frame: Frame) -> list[Detection]:
        """All objects, those that were learned first."""
        return combined(self._learned.detect(frame), self._outlines.detect(frame), self._options)


def combined(
    learned: Sequence[Detection], outlines: Sequence[Detection], options: CombinedOptions
) -> list[Detection]:
    """What was learned, holders with the edges of their outlines, then the other outlines."""
    shapes = [one for one in outlines if one.cls != "text"]
    edges = _corners(shapes)
    found = [
        _sharp(one, shapes, edges, options.same)
        for one in learned
        if not _is_part(one, shapes, edges, options)
    ]
    sure = [one for one in found if one.score >= options.sure]
    corners = _corners(sure)
    return found + [
        replace(one, score=options.lowest + (options.highest - options.lowest) * one.score)
        for one in outlines
        if not (
            _is_inside(one, sure, options.inside)
            if one.cls == "text"
            else _overlap(one, corners).max(initial=0) >= options.known
        )
    ]


def _sharp(
    one: Detection, shapes: Sequence[Detection], edges: NDArray[np.float32], same: float
) -> Detection:
    """A holder with the box of the outline that is most like its own; other things as they are."""
    overlap = _overlap(one, edges) if one.cls in _HOLDERS else np.zeros(0)
    if overlap.max(initial=0) < same:
        return one
    return replace(one, box=shapes[int(overlap.argmax())].box)


def _is_part(
    one: Detection,
    shapes: Sequence[Detection],
    edges: NDArray[np.float32],
    options: CombinedOptions,
) -> bool:
    """Whether a holder is a piece of a larger thing of its class, beyond whose ends none was seen.

    Of 17 such boxes on 75 training screens 2 were objects.
    """
    if one.cls not in _HOLDERS or _overlap(one, edges).max(initial=0) >= options.own:
        return False
    return any(
        shape.cls == one.cls
        and shape.box.area >= 2 * one.box.area
        and one.box.covered_by(shape.box) >= options.within
        for shape in shapes
    )


def _is_inside(piece: Detection, sure: Sequence[Detection], share: float) -> bool:
    return any(one.cls not in _HOLDERS and piece.box.covered_by(one.box) > share for one in sure)


def _overlap(one: Detection, corners: NDArray[np.float32]) -> NDArray[np.float32]:
    return iou(np.array(one.box.as_list(), np.float32), corners)


def _corners(found: Sequence[Detection]) -> NDArray[np.float32]:
    return np.array([one.box.as_list() for one in found], np.float32).reshape(-1, 4)
