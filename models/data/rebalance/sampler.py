"""Batches for `torch.utils.data.DataLoader(batch_sampler=...)`, balanced among the ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from models.data.rebalance.plans import Plans
from models.data.rebalance.rebalance import ZIGZAG, Rebalance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from models.data.rebalance.samples import Samples


class RebalancedBatches:
    """One rank's share of every global batch of an epoch.

    The global batches depend on `seed` and epoch alone, and how one is split on nothing but the
    volumes of its samples: every rank finds the same without asking the others, and a run may go
    on with another number of workers. A last batch that is not full stands alone if it is at least
    half full, and else joins the batch before it.

    Args:
        samples: Of the whole data set, in the order of its indices.
        batch: Samples of a global batch.
        rank: Of this worker.
        workers: Number of workers.
        rebalance: How a global batch is split.
        seed: Of the order of samples.
        shuffle: Whether each epoch has an order of its own; else all have that of the data set.
        drop_last: Leave out what fills no batch.

    Raises:
        ValueError: some batch has fewer samples than there are workers.
    """

    def __init__(
        self,
        samples: Samples,
        batch: int,
        *,
        rank: int,
        workers: int,
        rebalance: Rebalance = ZIGZAG,
        seed: int = 0,
        shuffle: bool = True,
        drop_last: bool = False,
    ) -> None:
        if not 0 <= rank < workers:
            raise ValueError(f"rank {rank} is none of {workers} workers")
        self._samples, self._batch, self._seed = samples, batch, seed
        self._rank, self._workers = rank, workers
        self._shuffle, self._drop_last = shuffle, drop_last
        self._plans = Plans(rebalance)
        self._epoch, self._first = 0, 0
        ends = self._ends()
        if len(ends) == 0 or np.diff(ends, prepend=0).min() < workers:
            raise ValueError(
                f"{len(samples)} samples in batches of {batch} are too few for {workers} workers"
            )

    def __len__(self) -> int:
        return len(self._ends()) - self._first

    def __iter__(self) -> Iterator[list[int]]:
        order, ends = self._drawn(), self._ends()
        for step in range(self._first, len(ends)):
            yield self._split(order, ends, step)[self._rank].tolist()

    def split(self, step: int) -> list[NDArray[np.int64]]:
        """The indices that each rank gets in `step` of this epoch."""
        return self._split(self._drawn(), self._ends(), step)

    def set_epoch(self, epoch: int) -> None:
        """Begin `epoch` at its first step."""
        self._epoch, self._first = epoch, 0

    def rebalance_from(self, epoch: int, step: int, rebalance: Rebalance) -> None:
        """Split otherwise from that step on; see `Plans` for which step to name."""
        self._plans.change((epoch, step), rebalance)

    def state_dict(self, steps: int) -> dict[str, Any]:
        """Where the run stands after `steps` steps of this epoch.

        The training loop says how many: a loader that draws ahead has taken more from here.
        """
        return {
            "version": 1,
            "samples": len(self._samples),
            "batch": self._batch,
            "seed": self._seed,
            "epoch": self._epoch,
            "step": steps,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken, with this or another number of workers.

        Raises:
            ValueError: it is of other samples, another batch size or seed.
        """
        expected = self.state_dict(0)
        for key in ("version", "samples", "batch", "seed"):
            if state.get(key) != expected[key]:
                raise ValueError(f"the state has {key} {state.get(key)}, not {expected[key]}")
        self._epoch, self._first = state["epoch"], state["step"]

    def _drawn(self) -> NDArray[np.int64]:
        if not self._shuffle:
            return np.arange(len(self._samples))
        return np.random.default_rng([self._seed, self._epoch]).permutation(len(self._samples))

    def _ends(self) -> NDArray[np.int64]:
        """Where each global batch ends; it depends on nothing but the number of samples."""
        full, rest = divmod(len(self._samples), self._batch)
        ends = np.arange(1, full + 1) * self._batch
        if not rest or (self._drop_last and full):
            return ends
        if 2 * rest >= self._batch or not full:
            return np.append(ends, len(self._samples))
        ends[-1] = len(self._samples)
        return ends

    def _split(
        self, order: NDArray[np.int64], ends: NDArray[np.int64], step: int
    ) -> list[NDArray[np.int64]]:
        chosen = order[ends[step - 1] if step else 0 : ends[step]]
        rebalance = self._plans.at((self._epoch, step))
        parts = rebalance.split(self._samples.take(chosen), self._workers)
        return [chosen[part] for part in parts]
