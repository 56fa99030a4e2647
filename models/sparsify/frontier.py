"""Which net is the best: precision against latency, dense and sparse nets in one engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from models.sparsify.measure import KITS, LAYOUTS, precisions
from vistest.vision.bundle import compress
from vistest.vision.bundle.timing import in_turn
from vistest.vision.engine.engine import Engine, EngineOptions
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.eval.truth import Example
    from models.sparsify.nets import Net, Nets
    from vistest.vision.bundle.timing import Times
    from vistest.vision.engine.graph import Graph

_SPARSE = 0.05
_FINEST = "avx512vnni"


@dataclass(frozen=True, slots=True)
class Point:
    """A net in the plot.

    Attributes:
        name: For people.
        map50: mAP@.5 in int8 by set: `layouts` (unseen ones) and `unseen_kits`.
        latency_ms: Median time of a run.
        least_ms: Least time of a run.
        block_sparsity: Share of the weights that are left out.
        parameters: Weights, with zeros.
        kernels: That the engine chose.
        loss: By set, what its reference in fp32 reaches more; empty without a reference.
    """

    name: str
    map50: dict[str, float]
    latency_ms: float
    least_ms: float
    block_sparsity: float
    parameters: int
    kernels: str = ""
    loss: dict[str, float] = field(default_factory=dict)

    @property
    def sparse(self) -> bool:
        return self.block_sparsity > _SPARSE


def measure_nets(nets: Nets, sets: Mapping[str, Sequence[Example]], runs: int) -> tuple[Point, ...]:
    """Precision of each net on `sets`, and times of all of them taking turns."""
    graphs = {net.name: graph_from_onnx(net.manifest.with_suffix(".onnx")) for net in nets.nets}
    width, height = nets.size
    options = EngineOptions(threads=nets.threads)
    engines = {name: Engine(graph, options) for name, graph in graphs.items()}
    runners = {name: _runner(engines[name], graph, height, width) for name, graph in graphs.items()}
    times = {found.name: found for found in in_turn(runners, runs)}
    return tuple(
        _point(net, graphs[net.name], engines[net.name].kernels, times[net.name], sets)
        for net in nets.nets
    )


def _point(
    net: Net, graph: Graph, kernels: str, times: Times, sets: Mapping[str, Sequence[Example]]
) -> Point:
    map50 = precisions(net.manifest, sets)
    reference = {} if net.reference is None else precisions(net.reference, sets)
    return Point(
        net.name,
        map50,
        times.median_ms,
        times.least_ms,
        compress(graph, net.name, instruction_set(_FINEST)).block_sparsity,
        sum(layer.weight.size for layer in graph.convolutions),
        kernels,
        {name: value - map50[name] for name, value in reference.items()},
    )


def _runner(run: Engine, graph: Graph, height: int, width: int) -> Callable[[], object]:
    channels = graph.tensors[graph.input].channels
    random = np.random.default_rng(0).integers(0, 256, (height, width, channels))
    picture = random.astype(np.uint8)
    return lambda: run.run_raw(picture)


def dense_precision_at(
    points: Sequence[Point], latency_ms: float, by: str = LAYOUTS
) -> float | None:
    """What the dense nets reach in that time, between two of them along a line.

    A dense net that is slower than another and no better does not count. None where no dense net
    is that fast.
    """
    dense = sorted((p.latency_ms, p.map50[by]) for p in points if not p.sparse)
    if not dense or latency_ms < dense[0][0]:
        return None
    times, best = zip(*dense, strict=True)
    return float(np.interp(latency_ms, times, np.maximum.accumulate(best)))


def gain(points: Sequence[Point], point: Point, by: str = LAYOUTS) -> float | None:
    """Precision of a sparse net minus that of the dense nets in the same time."""
    dense = dense_precision_at(points, point.latency_ms, by)
    return None if dense is None else point.map50[by] - dense


def best(points: Sequence[Point], loss: float = 0.01) -> Point:
    """The fastest net that is at most `loss` below the most precise one, on unseen layouts."""
    enough = max(point.map50[LAYOUTS] for point in points) - loss
    return min((p for p in points if p.map50[LAYOUTS] >= enough), key=lambda p: p.latency_ms)


def figures(points: Sequence[Point], name: str | None = None) -> dict[str, float]:
    """What is to be said of the sparse net `name`, or of the best one.

    A figure that could not be measured is absent.
    """
    sparse = [point for point in points if point.sparse and name in (None, point.name)]
    if not sparse:
        return {}
    chosen = best(sparse)
    found: dict[str, float | None] = {
        "map50_loss_layouts": chosen.loss.get(LAYOUTS),
        "map50_loss_unseen_kits": chosen.loss.get(KITS),
        "equal_latency_dense_map50_gain": gain(points, chosen),
    }
    if KITS in chosen.map50:
        found["equal_latency_dense_map50_gain_unseen_kits"] = gain(points, chosen, KITS)
    return {name: value for name, value in found.items() if value is not None}
