"""Which way to rebalance holds from which step on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.data.rebalance.rebalance import Rebalance

Step = tuple[int, int]


class Plans:
    """How each step is split, by its epoch and its number in the epoch.

    A loader draws ahead, and not equally far on every rank. What is learned while training must
    therefore hold from a step on that no rank has drawn yet, and every rank must be told the same.
    """

    def __init__(self, first: Rebalance) -> None:
        self._plans: list[tuple[Step, Rebalance]] = [((0, 0), first)]

    def change(self, step: Step, rebalance: Rebalance) -> None:
        """Split by `rebalance` from `step` on; what was to hold later is forgotten."""
        self._plans = [plan for plan in self._plans if plan[0] < step]
        self._plans.append((step, rebalance))

    def at(self, step: Step) -> Rebalance:
        """What holds at `step`."""
        return next(plan for first, plan in reversed(self._plans) if first <= step)
