"""Average precision after COCO, recall at IoU .5, and centre hits."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import iou

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from models.train.labels import Labels
    from vistest.vision.detectors.decoding import Boxes

_MOST_DETECTIONS = 600
_LARGEST_HIT = 2.0
_SAME = 0.5
_CLICKABLE = 0.5


@dataclass(frozen=True, slots=True)
class Precision:
    """Average precision over the classes that the truth holds.

    Attributes:
        map50: At IoU .5.
        map50_95: Mean over IoU .5, .55, ... .95.
        by_class: At IoU .5, by class.
    """

    map50: float
    map50_95: float
    by_class: dict[str, float]


def average_precision(found: Sequence[Boxes], truths: Sequence[Labels]) -> Precision:
    """Average precision as COCO defines it, up to 600 detections per picture."""
    with contextlib.redirect_stdout(io.StringIO()):  # pycocotools prints its progress
        truth = COCO()
        truth.dataset = _dataset(truths)
        truth.createIndex()
        rows = _rows(
            [without_behind(boxes, labels) for boxes, labels in zip(found, truths, strict=True)]
        )
        if len(rows) == 0:
            return Precision(0.0, 0.0, {})
        evaluation = COCOeval(truth, truth.loadRes(rows), "bbox")
        evaluation.params.maxDets = [_MOST_DETECTIONS]
        evaluation.params.areaRng = [[0, 1e10]]
        evaluation.params.areaRngLbl = ["all"]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, 0]  # (IoU, recall, class)
    present = precision[0].max(0) > -1
    mean = precision.mean(1)[:, present]
    names = np.array(ELEMENT_CLASSES)[present]
    by_class = dict(zip(names.tolist(), mean[0].tolist(), strict=True))
    return Precision(float(mean[0].mean()), float(mean.mean()), by_class)


def without_behind(boxes: Boxes, labels: Labels) -> Boxes:
    """Without what was found behind a scrim and is no labelled object."""
    if len(labels.behind) == 0:
        return boxes
    keep = [
        iou(corners, labels.behind).max() < _SAME
        or iou(corners, labels.boxes).max(initial=0) >= _SAME
        for corners in boxes.corners
    ]
    return boxes.take(np.array(keep, bool))


def _dataset(truths: Sequence[Labels]) -> dict[str, list[dict[str, object]]]:
    annotations = [
        {
            "id": 0,
            "image_id": n,
            "category_id": int(cls),
            "bbox": [*box[:2], *(box[2:] - box[:2])],
            "area": float((box[2:] - box[:2]).prod()),
            "iscrowd": 0,
        }
        for n, labels in enumerate(truths)
        for box, cls in zip(labels.boxes.astype(float), labels.classes, strict=True)
    ]
    for number, annotation in enumerate(annotations):
        annotation["id"] = number + 1  # 0 means "no match" to pycocotools
    return {
        "info": [],
        "images": [{"id": n} for n in range(len(truths))],
        "annotations": annotations,
        "categories": [{"id": n, "name": name} for n, name in enumerate(ELEMENT_CLASSES)],
    }


def _rows(found: Sequence[Boxes]) -> NDArray[np.float64]:
    parts = [
        np.column_stack(
            [
                np.full(len(boxes), n),
                boxes.corners[:, :2],
                boxes.corners[:, 2:] - boxes.corners[:, :2],
                boxes.scores,
                boxes.classes,
            ]
        )
        for n, boxes in enumerate(found)
    ]
    return np.concatenate(parts).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """What was found of the objects of some pictures, one value per object.

    Attributes:
        classes: int64 (n,).
        clickable: bool (n,).
        overlap: float32 (n,), best IoU with a detection of any class.
        right_class: bool (n,), found at IoU .5 by a detection of its class.
        centre: bool (n,), a tap at the centre of some detection would land on the object.
        tapped: bool (n,), the same, of a detection that is taken for something to act upon.
    """

    classes: NDArray[np.int64]
    clickable: NDArray[np.bool_]
    overlap: NDArray[np.float32]
    right_class: NDArray[np.bool_]
    centre: NDArray[np.bool_]
    tapped: NDArray[np.bool_]

    def share(self, values: NDArray[np.bool_], among: NDArray[np.bool_]) -> float | None:
        """The share of `values` that hold, `among` some objects; None if there are none."""
        return float(values[among].mean()) if among.any() else None

    @property
    def found(self) -> NDArray[np.bool_]:
        return self.overlap >= _SAME

    @property
    def is_text(self) -> NDArray[np.bool_]:
        return self.classes == ELEMENT_CLASSES.index("text")


def hits(found: Sequence[Boxes], truths: Sequence[Labels], threshold: float) -> Hits:
    """Compare detections of a score of `threshold` or more with the truth."""
    parts = [
        _hits_of(boxes.take(boxes.scores >= threshold), labels)
        for boxes, labels in zip(found, truths, strict=True)
    ]
    return Hits(
        np.concatenate([part.classes for part in parts]),
        np.concatenate([part.clickable for part in parts]),
        np.concatenate([part.overlap for part in parts]),
        np.concatenate([part.right_class for part in parts]),
        np.concatenate([part.centre for part in parts]),
        np.concatenate([part.tapped for part in parts]),
    )


def _hits_of(boxes: Boxes, labels: Labels) -> Hits:
    overlap, inside = _compare(boxes.corners, labels.boxes)
    same = boxes.classes[:, None] == labels.classes[None]
    return Hits(
        labels.classes,
        labels.clickable,
        overlap.max(0, initial=0).astype(np.float32),
        ((overlap >= _SAME) & same).any(0),
        inside.any(0),
        inside[boxes.clickable >= _CLICKABLE].any(0),
    )


def _compare(
    found: NDArray[np.float32], truth: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """IoU and centre hit of each detection (rows) with each object (columns).

    A detection more than twice as large as the object does not hit it: its centre would only be
    there by accident.
    """
    low = np.maximum(found[:, None, :2], truth[None, :, :2])
    high = np.minimum(found[:, None, 2:], truth[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(2)
    area = (found[:, 2:] - found[:, :2]).prod(1)[:, None]
    true_area = (truth[:, 2:] - truth[:, :2]).prod(1)[None]
    centre = (found[:, None, :2] + found[:, None, 2:]) / 2
    inside = (centre >= truth[None, :, :2]).all(2) & (centre < truth[None, :, 2:]).all(2)
    overlap = common / np.maximum(area + true_area - common, 1e-9)
    return overlap, inside & (area <= _LARGEST_HIT * true_area)
