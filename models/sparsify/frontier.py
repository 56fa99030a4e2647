"""Which net is the best: precision against latency, dense and sparse nets in one engine."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot

from models.eval.engines import engine
from models.sparsify.measure import precision_of
from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.vision.bundle import compress
from vistest.vision.bundle.timing import in_turn
from vistest.vision.engine.engine import Engine, EngineOptions
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from models.train.store import Store
    from vistest.vision.engine.graph import Graph

VERSION = 1
BEGIN, END = "<!-- frontier -->", "<!-- end of frontier -->"
_SPARSE = 0.05
_FINEST = "avx512vnni"


@dataclass(frozen=True, slots=True)
class Net:
    """A net to compare.

    Attributes:
        name: For people.
        manifest: Of its quantised model, as models.export or the recipe wrote it.
    """

    name: str
    manifest: Path


@dataclass(frozen=True, slots=True)
class Nets:
    """All nets, and what they are timed on.

    Attributes:
        nets: At least two.
        size: Width and height of the picture.
        threads: Of the engine.
    """

    nets: tuple[Net, ...]
    size: tuple[int, int] = (640, 640)
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A net in the plot.

    Attributes:
        name: For people.
        map50: Precision at IoU .5 on unseen layouts, in int8.
        latency_ms: Median time of a run.
        least_ms: Least time of a run.
        block_sparsity: Share of the weights that are left out.
        parameters: Weights, with zeros.
        kernels: That the engine chose.
    """

    name: str
    map50: float
    latency_ms: float
    least_ms: float
    block_sparsity: float
    parameters: int
    kernels: str = ""

    @property
    def sparse(self) -> bool:
        return self.block_sparsity > _SPARSE


def read_nets(path: Path) -> Nets:
    """The list in a TOML file; paths are relative to it.

    Raises:
        FormatError: it is no such list.
    """
    try:
        document = tomllib.loads(path.read_text())
        if document.get("version") != VERSION:
            raise UnsupportedVersion(f"{path} is not of version {VERSION}", hint="Please update.")
        nets = tuple(Net(net["name"], path.parent / net["model"]) for net in document["nets"])
        width, height = document.get("size", (640, 640))
        found = Nets(nets, (int(width), int(height)), int(document.get("threads", 1)))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"{path} does not list nets: {error!r}") from error
    missing = [net for net in nets if not net.manifest.is_file()]
    if missing or len(nets) < 2:
        problem = f"lacks {missing[0].manifest}" if missing else "lists fewer than two nets"
        raise FormatError(f"{path} {problem}", hint="Export the nets first (models.export).")
    return found


def measure_nets(nets: Nets, layouts: Store, most: int, runs: int) -> list[Point]:
    """Precision of each net, and times of all of them taking turns."""
    graphs = {net.name: graph_from_onnx(net.manifest.with_suffix(".onnx")) for net in nets.nets}
    width, height = nets.size
    engines = {
        name: Engine(graph, EngineOptions(threads=nets.threads)) for name, graph in graphs.items()
    }
    runners = {name: _runner(engines[name], graph, height, width) for name, graph in graphs.items()}
    times = {found.name: found for found in in_turn(runners, runs)}
    points = []
    for net in nets.nets:
        graph = graphs[net.name]
        detector = engine("learned", net.manifest)
        bundle = compress(graph, net.name, instruction_set(_FINEST))
        points.append(
            Point(
                net.name,
                precision_of(detector, layouts, most).map50,
                times[net.name].median_ms,
                times[net.name].least_ms,
                bundle.block_sparsity,
                sum(layer.weight.size for layer in graph.convolutions),
                engines[net.name].kernels,
            )
        )
    return points


def _runner(run: Engine, graph: Graph, height: int, width: int) -> Callable[[], object]:
    channels = graph.tensors[graph.input].channels
    random = np.random.default_rng(0).integers(0, 256, (height, width, channels))
    picture = random.astype(np.uint8)
    return lambda: run.run_raw(picture)


