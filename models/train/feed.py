"""Where the loop gets its batches from, and the network that takes them: alone, or in a team."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from models.data.rebalance import PADDED, LinearCost, pixels, refined
from models.data.rebalance.gradient import world_size
from models.data.rebalance.padding import Extent
from models.data.rebalance.plans import Plans
from models.data.rebalance.timing import StepTimes
from models.detector.loss import LossSums, Truth, loss_sums, padded_loss_sums
from models.train.batches import Batch, load_batches
from models.train.shares import Draws, ShareDataset, ShareSampler, load_shares
from models.train.state import KnownCost, RunState, save_run
from models.train.team import rank, wrapped
from vistest.core.errors import VistestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from torch import nn

    from models.train.loop import Session
    from models.train.store import Store

_PREFETCH = 4
_FIRST_FIT = 25
_FIT_STEPS = 200
_TERMS = ("fixed", "per_sample", "padded")


def open_feed(state: RunState, store: Store, session: Session) -> Feed:
    """The plain feed for one process with views of one size per step, else the shared one.

    Raises:
        VistestError: a teacher is asked for on views of mixed sizes, of which it would judge the
            padding too.
    """
    if world_size() == 1 and not state.config.screen_scale:
        return Feed(state, store, session)
    if state.config.distillation.weight and state.config.screen_scale:
        raise VistestError(
            "distillation works on views of `shapes` only",
            hint="Start the run without screen_scale.",
        )
    return SharedFeed(state, store, session)


class Feed:
    """Whole batches for a process that is alone.

    Attributes:
        network: What to send the pictures through.
    """

    network: nn.Module

    def __init__(self, state: RunState, store: Store, session: Session) -> None:
        self.network = state.network
        self._state, self._store, self._session = state, store, session

    def __iter__(self) -> Iterator[Batch]:
        state = self._state
        yield from load_batches(self._store, state.config, state.step, self._session.workers)

    def loss_sums(
        self, outputs: Sequence[tuple[torch.Tensor, torch.Tensor]], truths: Sequence[Truth]
    ) -> LossSums:
        """Of the batch that was given last."""
        return loss_sums(outputs, truths)

    @contextlib.contextmanager
    def saved_when_lost(self, path: Path) -> Iterator[None]:
        """Nobody can be lost."""
        del path
        yield


class SharedFeed(Feed):
    """This process's share of each batch, split so that all need about as long.

    The cost of a share is learned from measured times while training, on a CPU: there the time
    that a process was computing can be told from the time that it waited for others.

    Args:
        plans: How batches are split, in place of what is learned.
        draws: What is in them, in place of what the configuration says.
    """

    def __init__(
        self,
        state: RunState,
        store: Store,
        session: Session,
        plans: Plans | None = None,
        draws: Draws | None = None,
    ) -> None:
        super().__init__(state, store, session)
        self._extent = Extent()
        self.network = wrapped(state.network, self._extent)
        self._draws = draws or Draws(store, state.config)
        self._plans = plans or Plans(refined(PADDED))
        if plans is None:
            for known in state.costs:
                self._change(known)
        # What a view of equal size costs need not be learned.
        timed = session.device == "cpu" and state.config.screen_scale > 0 and world_size() > 1
        self._learns = plans is None and timed
        self._times = StepTimes()
        self._next_fit = state.step + _FIRST_FIT
        self._batch: Batch | None = None
        self._buffers: list[torch.Tensor] = []

    def __iter__(self) -> Iterator[Batch]:
        state, session = self._state, self._session
        dataset = ShareDataset(self._store, state.config, self._draws)
        sampler = ShareSampler(self._draws, self._plans, state.step, rank(), world_size())
        for batch in load_shares(dataset, sampler, session.workers, _PREFETCH):
            self._batch = batch
            self._extent.set(batch.sizes, (batch.pixels.shape[1], batch.pixels.shape[2]))
            self._buffers = [buffer.clone() for buffer in state.network.buffers()]
            start = time.thread_time()
            yield batch
            if self._learns:
                self._times.add(pixels(batch.sizes.numpy()), time.thread_time() - start)
                self._fit_when_due()

    def loss_sums(
        self, outputs: Sequence[tuple[torch.Tensor, torch.Tensor]], truths: Sequence[Truth]
    ) -> LossSums:
        if self._extent.sizes is None:
            return loss_sums(outputs, truths)
        return padded_loss_sums(outputs, truths, self._extent.sizes)

    @contextlib.contextmanager
    def saved_when_lost(self, path: Path) -> Iterator[None]:
        """Write a checkpoint of the last whole step when another process has gone."""
        try:
            yield
        except RuntimeError as error:
            if world_size() == 1:
                raise
            for buffer, before in zip(self._state.network.buffers(), self._buffers, strict=False):
                buffer.copy_(before)
            save_run(self._state, path)
            raise VistestError(
                f"process {rank()} lost another process of this run at step {self._state.step}: "
                f"{str(error).splitlines()[0]}",
                hint=f"Nothing is lost: go on with --resume {path}, with as many processes as "
                "there are.",
            ) from error

    def _fit_when_due(self) -> None:
        if self._state.step < self._next_fit:
            return
        self._next_fit = self._state.step + _FIT_STEPS
        cost, speeds = self._times.fit(_TERMS)
        drawn_ahead = _PREFETCH * self._session.workers + 2
        known = KnownCost(self._state.step + drawn_ahead, cost.factors(), speeds)
        self._state.costs.append(known)
        self._change(known)

    def _change(self, known: KnownCost) -> None:
        same_team = len(known.speeds) == world_size()
        plan = refined(LinearCost(*known.factors), known.speeds if same_team else None)
        self._plans.change((0, known.first), plan)
