"""Like with like where padding costs: few large samples to one, many small ones to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.data.rebalance.assigners import checked_speeds
from models.data.rebalance.costs import PADDED, Cost, Totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.data.rebalance.samples import Samples

_HALVINGS = 8
_LARGEST_PART = 16  # times the mean number of samples


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cuts the row of samples so that the largest cost of a part is about as low as can be.

    The row is cut as it comes, and sorted by each side. The lowest bound under which all samples
    of some row find room is searched for by halving.

    Attributes:
        cost: Of a local batch.
        speeds: Cost that each worker does in a unit of time; None for equal ones.
    """

    cost: Cost = PADDED
    speeds: tuple[float, ...] | None = None

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        speeds = checked_speeds(self.speeds, workers)
        if len(samples) <= workers:
            return np.arange(len(samples))
        orders = [np.arange(len(samples))]
        if samples.sides.shape[1] > 1:
            orders += [np.argsort(-side, kind="stable") for side in samples.sides.T]
        rows = [_Row(samples, order, self.cost, speeds) for order in orders]
        order, ends = _lowest(rows)
        ranks = np.empty(len(samples), np.int64)
        ranks[order] = np.repeat(np.arange(workers), np.diff(ends, prepend=0))
        return ranks


def _lowest(rows: list[_Row]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The order of the best row, and where its parts end."""
    best = min(rows, key=lambda row: row.equal_parts()[0])
    high, ends = best.equal_parts()
    low = min(max(best.least(), high / 1e3), high)
    for _ in range(_HALVINGS):
        bound = (low * high) ** 0.5
        cut = [(row, row.ends(bound)) for row in rows]
        fitting = [(row, found) for row, found in cut if found is not None]
        if fitting:
            high, (best, ends) = bound, fitting[0]
            rows = [row for row, _ in fitting]
        else:
            low = bound
    return best.order, ends


class _Row:
    """Samples in a row, with what makes the totals of any part of it quick to find."""

    def __init__(
        self,
        samples: Samples,
        order: NDArray[np.int64],
        cost: Cost,
        speeds: NDArray[np.float64],
    ) -> None:
        samples = samples.take(order)
        self.order = order
        self._cost, self._speeds = cost, speeds
        self._volume = np.concatenate([[0.0], np.cumsum(samples.volumes)])
        self._squares = np.concatenate([[0.0], np.cumsum(samples.volumes**2)])
        self._largest = [samples.sides]  # over 2**k samples, from each on
        most = min(len(samples), _LARGEST_PART * -(-len(samples) // len(speeds)))
        while 2 ** len(self._largest) < most:
            half = 2 ** (len(self._largest) - 1)
            before = self._largest[-1]
            shifted = np.concatenate([before[half:], np.repeat(before[-1:], half, 0)])
            self._largest.append(np.maximum(before, shifted[: len(before)]))

    def least(self) -> float:
        """What the costliest sample takes by itself, with the fastest worker."""
        count = np.ones(len(self._largest[0]), np.int64)
        costs = self._cost_of(np.arange(len(count)), count, self._largest[0])
        return float(costs.max() / self._speeds.max())

    def equal_parts(self) -> tuple[float, NDArray[np.int64]]:
        """The largest time when all get as many samples, and where the parts end."""
        count, workers = len(self.order), len(self._speeds)
        ends = np.arange(1, workers + 1) * count // workers
        starts = np.concatenate([[0], ends[:-1]])
        sides = np.maximum.reduceat(self._largest[0], starts)
        times = self._cost_of(starts, ends - starts, sides) / self._speeds
        return float(times.max()), ends

    def ends(self, bound: float) -> NDArray[np.int64] | None:
        """Where parts end that take `bound` at most; None if that leaves samples over."""
        count, workers = len(self.order), len(self._speeds)
        reach = {speed: self._reach(bound * speed) for speed in set(self._speeds.tolist())}
        ends, end = [], 0
        for worker, speed in enumerate(self._speeds.tolist()):
            end = min(reach[speed][end], count - (workers - worker - 1))
            ends.append(end)
        return np.array(ends) if end == count else None

    def _reach(self, bound: float) -> list[int]:
        """For each sample, where a part ends that begins there and costs `bound` at most."""
        start = np.arange(len(self.order))
        taken = np.zeros_like(start)
        largest = np.zeros_like(self._largest[0])
        for level in reversed(range(len(self._largest))):
            more = taken + 2**level
            place = np.minimum(start + taken, len(start) - 1)
            widest = np.maximum(largest, self._largest[level][place])
            fits = (start + more <= len(start)) & (self._cost_of(start, more, widest) <= bound)
            taken = np.where(fits, more, taken)
            largest = np.where(fits[:, None], widest, largest)
        return (start + np.maximum(taken, 1)).tolist()

    def _cost_of(
        self, start: NDArray[np.int64], count: NDArray[np.int64], largest: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Of `count` samples from `start` on, the largest sides of which are `largest`."""
        end = np.minimum(start + count, len(self._volume) - 1)
        volume = self._volume[end] - self._volume[start]
        squares = self._squares[end] - self._squares[start]
        return self._cost(Totals(count, volume, squares, count * largest.prod(-1)))
