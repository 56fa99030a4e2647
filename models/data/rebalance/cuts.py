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

_BOUNDS = 16
_ROUNDS = 2
_LARGEST_PART = 16  # times the mean number of samples


@dataclass(frozen=True, slots=True)
class Cuts:
    """Cuts the row of samples so that the largest cost of a part is as low as cuts can make it.

    The row is cut as it comes, and sorted by each side; the best is kept. The lowest bound under
    which all samples find room is searched for, sixteen bounds at a time.

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
        rows = [np.arange(len(samples))]
        if samples.sides.shape[1] > 1:
            rows += [np.argsort(-side, kind="stable") for side in samples.sides.T]
        found = [_Row(samples.take(row), self.cost, speeds).cut() for row in rows]
        best = min(range(len(rows)), key=lambda n: found[n][0])
        ranks = np.empty(len(samples), np.int64)
        ranks[rows[best]] = np.repeat(np.arange(workers), np.diff(found[best][1], prepend=0))
        return ranks


class _Row:
    """Samples in a row, with what makes the totals of any part of it quick to find."""

    def __init__(self, samples: Samples, cost: Cost, speeds: NDArray[np.float64]) -> None:
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

    def cut(self) -> tuple[float, NDArray[np.int64]]:
        """The largest time of a part, and where the parts end."""
        count, workers = len(self._volume) - 1, len(self._speeds)
        ends = np.arange(1, workers + 1) * count // workers
        high = float(self._times(ends).max())
        singles = self._times(np.arange(1, count + 1), self._speeds.max())
        low = min(max(float(singles.max()), high / 1e3), high)
        for _ in range(_ROUNDS):
            bounds = np.geomspace(low, high, _BOUNDS)
            tried = self._fill(bounds)
            fits = np.flatnonzero(tried[:, -1] == count)
            if not len(fits):
                break
            first = int(fits[0])
            ends = tried[first]
            low, high = float(bounds[max(first - 1, 0)]), float(bounds[first])
        return float(self._times(ends).max()), ends

    def _fill(self, bounds: NDArray[np.float64]) -> NDArray[np.int64]:
        """Ends (bounds, workers) when each worker takes as many as its time bound allows."""
        count, workers = len(self._volume) - 1, len(self._speeds)
        ends = np.zeros((len(bounds), workers), np.int64)
        start = np.zeros(len(bounds), np.int64)
        for worker, speed in enumerate(self._speeds):
            room = count - (workers - worker - 1) - start
            start = start + np.maximum(self._fitting(start, room, bounds * speed), 1)
            ends[:, worker] = start
        return ends

    def _fitting(
        self, start: NDArray[np.int64], room: NDArray[np.int64], bound: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """How many samples from `start` on, at most `room`, cost no more than `bound`."""
        taken = np.zeros_like(start)
        largest = np.zeros((len(start), self._largest[0].shape[1]))
        for level in reversed(range(len(self._largest))):
            more = taken + 2**level
            reach = np.minimum(start + taken, len(self._volume) - 2)
            widest = np.maximum(largest, self._largest[level][reach])
            fits = (more <= room) & (self._cost_of(start, more, widest) <= bound)
            taken = np.where(fits, more, taken)
            largest = np.where(fits[:, None], widest, largest)
        return taken

    def _cost_of(
        self, start: NDArray[np.int64], count: NDArray[np.int64], largest: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        end = np.minimum(start + count, len(self._volume) - 1)
        volume = self._volume[end] - self._volume[start]
        squares = self._squares[end] - self._squares[start]
        return self._cost(Totals(count, volume, squares, count * largest.prod(-1)))

    def _times(
        self, ends: NDArray[np.int64], speeds: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """How long the parts take that end at `ends`."""
        starts = np.concatenate([[0], ends[:-1]])
        sides = np.maximum.reduceat(self._largest[0], starts)
        return self._cost_of(starts, ends - starts, sides) / (
            self._speeds if speeds is None else speeds
        )
