"""How fast the engine is beside ONNX Runtime and OpenVINO, all in turn, on one thread and on two.

Measured from a BGRA frame, of the size that a phone screen of 1080x2400 has for the detector, to
the network's raw outputs. The sparse network is a trained one if the environment variable
VISTEST_SPARSE_BUNDLE names its bundle; else it is the detector with its smallest blocks at zero,
whose times are those of a trained network and whose boxes are worth nothing. So no accuracy is a
figure of this bench. The other runtimes come with `pip install --group bench`.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from rich.console import Console

from tests.bench.engines import break_even
from tests.bench.engines.contestants import contestants
from tests.bench.engines.sparse_nets import block_sparsity, pruned
from vistest.vision.detectors.decoding import decode, suppress
from vistest.vision.engine.engine import Engine
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from tests.bench.figures import Bench
    from vistest.vision.engine.graph import Graph

_DETECTOR = Path(__file__).parents[2] / "models" / "zoo" / "detector.onnx"
_SIZE = (928, 416)
_SPARSITY = 0.75
_RATIOS = (
    ("sparse_vs_ort_int8", "ort_int8", "sparse"),
    ("sparse_vs_ort_fp32", "ort_fp32", "sparse"),
    ("sparse_vs_openvino_int8", "openvino_int8", "sparse"),
    ("dense_vs_ort_int8", "ort_int8", "dense"),
    ("dense_vs_openvino_int8", "openvino_int8", "dense"),
    ("sparse_vs_dense", "dense", "sparse"),
)


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    model, dense = onnx.load(_DETECTOR), graph_from_onnx(_DETECTOR)
    sparse = _sparse_graph(dense, console)
    bench.count("block_sparsity", block_sparsity(sparse), "share", len(sparse.convolutions))
    frame = _frame()
    for threads in (1, 2):
        runners = contestants(model, dense, sparse, frame, threads, console)
        wall, cpu = _in_turn(runners, frame, rounds=4 if quick else 30, runs=3)
        _note(bench, wall, "" if threads == 1 else f"_{threads}t")
        if threads == 1:  # what a busy machine tells more surely than the clock
            _note(bench, cpu, "_cpu")
    _note_decoding(bench, dense, frame)
    break_even.measure(bench, quick=quick)


def _sparse_graph(dense: Graph, console: Console) -> Graph:
    bundle = os.environ.get("VISTEST_SPARSE_BUNDLE")
    if bundle is None:
        console.print(
            "no trained sparse network is named: the detector's smallest blocks are dropped"
        )
        return pruned(dense, _SPARSITY)
    from vistest.vision.bundle.files import load_bundle

    return load_bundle(Path(bundle)).graph


def _frame() -> Any:
    """A picture with flat areas and edges, as screens have."""
    random = np.random.default_rng(0)
    height, width = _SIZE
    frame = np.full((height, width, 4), 240, np.uint8)
    for _ in range(120):
        top, left = random.integers(0, height - 20), random.integers(0, width - 40)
        frame[top : top + random.integers(4, 60), left : left + random.integers(8, 160)] = (
            random.integers(0, 256, 4)
        )
    return frame


Rounds = dict[str, list[list[float]]]


def _in_turn(runners: dict[str, Any], frame: Any, rounds: int, runs: int) -> tuple[Rounds, Rounds]:
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
                start, used = time.perf_counter(), time.process_time()
                runner(frame)
                wall[name][-1].append((time.perf_counter() - start) * 1e3)
                cpu[name][-1].append((time.process_time() - used) * 1e3)
    return wall, cpu


def _note(bench: Bench, rounds: Rounds, suffix: str) -> None:
    for name, rows in rounds.items():
        bench.samples(f"{name}_ms{suffix}", [value for row in rows for value in row], "ms")
    for name, slow, fast in _RATIOS:
        if slow in rounds and fast in rounds:
            pairs = zip(rounds[slow], rounds[fast], strict=True)
            bench.samples(f"{name}{suffix}", [min(a) / min(b) for a, b in pairs], "times")
            least = min(map(min, rounds[slow])) / min(map(min, rounds[fast]))
            bench.count(f"{name}_of_minima{suffix}", least, "times", len(rounds[slow]))


def _note_decoding(bench: Bench, graph: Graph, frame: Any) -> None:
    """From raw outputs to boxes, in numpy: the same for all."""
    outputs = Engine(graph).run(frame)
    pairs = [(outputs[2 * n], outputs[2 * n + 1]) for n in range(3)]
    times = []
    for _ in range(10):
        start = time.perf_counter()
        suppress(decode(pairs, 0.25), 0.5, 600)
        times.append((time.perf_counter() - start) * 1e3)
    bench.samples("decoding_ms", times, "ms")
