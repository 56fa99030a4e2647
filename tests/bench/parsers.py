"""The parser of a bench: the product's own, or one with the detector that VISTEST_DETECTOR names.

`contour`, `learned` or `combined`; what is learned is the model in the package, or else the one in
`models/zoo`. VISTEST_DETECTOR_MODEL names another manifest.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.errors import ModelError
from vistest.vision.detectors.combined import CombinedDetector
from vistest.vision.detectors.contour import ContourDetector
from vistest.vision.detectors.learned import LearnedDetector, packaged_manifest
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine
from vistest.vision.parse import ScreenParser

if TYPE_CHECKING:
    from vistest.vision.contracts import Detector

_ZOO = Path(__file__).parents[2] / "models" / "zoo" / "detector.json"


def bench_parser() -> ScreenParser:
    """A parser with engines of its own.

    Raises:
        SystemExit: VISTEST_DETECTOR names no detector.
    """
    name = os.environ.get("VISTEST_DETECTOR")
    return ScreenParser(_detector(name), RapidOcrEngine()) if name else ScreenParser.default()


def learned_manifest() -> Path:
    """The model to measure."""
    if chosen := os.environ.get("VISTEST_DETECTOR_MODEL"):
        return Path(chosen)
    try:
        return packaged_manifest()
    except ModelError:
        return _ZOO


def _detector(name: str) -> Detector:
    match name:
        case "contour":
            return ContourDetector()
        case "learned":
            return LearnedDetector(learned_manifest())
        case "combined":
            return CombinedDetector(LearnedDetector(learned_manifest()), ContourDetector())
    raise SystemExit(f"VISTEST_DETECTOR={name}: contour, learned or combined are known")
