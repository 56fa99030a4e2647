"""Splits each global batch of data-parallel training so that no worker waits for another.

What is named here needs numpy and scipy only; `gradient`, `normalisation`, `padding` and `timing`
need PyTorch. See README.md.
"""

from models.data.rebalance.assigners import Assigner, Contiguous, Greedy, RoundRobin, Zigzag
from models.data.rebalance.costs import PADDED, SUM, Cost, LinearCost, Totals, fit_cost, totals_of
from models.data.rebalance.cuts import Cuts
from models.data.rebalance.orders import Order, as_drawn, ascending, descending
from models.data.rebalance.rebalance import (
    DISTRIBUTED_SAMPLER,
    GREEDY,
    LENGTH_BUCKETS,
    ZIGZAG,
    Rebalance,
    refined,
)
from models.data.rebalance.refinement import Refined
from models.data.rebalance.sampler import RebalancedBatches
from models.data.rebalance.samples import Samples, pixels, pixels_and_objects

__all__ = [
    "DISTRIBUTED_SAMPLER",
    "GREEDY",
    "LENGTH_BUCKETS",
    "PADDED",
    "SUM",
    "ZIGZAG",
    "Assigner",
    "Contiguous",
    "Cost",
    "Cuts",
    "Greedy",
    "LinearCost",
    "Order",
    "Rebalance",
    "RebalancedBatches",
    "Refined",
    "RoundRobin",
    "Samples",
    "Totals",
    "Zigzag",
    "as_drawn",
    "ascending",
    "descending",
    "fit_cost",
    "pixels",
    "pixels_and_objects",
    "refined",
    "totals_of",
]
