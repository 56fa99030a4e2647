"""Several processes that train one network, started by torchrun; or one that is alone."""

from __future__ import annotations

import contextlib
import math
import os
from typing import TYPE_CHECKING

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

from models.data.rebalance.gradient import sum_over_ranks, world_size
from models.data.rebalance.normalisation import share_normalisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from models.data.rebalance.padding import Extent
    from vistest.core.clock import Clock


@contextlib.contextmanager
def joined(device: str) -> Iterator[str]:
    """Join the processes that torchrun started, if it did; gives the device of this one."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield device
        return
    kind = torch.device(device).type
    if kind == "cuda":
        device = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if kind == "cuda" else "gloo")
    try:
        yield device
    finally:
        distributed.destroy_process_group()


def local_processes() -> int:
    """How many processes of this run share the machine."""
    return int(os.environ.get("LOCAL_WORLD_SIZE", "1"))


def rank() -> int:
    """Number of this process; 0 leads."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def wrapped(network: nn.Module, extent: Extent) -> nn.Module:
    """The network as it is trained: gradients and statistics are those of all processes."""
    share_normalisation(network, extent)
    if world_size() == 1:
        return network
    # Every process follows the same statistics, so the buffers need not be sent around.
    return DistributedDataParallel(
        network, forward_sync_buffers=False, gradient_as_bucket_view=True
    )


class Agreed:
    """A clock, and a wish to stop, that all processes see alike.

    Whatever is decided by time, such as the learning rate before the end, is so decided alike.
    Alone, it is the clock itself.
    """

    def __init__(self, clock: Clock, stopped: Callable[[], bool], device: str) -> None:
        self._clock, self._stopped, self._device = clock, stopped, device
        self._now_ms, self._stop = 0.0, False
        self.agree()

    def agree(self) -> None:
        """Take the time of the leader, and stop if anybody is asked to."""
        if world_size() == 1:
            return
        now = self._clock.now_ms() if rank() == 0 else 0.0
        values = torch.tensor([now, float(self._stopped())], dtype=torch.float64)
        now, stop = sum_over_ranks(values.to(self._device)).tolist()
        self._now_ms, self._stop = now, stop > 0

    def now_ms(self) -> float:
        return self._clock.now_ms() if world_size() == 1 else self._now_ms

    def pause(self, seconds: float) -> None:
        self._clock.pause(seconds)

    def stopped(self) -> bool:
        return self._stopped() if world_size() == 1 else self._stop


def by_leader(measure: Callable[[], float | None], device: str) -> float | None:
    """What `measure` gives, done by the leader alone; the others wait for it and get it too."""
    if world_size() == 1:
        return measure()
    value = measure() if rank() == 0 else None
    answer = torch.tensor(math.nan if value is None else value, device=device)
    distributed.broadcast(answer, 0)
    return None if answer.isnan() else answer.item()
