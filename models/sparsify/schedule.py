"""How sparsity rises."""

from __future__ import annotations

from typing import Literal

Schedule = Literal["cubic", "linear", "one-shot", "constant"]


def sparsity_at(schedule: Schedule, target: float, views: int, first: int, ramp: int) -> float:
    """The share of zero blocks after `views`.

    Args:
        schedule: `cubic` rises fast and ends slowly: s = target - target * (1 - t)^3 (Zhu and
            Gupta, arXiv 1710.01878); `linear` evenly; `one-shot` jumps at `first`; `constant` is
            there from the first view.
        target: At the end of the ramp.
        views: Trained on so far.
        first: Where the ramp begins.
        ramp: Its length.
    """
    start, end = ramp_of(schedule, first, ramp)
    if views < start:
        return 0.0
    done = min(1.0, (views - start) / (end - start)) if end > start else 1.0
    if schedule == "cubic":
        return target - target * (1 - done) ** 3
    return target * done


def ramp_of(schedule: Schedule, first: int, ramp: int) -> tuple[int, int]:
    """Views after which sparsity begins, and after which it has reached its target."""
    if schedule == "constant":
        return 0, 0
    return first, first if schedule == "one-shot" else first + ramp
