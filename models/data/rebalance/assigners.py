"""Who gets which sample of a global batch.

An assigner sees the samples in the order that an `Order` has brought them into, and never sorts.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.data.rebalance.samples import Samples


class Assigner(Protocol):
    """Assigns; called on every rank, which must all get the same answer."""

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        """The worker (n,) of each sample."""
        ...


@dataclass(frozen=True, slots=True)
class Contiguous:
    """Equal parts one after the other; what is over goes to the first workers, one each.

    Unsorted samples give what `DistributedSampler` gives, a random part each; sorted ones give
    length buckets: like with like, and the large ones all to one worker.
    """

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        each, more = divmod(len(samples), workers)
        return np.repeat(np.arange(workers), each + (np.arange(workers) < more))


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """One by one from the first worker to the last, and again: unsorted, `DistributedSampler`."""

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        return np.arange(len(samples)) % workers


@dataclass(frozen=True, slots=True)
class Zigzag:
    """One by one from the first worker to the last, then from the last to the first.

    The worker at either end gets two in a row: 0, 1, .., N-1, N-1, .., 1, 0, 0, 1, ..
    """

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        place = np.arange(len(samples)) % (2 * workers)
        return np.minimum(place, 2 * workers - 1 - place)


@dataclass(frozen=True, slots=True)
class Greedy:
    """Each sample to the worker that is done with it first; longest first when sorted descending.

    Nobody stays without a sample as long as there are enough.

    Attributes:
        speeds: Volume that each worker does in a unit of time; None for equal ones.
    """

    speeds: tuple[float, ...] | None = None

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        if self.speeds is None:
            return self._equal(samples.volumes, workers)
        speeds = checked_speeds(self.speeds, workers)
        load, count = np.zeros(workers), np.zeros(workers, np.int64)
        ranks = np.empty(len(samples), np.int64)
        for index, volume in enumerate(samples.volumes):
            done = (load + volume) / speeds
            if len(samples) - index <= (count == 0).sum():
                done[count > 0] = np.inf
            ranks[index] = worker = int(done.argmin())
            load[worker] += volume
            count[worker] += 1
        return ranks

    def _equal(self, volumes: NDArray[np.float64], workers: int) -> NDArray[np.int64]:
        heap = [(0.0, 0, worker) for worker in range(workers)]
        ranks = []
        for volume in volumes.tolist():
            load, count, worker = heap[0]
            heapq.heapreplace(heap, (load + volume, count + 1, worker))
            ranks.append(worker)
        return np.array(ranks, np.int64)


def checked_speeds(speeds: tuple[float, ...] | None, workers: int) -> NDArray[np.float64]:
    """Speeds as an array (workers,); ones if there are none.

    Raises:
        ValueError: not one speed above 0 for each worker.
    """
    values = np.ones(workers) if speeds is None else np.asarray(speeds, np.float64)
    if values.shape != (workers,) or not (values > 0).all():
        raise ValueError(f"{workers} workers need as many speeds, all above 0")
    return values
