"""A way to sort and a way to assign make a way to rebalance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.data.rebalance.assigners import Assigner, Contiguous, Greedy, Zigzag
from models.data.rebalance.cuts import Cuts
from models.data.rebalance.orders import Order, as_drawn, ascending, descending
from models.data.rebalance.refinement import Refined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.data.rebalance.costs import Cost
    from models.data.rebalance.samples import Samples


@dataclass(frozen=True, slots=True)
class Rebalance:
    """Splits a global batch among workers; the same batch is split alike wherever it is done.

    Attributes:
        order: Sorts the samples by volume.
        assigner: Says who gets which of the sorted samples.
    """

    order: Order
    assigner: Assigner

    def split(self, samples: Samples, workers: int) -> list[NDArray[np.int64]]:
        """For each worker, the positions of its samples in `samples`, in sorted order."""
        order = self.order(samples.volumes)
        ranks = self.assigner.ranks(samples.take(order), workers)
        by_worker = np.argsort(ranks, kind="stable")
        ends = np.cumsum(np.bincount(ranks, minlength=workers))[:-1]
        return np.split(order[by_worker], ends)


DISTRIBUTED_SAMPLER = Rebalance(as_drawn, Contiguous())
LENGTH_BUCKETS = Rebalance(ascending, Contiguous())
GREEDY = Rebalance(descending, Greedy())
ZIGZAG = Rebalance(ascending, Zigzag())


def refined(cost: Cost, speeds: tuple[float, ...] | None = None) -> Rebalance:
    """Zigzag or cuts, whichever starts lower under `cost`, then exchanges."""
    return Rebalance(descending, Refined(cost, (Zigzag(), Cuts(cost, speeds)), speeds))
