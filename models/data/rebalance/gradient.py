"""The right gradient from unequal local batches.

`DistributedDataParallel` gives every rank the mean of the ranks' gradients. That is not the mean
over the global batch once local batches differ: a sample of a small one would count more. So each
rank divides its sum by the count of all ranks, times the number of ranks.
"""

from __future__ import annotations

import torch
from torch import distributed


def world_size() -> int:
    """Number of ranks; 1 where nothing is distributed."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


def sum_over_ranks(values: torch.Tensor) -> torch.Tensor:
    """The sum of `values` of all ranks, without gradient; every rank must call it."""
    total = values.detach().clone()
    if world_size() > 1:
        distributed.all_reduce(total)
    return total


def for_mean_of_ranks(loss: torch.Tensor) -> torch.Tensor:
    """What to go backward from, under `DistributedDataParallel`.

    Args:
        loss: The sum over this rank's samples, divided by the count of all ranks. Of plain samples
            that is the size of the global batch, which every rank knows; else `sum_over_ranks`
            of what each counted.
    """
    return loss * world_size()
