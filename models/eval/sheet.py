"""Failure sheets: the screens with the most misses, what is missed drawn in red."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from models.eval.metrics import hits
from vistest.vision.images import write_png

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from models.eval.truth import Example
    from vistest.vision.detectors.decoding import Boxes

_HEIGHT = 900
_MISSED, _FOUND = (0, 0, 255), (0, 170, 0)


def failure_sheet(
    found: Sequence[Boxes],
    examples: Sequence[Example],
    threshold: float,
    path: Path,
    most: int = 8,
) -> None:
    """Draw the `most` screens with the most objects that no detection overlaps by IoU .5.

    Red: missed objects. Green: detections.
    """
    missed = [
        int((~hits([boxes], [example.labels], threshold).found).sum())
        for boxes, example in zip(found, examples, strict=True)
    ]
    worst = np.argsort(missed, kind="stable")[::-1][:most]
    panels = [_panel(found[n], examples[n], threshold, missed[n]) for n in worst]
    if panels:
        write_png(path, np.concatenate(panels, axis=1))


def _panel(boxes: Boxes, example: Example, threshold: float, missed: int) -> NDArray[np.uint8]:
    pixels = example.frame().bgr
    factor = _HEIGHT / pixels.shape[0]
    picture = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    seen = boxes.take(boxes.scores >= threshold)
    for box in seen.corners * factor:
        _draw(picture, box, _FOUND, 1)
    lost = ~hits([boxes], [example.labels], threshold).found
    for box in example.labels.boxes[lost] * factor:
        _draw(picture, box, _MISSED, 2)
    caption = f"{example.group[:24]}: {missed} missed"
    cv2.rectangle(picture, (0, 0), (picture.shape[1], 20), (255, 255, 255), -1)
    cv2.putText(picture, caption, (4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1)
    return np.asarray(cv2.copyMakeBorder(picture, 0, 0, 0, 6, cv2.BORDER_CONSTANT), np.uint8)


def _draw(
    picture: NDArray[np.uint8], box: NDArray[np.float32], colour: tuple[int, int, int], width: int
) -> None:
    left, top, right, bottom = (round(float(value)) for value in box)
    cv2.rectangle(picture, (left, top), (right, bottom), colour, width)
