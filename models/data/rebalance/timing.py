"""Measured step times of all ranks, and the cost that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import distributed

from models.data.rebalance.costs import TERMS, LinearCost, Totals, fit_cost, fit_speeds, totals_of
from models.data.rebalance.gradient import world_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.data.rebalance.samples import Samples


class StepTimes:
    """What this rank's local batches took, until the next fit.

    A time must be the rank's own: between two points at which ranks wait for each other all would
    look alike. On a CPU the processor time of the process is such a time.
    """

    def __init__(self) -> None:
        self._rows: list[list[float]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, local: Samples, seconds: float) -> None:
        """Note the local batch `local`, which took `seconds`."""
        totals = totals_of(local, np.zeros(len(local), np.int64), 1)
        row = [totals.count, totals.volume, totals.squares, totals.padded]
        self._rows.append([*(float(value[0]) for value in row), seconds])

    def fit(self, terms: Sequence[str] = TERMS) -> tuple[LinearCost, tuple[float, ...]]:
        """The cost and the speed of each rank, from the times of all; then begin anew.

        Every rank must call it after the same number of steps. Rank 0 fits and tells the others:
        machines that round differently must still assign alike.
        """
        rows = torch.tensor(self._rows, dtype=torch.float64).reshape(-1, 5)
        self._rows.clear()
        workers = world_size()
        if workers == 1:
            return _fit(rows.numpy()[None], terms)
        gathered = [torch.empty_like(rows) for _ in range(workers)]
        distributed.all_gather(gathered, rows)
        answer = torch.zeros(len(TERMS) + workers, dtype=torch.float64)
        if distributed.get_rank() == 0:
            cost, speeds = _fit(torch.stack(gathered).numpy(), terms)
            answer = torch.tensor([*cost.factors(), *speeds], dtype=torch.float64)
        distributed.broadcast(answer, 0)
        values = answer.tolist()
        return LinearCost(*values[: len(TERMS)]), tuple(values[len(TERMS) :])


def _fit(
    rows: np.ndarray, terms: Sequence[str], rounds: int = 3
) -> tuple[LinearCost, tuple[float, ...]]:
    """Of rows (workers, steps, 5); cost and speeds by turns, each with the other at hand."""
    workers, steps, _ = rows.shape
    table = rows.reshape(-1, 5)
    ranks = np.repeat(np.arange(workers), steps)
    totals, seconds = Totals(*table[:, :4].T), table[:, 4]
    speeds: tuple[float, ...] = (1.0,) * workers
    cost = fit_cost(totals, seconds, terms)
    for _ in range(rounds if workers > 1 else 0):
        speeds = fit_speeds(cost, totals, seconds, ranks, workers)
        cost = fit_cost(totals, seconds * np.asarray(speeds)[ranks], terms)
    return cost, speeds
