"""The frontier as JSON, as a plot, and as a section of a model card."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot

from models.sparsify.frontier import Point, best, figures, gain
from models.sparsify.measure import KITS, LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = 2
BEGIN, END = "<!-- frontier -->", "<!-- end of frontier -->"
_COLUMNS = (
    "net", "mAP@.5 layouts", "unseen kits", "median ms", "least ms", "weights left out",
    "weights (M)", "against dense", "loss layouts", "loss unseen kits",
)  # fmt: skip


def write_points(points: Sequence[Point], path: Path) -> None:
    """Everything that was measured, as JSON."""
    document: dict[str, Any] = {
        "version": VERSION,
        "points": [asdict(point) for point in points],
        "gains": {point.name: gain(points, point) for point in points if point.sparse},
        "best": best(points).name,
        "figures": figures(points),
    }
    path.write_text(json.dumps(document, indent=1) + "\n")


def draw(points: Sequence[Point], path: Path) -> None:
    """The plot: dense nets joined by a line, sparse ones beside it."""
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for sparse, style in ((False, "o-"), (True, "s")):
        group = sorted((p.latency_ms, p.map50[LAYOUTS]) for p in points if p.sparse == sparse)
        if group:
            times, precisions = zip(*group, strict=True)
            axes.plot(times, precisions, style, label="sparse" if sparse else "dense")
    for point in points:
        axes.annotate(
            point.name,
            (point.latency_ms, point.map50[LAYOUTS]),
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
    chosen = best(points)
    kind = "sparse" if chosen.sparse else "dense"
    kernels = ", ".join(sorted({point.kernels for point in points}))
    lines = [
        BEGIN,
        f"![precision against latency]({picture})",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"|{' --- |' * len(_COLUMNS)}",
        *(_row(points, point) for point in sorted(points, key=lambda p: p.latency_ms)),
        "",
        f"The fastest net within a point of the most precise one is **{chosen.name}**, which is "
        f'{kind}. Kernels: {kernels}. "Against dense": precision minus what dense nets reach in '
        'the same time, on unseen layouts. "Loss": what the dense net of the same width reaches '
        "more in fp32.",
        END,
    ]
    return "\n".join(lines)


def _row(points: Sequence[Point], point: Point) -> str:
    gained = gain(points, point) if point.sparse else None
    against = "" if gained is None else f"{gained:+.3f}"
    if point.sparse and gained is None:
        against = "no dense net is that fast"
    cells = (
        point.name,
        *(_number(point.map50.get(name)) for name in (LAYOUTS, KITS)),
        f"{point.latency_ms:.1f}",
        f"{point.least_ms:.1f}",
        f"{point.block_sparsity:.0%}",
        f"{point.parameters / 1e6:.2f}",
        against,
        *(_number(point.loss.get(name)) for name in (LAYOUTS, KITS)),
    )
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def with_section(card: str, text: str) -> str:
    """The card with `text` instead of the section that it has, or at its end."""
    if BEGIN in card and END in card:
        before, _, rest = card.partition(BEGIN)
        return before + text + rest.partition(END)[2]
    return f"{card.rstrip()}\n\n## Precision against latency\n\n{text}\n"
