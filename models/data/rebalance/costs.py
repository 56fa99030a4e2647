"""What a local batch costs, and how that is learned from measured times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from scipy.optimize import nnls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from models.data.rebalance.samples import Samples


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What a cost may depend on, for any number of local batches; arrays of one shape.

    Attributes:
        count: Samples.
        volume: Sum of their volumes.
        squares: Sum of the squares of their volumes.
        padded: Size of the padded local batch: `count` times the product of the largest sides.
    """

    count: NDArray[Any]
    volume: NDArray[np.float64]
    squares: NDArray[np.float64]
    padded: NDArray[np.float64]


class Cost(Protocol):
    """Says what local batches cost, in any unit; must not fall when a sample is added."""

    def __call__(self, totals: Totals, /) -> NDArray[np.float64]:
        """One cost for each local batch."""
        ...


TERMS = ("fixed", "per_sample", "volume", "squares", "padded")


@dataclass(frozen=True, slots=True)
class LinearCost:
    """A sum of terms, each with its factor; seconds if it was fitted to seconds.

    Attributes:
        fixed: For any local batch.
        per_sample: For each sample.
        volume: For each unit of volume.
        squares: For each unit of squared volume (attention over a sequence).
        padded: For each unit of the padded local batch.
    """

    fixed: float = 0.0
    per_sample: float = 0.0
    volume: float = 0.0
    squares: float = 0.0
    padded: float = 0.0

    def __call__(self, totals: Totals) -> NDArray[np.float64]:
        cost = self.fixed + self.volume * totals.volume
        if self.per_sample:
            cost = cost + self.per_sample * totals.count
        if self.squares:
            cost = cost + self.squares * totals.squares
        if self.padded:
            cost = cost + self.padded * totals.padded
        return cost

    def factors(self) -> tuple[float, ...]:
        """In the order of `TERMS`."""
        return tuple(getattr(self, term) for term in TERMS)


SUM = LinearCost(volume=1.0)
PADDED = LinearCost(padded=1.0)


def totals_of(samples: Samples, ranks: NDArray[np.int64], workers: int) -> Totals:
    """The totals (workers,) of the local batches that `ranks` makes."""
    count = np.bincount(ranks, minlength=workers)
    largest = np.zeros((workers, samples.sides.shape[1]))
    np.maximum.at(largest, ranks, samples.sides)
    return Totals(
        count,
        np.bincount(ranks, samples.volumes, workers),
        np.bincount(ranks, samples.volumes**2, workers),
        count * largest.prod(1),
    )


def fit_cost(
    totals: Totals, seconds: NDArray[np.float64], terms: Sequence[str] = TERMS
) -> LinearCost:
    """The cost that says the measured `seconds` (n,) best, with no factor below 0.

    Least squares with non-negative factors: noise cannot make a larger batch look cheaper.

    Args:
        totals: Of the local batches that were measured, arrays (n,).
        seconds: What each took.
        terms: Those of `TERMS` to fit; the others stay 0.

    Raises:
        ValueError: nothing was measured, or a term is unknown.
    """
    columns = {
        "fixed": np.ones(len(seconds)),
        "per_sample": totals.count,
        "volume": totals.volume,
        "squares": totals.squares,
        "padded": totals.padded,
    }
    if not len(seconds) or not set(terms) <= set(TERMS):
        raise ValueError(f"a fit needs measured times, and terms among {', '.join(TERMS)}")
    table = np.stack([np.asarray(columns[term], np.float64) for term in terms], 1)
    scale = np.maximum(table.max(0), 1e-12)
    factors, _ = nnls(table / scale, seconds)
    return LinearCost(**dict(zip(terms, (factors / scale).tolist(), strict=True)))


def fit_speeds(
    cost: Cost, totals: Totals, seconds: NDArray[np.float64], ranks: NDArray[np.int64], workers: int
) -> tuple[float, ...]:
    """How fast each worker is against the mean of all: predicted by measured time."""
    predicted = np.bincount(ranks, cost(totals), workers)
    taken = np.bincount(ranks, seconds, workers)
    speeds = np.where(taken > 0, predicted / np.maximum(taken, 1e-12), 1.0)
    return tuple((np.maximum(speeds, 1e-3) / max(speeds.mean(), 1e-12)).tolist())