def dense_precision_at(points: Sequence[Point], latency_ms: float) -> float | None:
    """What the dense nets reach in that time, between two of them along a line.

    A dense net that is slower than another and no better does not count. None where no dense net
    is that fast.
    """
    dense = sorted((p.latency_ms, p.map50) for p in points if not p.sparse)
    if not dense or latency_ms < dense[0][0]:
        return None
    times, best = zip(*dense, strict=True)
    return float(np.interp(latency_ms, times, np.maximum.accumulate(best)))


def gains(points: Sequence[Point]) -> dict[str, float | None]:
    """For each sparse net, its precision minus that of the dense nets in the same time."""
    found: dict[str, float | None] = {}
    for point in points:
        if point.sparse:
            dense = dense_precision_at(points, point.latency_ms)
            found[point.name] = None if dense is None else point.map50 - dense
    return found


def best(points: Sequence[Point], loss: float = 0.01) -> Point:
    """The fastest net that is at most `loss` below the most precise one."""
    enough = max(point.map50 for point in points) - loss
    return min((p for p in points if p.map50 >= enough), key=lambda p: p.latency_ms)


def write_points(points: Sequence[Point], path: Path) -> None:
    """Everything that was measured, as JSON."""
    document: dict[str, Any] = {
        "version": VERSION,
        "points": [asdict(point) for point in points],
        "gains": gains(points),
        "best": best(points).name,
    }
    path.write_text(json.dumps(document, indent=1) + "\n")


def draw(points: Sequence[Point], path: Path) -> None:
    """The plot: dense nets joined by a line, sparse ones beside it."""
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for sparse, style in ((False, "o-"), (True, "s")):
        group = sorted((p.latency_ms, p.map50) for p in points if p.sparse == sparse)
        if group:
            times, precisions = zip(*group, strict=True)
            axes.plot(times, precisions, style, label="sparse" if sparse else "dense")
    for point in points:
        axes.annotate(
            point.name,
            (point.latency_ms, point.map50),
            textcoords="offset points",
            xytext=(6, -10),
            fontsize=8,
        )
    axes.set_xlabel("median time of a picture, ms")
    axes.set_ylabel("mAP@.5, unseen layouts, int8")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    pyplot.close(figure)


def section(points: Sequence[Point], picture: str) -> str:
    """The part of a model card that says which net is the best."""
    found = gains(points)
    lines = [
        BEGIN,
        f"![precision against latency]({picture})",
        "",
        "| net | mAP@.5 | median ms | least ms | weights left out | weights (M) | against dense |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for point in sorted(points, key=lambda p: p.latency_ms):
        gain = found.get(point.name)
        against = "" if gain is None else f"{gain:+.3f}"
        if point.sparse and gain is None:
            against = "no dense net is that fast"
        lines.append(
            f"| {point.name} | {point.map50:.3f} | {point.latency_ms:.1f} | {point.least_ms:.1f} | "
            f"{point.block_sparsity:.0%} | {point.parameters / 1e6:.2f} | {against} |"
        )
    chosen = best(points)
    kind = "sparse" if chosen.sparse else "dense"
    kernels = ", ".join(sorted({point.kernels for point in points}))
    lines += [
        "",
        f"The fastest net within a point of the most precise one is **{chosen.name}**, which is "
        f'{kind}. Kernels: {kernels}. "Against dense": precision minus what dense nets reach in '
        "the same time.",
        END,
    ]
    return "\n".join(lines)


def with_section(card: str, text: str) -> str:
    """The card with `text` instead of the section that it has, or at its end."""
    if BEGIN in card and END in card:
        before, _, rest = card.partition(BEGIN)
        return before + text + rest.partition(END)[2]
    return f"{card.rstrip()}\n\n## Precision against latency\n\n{text}\n"
