"""The figures of the simulation and the time of assigning as one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot

from tests.bench.rebalancing.simulate import LOCAL, WORKERS

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

WAYS = ("distributed_sampler", "bucketing", "pool_bucketing", "greedy", "zigzag", "refined")


def draw(cases: list[dict[str, Any]], path: Path) -> None:
    """Imbalance and step time over workers and local batches; time over samples."""
    figure, rows = pyplot.subplots(2, 3, figsize=(16, 9))
    simulated = [case for case in cases if case["kind"] == "simulated"]
    sums = [case for case in simulated if case["cost"] == "sum"]
    padded = [case for case in simulated if case["cost"] == "padded"]
    _lines(rows[0, 0], sums, "workers", "imbalance", "imbalance of sums, local batch 8")
    _lines(rows[0, 1], sums, "local_batch", "imbalance", "imbalance of sums, 8 workers")
    _lines(rows[0, 2], sums, "workers", "idle_share", "idle share of sums, local batch 8")
    _lines(rows[1, 0], padded, "workers", "step_by_perfect", "padded step by perfect, local 8")
    _lines(rows[1, 1], padded, "workers", "padding_waste", "padding waste, local batch 8")
    _assigning(rows[1, 2], [case for case in cases if case["kind"] == "assigning"])
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    pyplot.close(figure)


def _lines(axes: Axes, cases: list[dict[str, Any]], over: str, what: str, title: str) -> None:
    fixed, values = ("local_batch", WORKERS) if over == "workers" else ("workers", LOCAL)
    for way in WAYS:
        chosen = {c[over]: c[what] for c in cases if c["way"] == way and c[fixed] == 8}
        axes.plot(values, [chosen[value] for value in values], "o-", markersize=3, label=way)
    axes.set_xscale("log", base=2)
    axes.set_xlabel(over.replace("_", " "))
    axes.set_title(title)
    axes.legend(fontsize=7)


def _assigning(axes: Axes, cases: list[dict[str, Any]]) -> None:
    for way in dict.fromkeys(case["way"] for case in cases):
        points = [(case["samples"], case["ms"]) for case in cases if case["way"] == way]
        counts, times = np.array(points).T
        line = axes.plot(counts, times, "o-", markersize=3, label=way)[0]
        growth = counts * np.log(counts)
        axes.plot(counts, growth * times[-1] / growth[-1], "--", color=line.get_color(), alpha=0.5)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xlabel("samples, 32 a worker (dashed: n log n)")
    axes.set_title("milliseconds to assign")
    axes.legend(fontsize=7)
