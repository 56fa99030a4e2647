"""All figures of one detector on one set of screens."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.progress import track

from models.eval.engines import OPERATING_THRESHOLD, as_boxes
from models.eval.metrics import Hits, average_precision, hits
from vistest.core.scene import ELEMENT_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.eval.truth import Example
    from vistest.vision.contracts import Detector
    from vistest.vision.detectors.decoding import Boxes


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of a detector on a set; None where the set holds no such object.

    Attributes:
        screens: In the set.
        objects: In the set.
        map50: Average precision at IoU .5.
        map50_95: Mean of those at .5 to .95.
        recall50: Objects found at IoU .5, by any class: `all`, `text`, `nontext`, `clickable`
            and every class.
        right_class50: The same, by their own class.
        centre: Objects that a tap at the centre of some detection would land on.
        tapped: The same, of detections that are taken for something to act upon only.
        ap50_by_class: Average precision at IoU .5.
    """

    screens: int
    objects: int
    map50: float
    map50_95: float
    recall50: dict[str, float]
    right_class50: dict[str, float]
    centre: dict[str, float]
    tapped: dict[str, float]
    ap50_by_class: dict[str, float]

    def document(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def find_all(detector: Detector, examples: Sequence[Example]) -> list[Boxes]:
    """What `detector` finds in each example."""
    return [
        as_boxes(detector.detect(example.frame()))
        for example in track(examples, description=detector.name)
    ]


def score(
    found: Sequence[Boxes],
    examples: Sequence[Example],
    threshold: float = OPERATING_THRESHOLD,
) -> Score:
    """Score detections: precision over all of them, recall over those of `threshold` or more."""
    truths = [example.labels for example in examples]
    precision = average_precision(found, truths)
    result = hits(found, truths, threshold)
    return Score(
        len(examples),
        len(result.classes),
        precision.map50,
        precision.map50_95,
        _shares(result, result.found),
        _shares(result, result.right_class),
        _shares(result, result.centre),
        _shares(result, result.tapped),
        precision.by_class,
    )


def _shares(result: Hits, values: np.ndarray) -> dict[str, float]:
    groups = {
        "all": np.ones(len(result.classes), bool),
        "text": result.is_text,
        "nontext": ~result.is_text,
        "clickable": result.clickable,
    }
    groups |= {name: result.classes == index for index, name in enumerate(ELEMENT_CLASSES)}
    shares = {name: result.share(values, among) for name, among in groups.items()}
    return {name: share for name, share in shares.items() if share is not None}
