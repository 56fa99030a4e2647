"""Zigzag gives a good start; exchanging samples by cost makes it better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.data.rebalance.assigners import Assigner, Zigzag, checked_speeds
from models.data.rebalance.costs import SUM, Cost, Totals, totals_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.data.rebalance.samples import Samples

_TRIED = 32  # samples of a local batch that are tried for an exchange
_PARTNERS = 8  # workers with the least to do that are asked
_LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Refinement:
    """What came of it.

    Attributes:
        ranks: The worker (n,) of each sample.
        trace: The time of the worker that needs the longest, at the start and after each
            exchange; it never rises.
    """

    ranks: NDArray[np.int64]
    trace: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Refined:
    """An assignment by others, improved by exchanging samples until the costs are level.

    Again and again the worker that needs the longest gives a sample to one that needs little, or
    swaps one with it, whichever makes the slower of the two fastest. It ends when the costs are
    level or no such exchange lowers the largest.

    Attributes:
        cost: Of a local batch.
        starts: Whose assignments are tried; the one with the lowest largest cost is improved.
        speeds: Cost that each worker does in a unit of time; None for equal ones.
        tolerance: Costs are level when the largest exceeds the mean by no more than this share.
        exchanges: The most exchanges, in multiples of the number of workers.
    """

    cost: Cost = SUM
    starts: tuple[Assigner, ...] = (Zigzag(),)
    speeds: tuple[float, ...] | None = None
    tolerance: float = 0.005
    exchanges: int = 4

    def ranks(self, samples: Samples, workers: int) -> NDArray[np.int64]:
        return self.refine(samples, workers).ranks

    def refine(self, samples: Samples, workers: int) -> Refinement:
        """The assignment, and how the largest cost fell."""
        speeds = checked_speeds(self.speeds, workers)
        made = [start.ranks(samples, workers) for start in self.starts]
        worst = [(self.cost(totals_of(samples, r, workers)) / speeds).max() for r in made]
        state = _State(samples, made[int(np.argmin(worst))], self.cost, speeds)
        trace = [float(state.times.max())]
        for _ in range(self.exchanges * workers):
            if trace[-1] <= state.times.mean() * (1 + self.tolerance) or not state.improve():
                break
            trace.append(float(state.times.max()))
        return Refinement(state.ranks(), tuple(trace))


class _State:
    """Local batches while samples change places."""

    def __init__(
        self,
        samples: Samples,
        ranks: NDArray[np.int64],
        cost: Cost,
        speeds: NDArray[np.float64],
    ) -> None:
        self._samples = samples
        self._cost = cost
        self._speeds = speeds
        by_worker = np.argsort(ranks, kind="stable")
        ends = np.cumsum(np.bincount(ranks, minlength=len(speeds)))[:-1]
        self._members = np.split(by_worker, ends)
        self.times = cost(totals_of(samples, ranks, len(speeds))) / speeds

    def ranks(self) -> NDArray[np.int64]:
        ranks = np.empty(len(self._samples), np.int64)
        for worker, members in enumerate(self._members):
            ranks[members] = worker
        return ranks

    def improve(self) -> bool:
        """Make the best exchange of the worker that needs the longest, if any helps."""
        heavy = int(self.times.argmax())
        count = min(_PARTNERS, len(self.times))
        least = np.argpartition(self.times, count - 1)[:count]
        for light in least[np.argsort(self.times[least], kind="stable")]:
            if light != heavy and self._exchange(heavy, int(light)):
                return True
        return False

    def _exchange(self, heavy: int, light: int) -> bool:
        own, other = self._members[heavy], self._members[light]
        give, take = _spread(own), _spread(other)
        times = self._times_after(own, other, give, take) / self._speeds[[heavy, light], None, None]
        worst = times.max(0)
        if len(own) == 1:
            worst[:, -1] = np.inf
        best = int(worst.argmin())
        if not worst.flat[best] < self.times[heavy] * (1 - _LEAST_GAIN):
            return False
        row, column = divmod(best, worst.shape[1])
        given = own[give[row]]
        if column == len(take):
            self._members[heavy] = np.delete(own, give[row])
            self._members[light] = np.append(other, given)
        else:
            own[give[row]], other[take[column]] = other[take[column]], given
        self.times[[heavy, light]] = times[:, row, column]
        return True

    def _times_after(
        self,
        own: NDArray[np.int64],
        other: NDArray[np.int64],
        give: NDArray[np.int64],
        take: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        """Costs (2, given, taken + 1) of both after each exchange; the last takes nothing."""
        volumes = self._samples.volumes
        given = volumes[own[give]][:, None]
        taken = np.append(volumes[other[take]], 0.0)
        moved, moved_squares = given - taken, given**2 - taken**2
        one = np.append(np.zeros(len(take)), 1.0)  # samples that change sides without return
        padded_own, padded_other = self._sides_after(own, other, give, take)
        ours, theirs = volumes[own], volumes[other]
        count = np.stack([len(own) - one, len(other) + one])[:, None]
        totals = Totals(
            count,
            np.stack([ours.sum() - moved, theirs.sum() + moved]),
            np.stack([ours @ ours - moved_squares, theirs @ theirs + moved_squares]),
            count * np.stack([padded_own, padded_other]),
        )
        return self._cost(totals)

    def _sides_after(
        self,
        own: NDArray[np.int64],
        other: NDArray[np.int64],
        give: NDArray[np.int64],
        take: NDArray[np.int64],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Products (given, taken + 1) of the largest sides of both after each exchange."""
        ours, theirs = self._samples.sides[own], self._samples.sides[other]
        nothing = np.zeros((1, ours.shape[1]))
        taken = np.concatenate([theirs[take], nothing])
        left = np.concatenate(
            [_without_each(theirs)[take], theirs.max(0, keepdims=True, initial=0.0)]
        )
        after_own = np.maximum(_without_each(ours)[give][:, None], taken)
        after_other = np.maximum(left, ours[give][:, None])
        return after_own.prod(-1), after_other.prod(-1)


def _spread(members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places of at most `_TRIED` members, evenly spread."""
    if len(members) <= _TRIED:
        return np.arange(len(members))
    return np.linspace(0, len(members) - 1, _TRIED).astype(np.int64)


def _without_each(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest sides (n, d) that remain when one sample after the other is taken away."""
    if len(sides) < 2:
        return np.zeros_like(sides)
    first, second = np.partition(sides, -2, axis=0)[[-1, -2]]
    return np.where(sides == first, second, first)
