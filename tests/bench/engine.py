"""How fast the engine is beside ONNX Runtime and OpenVINO, all in turn, on one thread and on two.

Measured from a BGRA frame, of the size that a phone screen of 1080x2400 has for the detector, to
boxes: the network, decoding and suppression, which is the same numpy for all. `screen_*` is the
whole `Detector` from the phone's own frame, change of size included.

The dense network is that of models/zoo, or of the manifest that VISTEST_DENSE_MODEL names. The
sparse one is models/zoo/sparse/detector.json, or the manifest that VISTEST_SPARSE_MODEL names
(`models.sparsify run` writes it). Where there is none, the dense one with its smallest blocks at
zero takes its place. Its figures begin with `untrained_`: they are times of such a network, the
boxes that it would find are worth nothing, so those of the dense network are decoded, and no
accuracy is a figure then.

For the accuracy see `tests/bench/engines/accuracy.py`; VISTEST_NETS lists dense nets of other
widths (models/README.md). The other runtimes come with `pip install --group bench`.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
from rich.console import Console

from tests.bench.engines import accuracy, break_even
from tests.bench.engines.contestants import contestants
from tests.bench.engines.pictures import phone_screen
from tests.bench.engines.sparse_nets import block_sparsity, pruned
from vistest.vision.bundle import load_bundle
from vistest.vision.detectors.decoding import STRIDES, decode, suppress
from vistest.vision.detectors.learned import (
    LearnedDetector,
    LearnedOptions,
    input_factor,
    padded_pixels,
    read_manifest,
)
from vistest.vision.engine.engine import Engine
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.figures import Bench

_ZOO = Path(__file__).parents[2] / "models" / "zoo"
_SPARSITY = 0.75
_UNTRAINED = "untrained_sparse"
_OPTIONS = LearnedOptions()
_RATIOS = (
    ("sparse", "ort_int8"),
    ("sparse", "ort_fp32"),
    ("sparse", "openvino_int8"),
    ("sparse", "dense"),
    ("dense", "ort_int8"),
    ("dense", "openvino_int8"),
)


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    dense = Path(os.environ.get("VISTEST_DENSE_MODEL", _ZOO / "detector.json"))
    sparse = Path(os.environ.get("VISTEST_SPARSE_MODEL", _ZOO / "sparse" / "detector.json"))
    trained = sparse if sparse.exists() or "VISTEST_SPARSE_MODEL" in os.environ else None
    rounds = 4 if quick else 30
    _measure_speed(bench, dense, trained, rounds, console)
    _measure_detectors(bench, dense, trained, rounds)
    if trained is not None:
        pixels = _input()
        size = (pixels.shape[1], pixels.shape[0])
        accuracy.measure(bench, dense, trained, size, console, quick=quick)
    break_even.measure(bench, quick=quick)


def _input() -> Any:
    screen = phone_screen()
    return padded_pixels(screen, input_factor(screen, _OPTIONS))


def _measure_speed(
    bench: Bench, dense: Path, trained: Path | None, rounds: int, console: Console
) -> None:
    file = dense.parent / read_manifest(dense).file
    graph, frame = graph_from_onnx(file), _input()
    sparse = pruned(graph, _SPARSITY)
    name = _UNTRAINED
    if trained is not None:
        path = trained.parent / read_manifest(trained).bundle
        bundle = load_bundle(path)
        sparse, name = bundle.graph, "sparse"
        bench.count("bundle_mb", path.stat().st_size / 1e6, "MB", 1)
    else:
        console.print("no trained sparse network: the dense one's smallest blocks are dropped")
    layers = len(sparse.convolutions)
    prefix = "" if trained else "untrained_"
    bench.count(f"{prefix}block_sparsity", block_sparsity(sparse), "share", layers)
    outputs = Engine(graph).run(frame)
    bench.count("boxes", len(_boxes(outputs)), "boxes", 1)
    for threads in (1, 2):
        runners = contestants(onnx.load(file), graph, sparse, frame, threads, console)
        found = {key: _to_boxes(runner) for key, runner in runners.items()}
        own = found.pop("sparse")
        found[name] = own if trained else _to_boxes(runners["sparse"], outputs)
        wall, cpu = _in_turn(found, frame, rounds, runs=3)
        _note(bench, wall, "" if threads == 1 else f"_{threads}t")
        if threads == 1:  # what a busy machine tells more surely than the clock
            _note(bench, cpu, "_cpu")
    bench.samples("decoding_ms", [_time(lambda: _boxes(outputs)) for _ in range(10)], "ms")


def _measure_detectors(bench: Bench, dense: Path, trained: Path | None, rounds: int) -> None:
    """The whole detector, from a phone's frame to detections, on one thread."""
    screen = phone_screen()
    detectors = {
        "screen_dense": LearnedDetector(dense, replace(_OPTIONS, engine="vistest")),
        "screen_ort_int8": LearnedDetector(dense, replace(_OPTIONS, engine="onnxruntime")),
    }
    if trained is not None:
        detectors["screen_sparse"] = LearnedDetector(trained, replace(_OPTIONS, engine="vistest"))
    wall, _ = _in_turn({name: d.detect for name, d in detectors.items()}, screen, rounds, runs=1)
    _note(bench, wall, "")


def _boxes(outputs: Any) -> Any:
    levels = [(outputs[2 * n], outputs[2 * n + 1]) for n in range(len(STRIDES))]
    return suppress(decode(levels, _OPTIONS.threshold), _OPTIONS.overlap, _OPTIONS.limit)


def _to_boxes(runner: Callable[[Any], Any], instead: Any = None) -> Callable[[Any], Any]:
    """Runs a network and decodes what it gives, or `instead` of that."""

    def run(frame: Any) -> Any:
        outputs = runner(frame)
        return _boxes(outputs if instead is None else instead)

    return run


Rounds = dict[str, list[list[float]]]


def _in_turn(
    runners: dict[str, Callable[[Any], Any]], frame: Any, rounds: int, runs: int
) -> tuple[Rounds, Rounds]:
    """Milliseconds by contestant, round and run: of the clock, and of processor time."""
    wall: Rounds = {name: [] for name in runners}
    cpu: Rounds = {name: [] for name in runners}
    for runner in runners.values():
        runner(frame)
    for _ in range(rounds):
        for name, runner in runners.items():
            wall[name].append([])
            cpu[name].append([])
            for _ in range(runs):
                used = time.process_time()
                wall[name][-1].append(_time(lambda runner=runner: runner(frame)))
                cpu[name][-1].append((time.process_time() - used) * 1e3)
    return wall, cpu


def _time(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def _note(bench: Bench, rounds: Rounds, suffix: str) -> None:
    """Times, and ratios of them: of the least times round by round, and of the least of all."""
    for name, rows in rounds.items():
        bench.samples(f"{name}_ms{suffix}", [value for row in rows for value in row], "ms")
    for fast, slow in _RATIOS:
        for own in (fast, f"untrained_{fast}", f"screen_{fast}"):
            other = f"screen_{slow}" if own.startswith("screen_") else slow
            other = _UNTRAINED if other == "sparse" and _UNTRAINED in rounds else other
            if own in rounds and other in rounds:
                name = f"{own}_vs_{slow}"
                pairs = zip(rounds[other], rounds[own], strict=True)
                bench.samples(f"{name}{suffix}", [min(a) / min(b) for a, b in pairs], "times")
                least = min(map(min, rounds[other])) / min(map(min, rounds[own]))
                bench.count(f"{name}_of_minima{suffix}", least, "times", len(rounds[other]))
