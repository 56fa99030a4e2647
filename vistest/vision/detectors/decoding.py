"""From the raw outputs of the detector network to boxes: decoding and suppression, in numpy.

It is kept outside of the graph, so that the graph holds nothing but convolutions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vistest.core.scene import ELEMENT_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STRIDES = (8, 16, 32)
LAYERS = 2
_HOLDERS = {"image", "button", "text_field", "slider", "dropdown", "tab", "list_item"}
# Layer 0: things drawn upon others; layer 1: things that others are drawn upon.
CLASS_LAYER = np.array([int(name in _HOLDERS) for name in ELEMENT_CLASSES])


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Detections of one picture, best first.

    Attributes:
        corners: float32 (n, 4): left, top, right, bottom in pixels of the network's input.
        scores: float32 (n,), 0 to 1.
        classes: int64 (n,), index into `ELEMENT_CLASSES`.
        clickable: float32 (n,), 0 to 1.
    """

    corners: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int64]
    clickable: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)

    def take(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> Boxes:
        """Those of `index`, in its order."""
        return Boxes(
            self.corners[index], self.scores[index], self.classes[index], self.clickable[index]
        )

    @classmethod
    def join(cls, parts: Sequence[Boxes]) -> Boxes:
        """All of `parts`, best first."""
        joined = cls(
            np.concatenate([part.corners for part in parts]),
            np.concatenate([part.scores for part in parts]),
            np.concatenate([part.classes for part in parts]),
            np.concatenate([part.clickable for part in parts]),
        )
        return joined.take(np.argsort(-joined.scores, kind="stable"))


def decode(
    outputs: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]], threshold: float
) -> Boxes:
    """Every box with a score of `threshold` or more.

    Args:
        outputs: Per stride the logits (classes + layers, h, w) and distances (4 * layers, h, w).
        threshold: Score, 0 to 1.
    """
    return Boxes.join(
        [
            _decode_level(logits, distances, stride, threshold)
            for (logits, distances), stride in zip(outputs, STRIDES, strict=True)
        ]
    )


def _decode_level(
    logits: NDArray[np.float32], distances: NDArray[np.float32], stride: int, threshold: float
) -> Boxes:
    count = len(CLASS_LAYER)
    least = np.log(threshold / (1 - threshold))
    found = np.flatnonzero(logits[:count] >= least)  # nine times as fast as nonzero of three axes
    classes, rows, columns = np.unravel_index(found, (count, *logits.shape[1:]))
    layers = CLASS_LAYER[classes]
    sides = distances.reshape(LAYERS, 4, *distances.shape[1:])[layers, :, rows, columns] * stride
    x = (columns + 0.5) * stride
    y = (rows + 0.5) * stride
    corners = np.stack([x - sides[:, 0], y - sides[:, 1], x + sides[:, 2], y + sides[:, 3]], 1)
    return Boxes(
        corners.astype(np.float32),
        _sigmoid(logits[classes, rows, columns]),
        classes,
        _sigmoid(logits[count + layers, rows, columns]),
    )


def _sigmoid(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-x))).astype(np.float32)


def suppress(boxes: Boxes, overlap: float, limit: int) -> Boxes:
    """Keep the best of those that overlap by more than `overlap` (IoU) within their layer.

    Within a layer and not only within a class: a thing that could be a button or a tab is one
    thing, not two. At most `limit` boxes are kept.
    """
    if len(boxes) == 0:
        return boxes
    low = boxes.corners[:, :2] - boxes.corners[:, :2].min(0)  # layers are told apart by shifting
    sides = np.clip(boxes.corners[:, 2:] - boxes.corners[:, :2], 0, None)
    rectangles: Any = np.concatenate([low, sides], 1).astype(np.float64)
    scores: Any = boxes.scores
    layers: Any = CLASS_LAYER[boxes.classes].astype(np.int32)
    kept = cv2.dnn.NMSBoxesBatched(rectangles, scores, layers, 0.0, overlap)
    return boxes.take(np.asarray(kept, np.int64)[:limit])


def iou(box: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of one box (4,) with each of `others` (n, 4)."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    common = np.clip(high - low, 0, None).prod(1)
    areas = np.clip(others[:, 2:] - others[:, :2], 0, None).prod(1)
    area = np.clip(box[2:] - box[:2], 0, None).prod()
    return np.asarray(common / np.maximum(area + areas - common, 1e-9), np.float32)
