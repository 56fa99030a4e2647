"""Batch normalisation with the statistics of the global batch, of what is no padding.

`torch.nn.SyncBatchNorm` does neither run on a CPU nor know of padding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import distributed, nn

from models.data.rebalance.gradient import world_size

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx

    from models.data.rebalance.padding import Extent

_TINY = 1e-12


class GlobalBatchNorm2d(nn.BatchNorm2d):
    """Equal to `BatchNorm2d` of one worker that has the whole batch, without padding.

    Padding comes out as zeros, so that the next convolution sees what it would see beyond the
    border of a picture. Every rank must call it, in training, as often as the others.

    Attributes:
        extent: Where the pictures of the local batch are; whoever feeds the network sets it.
    """

    extent: Extent

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        mask = self.extent.mask(x)
        if not self.training:
            return _masked(super().forward(x), mask)
        if mask is None and world_size() == 1:
            return super().forward(x)
        out, mean, variance, count = _Normalise.apply(x, self.weight, self.bias, mask, self.eps)
        self._follow(mean, variance, count)
        return out

    @torch.no_grad()
    def _follow(self, mean: torch.Tensor, variance: torch.Tensor, count: torch.Tensor) -> None:
        self.num_batches_tracked += 1
        unbiased = variance * (count / (count - 1).clamp(min=1))
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(unbiased, self.momentum)


def share_normalisation(network: nn.Module, extent: Extent) -> None:
    """Let every `BatchNorm2d` in `network` take its statistics from all ranks.

    Parameters, buffers and their names stay the same objects and names: an optimizer and a
    checkpoint need not know.
    """
    for module in network.modules():
        if type(module) is nn.BatchNorm2d:
            module.__class__ = GlobalBatchNorm2d
            module.extent = extent


def _masked(x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    return x if mask is None else x * mask


class _Normalise(torch.autograd.Function):
    """The native kernels do the passes over the pixels; only sums per channel are exchanged."""

    @staticmethod
    def forward(
        ctx: FunctionCtx,
        x: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor,
        mask: torch.Tensor | None,
        eps: float,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        x, count = _filled(x, mask)
        mean, variance, count = (part.to(weight.dtype) for part in _statistics(x, count))
        out = nn.functional.batch_norm(x, mean, variance, weight, bias, False, 0.0, eps)
        ctx.save_for_backward(x, weight, mean, variance, count, mask)
        ctx.eps = eps
        ctx.mark_non_differentiable(mean, variance, count)
        return _masked(out, mask), mean, variance, count

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor, *_: torch.Tensor) -> tuple[Any, ...]:  # noqa: ANN401
        x, weight, mean, variance, count, mask = ctx.saved_tensors
        gradient = _masked(gradient, mask)
        direct, by_weight, by_bias = torch.ops.aten.native_batch_norm_backward(
            gradient, x, weight, mean, variance, None, None, False, ctx.eps, [True, True, True]
        )
        sums = torch.stack([by_weight, by_bias])
        if world_size() > 1:
            distributed.all_reduce(sums := sums.clone())
        # Through the mean and the variance every pixel of the global batch moves every other.
        scale = (variance + ctx.eps).rsqrt()
        slope = weight * scale * scale * sums[0] / count
        offset = weight * scale * sums[1] / count - slope * mean
        shape = (1, -1, 1, 1)
        through = torch.addcmul(offset.view(shape), x, slope.view(shape)).to(x.dtype)
        return direct - _masked(through, mask), by_weight, by_bias, None, None


def _filled(x: torch.Tensor, mask: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
    """`x` with the mean in place of padding, which so adds nothing to its variance; the count."""
    if mask is None:
        count = x.shape[0] * x.shape[2] * x.shape[3]
        return x, torch.tensor([count], dtype=torch.float64, device=x.device)
    count = mask.sum(dtype=torch.float64).view(1)
    mean = (x * mask).sum((0, 2, 3)) / count
    return torch.where(mask > 0, x, mean.view(1, -1, 1, 1).to(x.dtype)), count


def _statistics(x: torch.Tensor, count: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Mean and variance (c,) over all ranks, and of how many values; `x` is filled.

    Deviations are summed, each rank's from its own mean: most of a screen is flat and bright, so
    that sums of squares would drown them.
    """
    _, mean, scale = torch.native_batch_norm(x, None, None, None, None, True, 0.0, _TINY)
    variance = scale.double().square().reciprocal() - _TINY
    deviations = variance * (x.shape[0] * x.shape[2] * x.shape[3])
    own = torch.cat([count, mean.double(), deviations])
    ranks = [own]
    if world_size() > 1:
        ranks = [torch.empty_like(own) for _ in range(world_size())]
        distributed.all_gather(ranks, own)
    table = torch.stack(ranks)
    counts = table[:, :1]
    means, deviations = table[:, 1:].chunk(2, 1)
    count = counts.sum(0)
    mean = (counts * means).sum(0) / count
    variance = (deviations + counts * (means - mean).square()).sum(0) / count
    return mean, variance, count
