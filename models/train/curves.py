"""The curves of a run as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models.train.state import Point


def draw_curves(curve: Sequence[Point], path: Path) -> None:
    """Loss parts and learning rate over the images, mAP@.5 on unseen layouts, sparsity."""
    images = [point.images for point in curve]
    figure, (losses, quality) = pyplot.subplots(2, 1, figsize=(8, 7), sharex=True)
    for name in ("scores", "boxes", "clickable"):
        losses.plot(images, [getattr(point, name) for point in curve], label=name)
    losses.set_yscale("log")
    losses.set_ylabel("loss")
    losses.legend()
    validated = [point for point in curve if point.map50 is not None]
    quality.plot([p.images for p in validated], [p.map50 for p in validated], "o-")
    quality.set_ylim(0, 1)
    quality.set_ylabel("mAP@.5, unseen layouts")
    if any(point.sparsity for point in curve):
        quality.plot(images, [point.sparsity for point in curve], "--", label="zero blocks")
        quality.legend()
    quality.set_xlabel("views trained on")
    rates = quality.twinx()
    rates.plot(images, [point.rate for point in curve], color="grey", linewidth=0.8)
    rates.set_ylabel("learning rate")
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    pyplot.close(figure)
