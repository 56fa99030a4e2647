"""How good the learned detector is, beside the contour detector, on four kinds of screens.

It is the one in the package, or else the one in `models/zoo`.

What a set needs, and where it is looked for unless the environment says otherwise:
VISTEST_RENDERED_SCREENS, the folder of `scripts/detector-data` (out/detector);
VISTEST_ANDROID_SCREENS, real screens with their trees (../shared/data/android-dev);
VISTEST_DESKTOP_SCREENS, made by `models.eval.desktop` (taken now if it is not there).
A set that is missing gives no figure.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console

from vistest.core.errors import ModelError
from vistest.core.frame import Frame
from vistest.vision.detectors.learned import LearnedDetector, packaged_manifest

if TYPE_CHECKING:
    from models.eval.score import Score
    from tests.bench.figures import Bench

_ROOT = Path(__file__).parents[2]
_PHONE = (2400, 1080, 4)
_PHONE_DENSITY = 2.625


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    try:
        detector = LearnedDetector(_manifest())
    except ModelError as error:
        console.print(f"{error}; only the contour detector is measured", markup=False)
    else:
        _measure_time(bench, detector, runs=5 if quick else 30)
        _note_size(bench)
    try:
        import models.eval.metrics  # noqa: F401
    except ImportError:
        console.print("pycocotools is missing: pip install --group train", markup=False)
        return
    _measure_sets(bench, quick=quick)


def _measure_time(bench: Bench, detector: LearnedDetector, runs: int) -> None:
    """One phone screen on one thread, from frame to detections."""
    pixels = np.random.default_rng(0).integers(0, 256, _PHONE).astype(np.uint8)
    frame = Frame(pixels, density=_PHONE_DENSITY)
    detector.detect(frame)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        detector.detect(frame)
        times.append((time.perf_counter() - start) * 1e3)
    bench.samples("detector_int8_ms", times, "ms")


def _note_size(bench: Bench) -> None:
    import json

    parameters = json.loads(_manifest().read_text())["parameters"]
    bench.count("parameters_m", parameters / 1e6, "million", 1)


def _measure_sets(bench: Bench, *, quick: bool) -> None:
    from models.eval.engines import engine
    from models.eval.score import find_all, score
    from models.eval.truth import sets_of, spread

    sets = sets_of(_rendered(), _android(), _desktop())
    for name, suffix in (
        ("learned", ""),
        ("combined", "_combined"),
        ("contour", "_contour"),
        ("ocr", "_ocr"),
    ):
        try:
            detector = engine(name, _manifest())
        except ModelError:
            continue
        for set_name, examples in sets.items():
            chosen = spread(examples, 8 if quick else 200)
            _note(bench, set_name, suffix, score(find_all(detector, chosen), chosen))


def _note(bench: Bench, set_name: str, suffix: str, result: Score) -> None:
    figures: dict[str, float | None] = {}
    if set_name == "layouts":
        figures = {"map50_layouts": result.map50}
    elif set_name == "kits":
        figures = {"map50_unseen_kits": result.map50, "map_unseen_kits": result.map50_95}
    elif set_name == "android":
        figures = {
            "recall50_nontext_android_dev": result.recall50.get("nontext"),
            "recall50_android_dev": result.recall50.get("all"),
            "centre_clickable_android_dev": result.tapped.get("clickable"),
        }
    elif set_name == "desktop":
        figures = {
            "recall50_nontext_desktop": result.recall50.get("nontext"),
            "centre_clickable_desktop": result.tapped.get("clickable"),
        }
    for name, value in figures.items():
        if value is not None:
            bench.count(name + suffix, value, "share", result.screens)
    bench.cases.append({"set": set_name, "engine": suffix or "learned", **result.document()})


def _manifest() -> Path:
    try:
        return packaged_manifest()
    except ModelError:
        return _ROOT / "models" / "zoo" / "detector.json"


def _rendered() -> Path | None:
    return _existing("VISTEST_RENDERED_SCREENS", _ROOT / "out" / "detector")


def _android() -> Path | None:
    return _existing("VISTEST_ANDROID_SCREENS", _ROOT.parent / "shared" / "data" / "android-dev")


def _desktop() -> Path | None:
    """Screens of real applications, captured once."""
    folder = _existing("VISTEST_DESKTOP_SCREENS", _ROOT / "out" / "desktop")
    if folder is None:
        from models.eval.desktop import APPLICATIONS, collect

        folder = _ROOT / "out" / "desktop"
        collect(folder, APPLICATIONS, Console(stderr=True))
    return folder


def _existing(variable: str, usual: Path) -> Path | None:
    path = Path(os.environ.get(variable, usual))
    return path if path.exists() else None
