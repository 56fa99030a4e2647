"""The detectors that are compared, and what they find as arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.eval.layouts import LOW_THRESHOLD
from models.eval.truth import STILL_CLASSES
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.contracts import Detection
from vistest.vision.detectors.combined import CombinedDetector
from vistest.vision.detectors.contour import ContourDetector
from vistest.vision.detectors.decoding import Boxes
from vistest.vision.detectors.learned import LearnedDetector, LearnedOptions
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vistest.core.frame import Frame
    from vistest.vision.contracts import Detector, OcrEngine

OPERATING_THRESHOLD = LearnedOptions().threshold


class OcrOnly:
    """A `Detector` that knows texts only: what a tool finds that just reads the screen."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        return f"only {self._engine.name}"

    def detect(self, frame: Frame) -> list[Detection]:
        """The lines of text."""
        return [Detection("text", line.box, line.score) for line in self._engine.read(frame)]


def engine(name: str, manifest: Path | None = None) -> Detector:
    """`learned`, `contour`, `combined` of the two, or `ocr`.

    What is learned keeps doubtful boxes, for the precision.
    """
    if name == "contour":
        return ContourDetector()
    if name == "ocr":
        return OcrOnly(RapidOcrEngine())
    learned = LearnedDetector(manifest, replace(LearnedOptions(), threshold=LOW_THRESHOLD))
    return CombinedDetector(learned, ContourDetector()) if name == "combined" else learned


def as_boxes(detections: Sequence[Detection]) -> Boxes:
    """Best first; where the engine cannot tell clickability, the class does."""
    found = sorted(detections, key=lambda detection: -detection.score)
    return Boxes(
        np.array([d.box.as_list() for d in found], np.float32).reshape(-1, 4),
        np.array([d.score for d in found], np.float32),
        np.array([ELEMENT_CLASSES.index(d.cls) for d in found], np.int64),
        np.array([_clickability(d) for d in found], np.float32),
    )


def _clickability(detection: Detection) -> float:
    if detection.clickable is not None:
        return detection.clickable
    return 0.0 if detection.cls in STILL_CLASSES else 1.0
