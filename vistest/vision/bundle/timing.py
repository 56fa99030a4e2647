"""How long a bundle takes on this machine, beside the same network without zeros."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError
from vistest.vision.engine.engine import Engine, EngineOptions
from vistest.vision.engine.graph import Conv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from vistest.vision.bundle.model import ModelBundle
    from vistest.vision.engine.graph import Graph, Layer


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of the runs of one engine."""

    name: str
    runs_ms: tuple[float, ...]

    @property
    def least_ms(self) -> float:
        return min(self.runs_ms)

    @property
    def median_ms(self) -> float:
        return median(self.runs_ms)


def time_bundle(
    bundle: ModelBundle,
    height: int,
    width: int,
    threads: int = 1,
    runs: int = 20,
    onnx: Path | None = None,
) -> list[Times]:
    """Times of the engine with and without zeros, and of ONNX Runtime if its model is given.

    Args:
        bundle: A model.
        height: Of the picture.
        width: Of the picture.
        threads: Of each engine.
        runs: Of each; they take turns, so that a busy moment hits all alike.
        onnx: The quantised model that the bundle was made of.

    Raises:
        ModelError: the engine was not built, or cannot run the network.
    """
    picture = _picture(bundle.graph, height, width)
    options = EngineOptions(threads=threads)
    sparse = Engine(bundle.graph, options)
    dense = Engine(without_zeros(bundle.graph), options)
    runners: dict[str, Callable[[], object]] = {
        f"sparse ({sparse.kernels})": lambda: sparse.run_raw(picture),
        f"dense ({dense.kernels})": lambda: dense.run_raw(picture),
    }
    if onnx is not None:
        runners["onnxruntime"] = _onnx_runner(onnx, picture, threads)
    return in_turn(runners, runs)


def in_turn(runners: Mapping[str, Callable[[], object]], runs: int) -> list[Times]:
    """Time `runners` one after another, `runs` times, after one run that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in runners}
    for run in range(runs + 1):
        for name, runner in runners.items():
            start = time.perf_counter()
            runner()
            if run:
                taken[name].append((time.perf_counter() - start) * 1e3)
    return [Times(name, tuple(values)) for name, values in taken.items()]


def without_zeros(graph: Graph) -> Graph:
    """The same network with a one for each zero weight: what it costs without sparsity."""
    return replace(graph, layers=tuple(_filled(layer) for layer in graph.layers))


def _filled(layer: Layer) -> Layer:
    if not isinstance(layer, Conv):
        return layer
    weight = np.where(layer.weight == 0, layer.weight.dtype.type(1), layer.weight)
    return replace(layer, weight=weight)


def _picture(graph: Graph, height: int, width: int) -> NDArray[Any]:
    source = graph.tensors[graph.input]
    random = np.random.default_rng(0).integers(0, 256, (height, width, source.channels))
    picture = random.astype(np.uint8)
    return picture if source.dtype == "uint8" else picture.astype(np.float32) / 255


def _onnx_runner(onnx: Path, picture: NDArray[Any], threads: int) -> Callable[[], object]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            onnx.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        source = session.get_inputs()[0]
        kind = np.uint8 if source.type == "tensor(uint8)" else np.float32
        feed = {source.name: np.ascontiguousarray(picture.transpose(2, 0, 1)[None].astype(kind))}
        session.run(None, feed)
    except Exception as error:  # ONNX Runtime's own errors share no base but Exception
        raise ModelError(f"ONNX Runtime cannot run {onnx}: {error}") from error
    return lambda: session.run(None, feed)
