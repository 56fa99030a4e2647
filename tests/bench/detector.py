"""How good the learned detector is, beside the contour detector, on four kinds of screens.

It is the one that `tests.bench.parsers` names.

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

from tests.bench.parsers import learned_manifest
from vistest.core.errors import ModelError
from vistest.core.frame import Frame
from vistest.vision.detectors.learned import LearnedDetector, LearnedOptions
from vistest.vision.engine.engine import is_built

if TYPE_CHECKING:
    from models.eval.score import Score
    from tests.bench.figures import Bench

_ROOT = Path(__file__).parents[2]
_PHONE = (2400, 1080, 4)
_PHONE_DENSITY = 2.625


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    try:
        runtimes = _runtimes()
    except ModelError as error:
        console.print(f"{error}; only the contour detector is measured", markup=False)
    else:
        _measure_times(bench, runtimes, runs=5 if quick else 30)
        _note_size(bench)
    try:
        import models.eval.metrics  # noqa: F401
    except ImportError:
        console.print("pycocotools is missing: pip install --group train", markup=False)
        return
    _measure_sets(bench, quick=quick)


def _runtimes() -> dict[str, LearnedDetector]:
    """The same int8 network, by the figure that its time is printed as."""
    runtimes = {
        "detector_int8_ms": LearnedDetector(
            learned_manifest(), LearnedOptions(engine="onnxruntime")
        )
    }
    if is_built():
        runtimes["detector_engine_ms"] = LearnedDetector(
            learned_manifest(), LearnedOptions(engine="vistest")
        )
    return runtimes


def _measure_times(bench: Bench, runtimes: dict[str, LearnedDetector], runs: int) -> None:
    """One phone screen on one thread, from frame to detections; the runtimes take turns."""
    pixels = np.random.default_rng(0).integers(0, 256, _PHONE).astype(np.uint8)
    frame = Frame(pixels, density=_PHONE_DENSITY)
    times: dict[str, list[float]] = {name: [] for name in runtimes}
    for turn in range(runs + 1):
        for name, detector in runtimes.items():
            start = time.perf_counter()
            detector.detect(frame)
            if turn:  # the first one warms up
                times[name].append((time.perf_counter() - start) * 1e3)
    for name, values in times.items():
        bench.samples(name, values, "ms")


def _note_size(bench: Bench) -> None:
    import json

    parameters = json.loads(learned_manifest().read_text())["parameters"]
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
            detector = engine(name, learned_manifest())
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
