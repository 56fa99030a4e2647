"""How much of what one detector finds another finds too: what int8 costs against fp32."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.eval.engines import as_boxes
from vistest.vision.detectors.decoding import iou

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vistest.core.frame import Frame
    from vistest.vision.contracts import Detector
    from vistest.vision.detectors.decoding import Boxes

_SAME = 0.5


def agreement(reference: Detector, other: Detector, frames: Iterable[Frame]) -> float:
    """Share of the detections of `reference` that `other` finds at IoU .5 and with their class.

    It is 1 if `reference` finds nothing.
    """
    shared = total = 0
    for frame in frames:
        wanted, found = as_boxes(reference.detect(frame)), as_boxes(other.detect(frame))
        shared += sum(_is_among(found, wanted, index) for index in range(len(wanted)))
        total += len(wanted)
    return shared / total if total else 1.0


def _is_among(found: Boxes, wanted: Boxes, index: int) -> bool:
    alike = found.take(found.classes == wanted.classes[index])
    overlap = iou(wanted.corners[index], alike.corners)
    return bool(np.max(overlap, initial=0.0) >= _SAME)
