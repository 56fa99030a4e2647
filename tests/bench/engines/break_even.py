"""From which share of zero blocks on generated code is faster than the dense kernel, by the shape
of a layer. `python -m tests.bench.engines.break_even FIGURES.json PLOT.png` draws the curves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.engines.sparse_nets import one_layer
from vistest.vision.engine.engine import Engine, EngineOptions

if TYPE_CHECKING:
    from tests.bench.figures import Bench

# Inputs, outputs, kernel, side of the picture: as in the detector, and twice as wide.
SHAPES = (
    (24, 24, 3, 80), (48, 48, 3, 80), (96, 96, 3, 20), (192, 64, 3, 20), (128, 128, 3, 40),
    (96, 48, 1, 40), (192, 96, 1, 40), (384, 192, 1, 20), (256, 256, 1, 20),
)  # fmt: skip
SPARSITIES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_NO_GENERATED_CODE, _ONLY_GENERATED_CODE = 0.0, 2.0
_WORK = 1.5e9  # Multiplications by which each point is measured.


def measure(bench: Bench, *, quick: bool) -> None:
    """The curves as cases, and per kernel size the sparsity from which on all shapes gain."""
    sparsities = SPARSITIES[::4] if quick else SPARSITIES
    crossing: dict[int, list[float]] = {1: [], 3: []}
    for shape in SHAPES[::3] if quick else SHAPES:
        curve = _curve(shape, sparsities)
        crossing[shape[2]].append(_break_even(curve))
        bench.cases.append({"shape": list(shape), "curve": curve})
    for kernel, found in crossing.items():
        if found:
            name = f"break_even_sparsity_{kernel}x{kernel}"
            bench.samples(name, found, "share")


def _curve(
    shape: tuple[int, int, int, int], sparsities: tuple[float, ...]
) -> list[dict[str, float]]:
    inputs, outputs, kernel, side = shape
    engines = [
        Engine(one_layer(inputs, outputs, kernel, 0), EngineOptions(dense_from=_NO_GENERATED_CODE))
    ]
    for sparsity in sparsities:
        net = one_layer(inputs, outputs, kernel, sparsity)
        engines.append(Engine(net, EngineOptions(dense_from=_ONLY_GENERATED_CODE)))
    runs = max(40, int(_WORK / (inputs * outputs * kernel**2 * side**2)))
    best = [float("inf")] * len(engines)
    for _ in range(runs):  # in turn, so that a busy moment hits all alike
        for n, engine in enumerate(engines):
            best[n] = min(best[n], engine.layer_times(side, side)[0])
    return [
        {"sparsity": sparsity, "ms": time, "dense_ms": best[0], "speed_up": best[0] / time}
        for sparsity, time in zip(sparsities, best[1:], strict=True)
    ]


def _break_even(curve: list[dict[str, float]]) -> float:
    """The least sparsity from which on it never loses, between two points by a straight line."""
    losing = [n for n, point in enumerate(curve) if point["speed_up"] < 1]
    if not losing:
        return 0.0
    if losing[-1] == len(curve) - 1:
        return 1.0
    before, after = curve[losing[-1]], curve[losing[-1] + 1]
    part = (1 - before["speed_up"]) / (after["speed_up"] - before["speed_up"])
    return before["sparsity"] + part * (after["sparsity"] - before["sparsity"])


def draw(figures: dict[str, Any], path: Path) -> None:
    """The curves of a run of the bench."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2))
    for case in figures["cases"]:
        if "curve" not in case:
            continue
        inputs, outputs, kernel, side = case["shape"]
        points = case["curve"]
        axes.plot(
            [100 * point["sparsity"] for point in points],
            [point["speed_up"] for point in points],
            "-" if kernel == 3 else "--",
            label=f"{kernel}x{kernel} {inputs} to {outputs} at {side}x{side}",
        )
    axes.axhline(1, color="grey", linewidth=0.8)
    axes.set(
        xlabel="zero blocks (4x1), %", ylabel="times as fast as the dense kernel", yscale="log"
    )
    axes.set_yticks(
        [0.8, 1, 1.5, 2, 3, 4, 6, 8, 12], ["0.8", "1", "1.5", "2", "3", "4", "6", "8", "12"]
    )
    axes.grid(alpha=0.3)
    axes.legend(fontsize=7)
    axes.set_title(
        f"Generated code against the dense kernel, one thread, {figures['machine']['cpu']}",
        fontsize=8,
    )
    figure.tight_layout()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))
