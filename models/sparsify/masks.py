"""Masks over the blocks of weights: applied, counted, and the same on every worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import distributed

from models.sparsify.blocks import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.sparsify.layers import PrunedLayer

Masks = dict[str, torch.Tensor]


def dropped_weights(layers: Iterable[PrunedLayer], masks: Masks) -> Masks:
    """For each layer that has a mask, which of its weights belong to blocks that are not kept.

    They lie in memory as the weights do, which makes clearing several times faster.
    """
    dropped = {}
    for layer in layers:
        if layer.name in masks:
            kept = spread(masks[layer.name], layer.weight, layer.pattern.block)
            dropped[layer.name] = torch.empty_like(layer.weight, dtype=torch.bool).copy_(~kept)
    return dropped


@torch.no_grad()
def clear_weights(layers: Iterable[PrunedLayer], dropped: Masks) -> None:
    """Set what is dropped to exactly zero."""
    for layer in layers:
        if layer.name in dropped:
            layer.weight.masked_fill_(dropped[layer.name], 0)


@torch.no_grad()
def clear_gradients(layers: Iterable[PrunedLayer], dropped: Masks) -> None:
    """Keep the optimizer from remembering gradients of weights that are zero."""
    for layer in layers:
        if layer.name in dropped and layer.weight.grad is not None:
            layer.weight.grad.masked_fill_(dropped[layer.name], 0)


def sparsity_of(masks: Mapping[str, torch.Tensor]) -> float:
    """Share of the blocks that are zero, over all layers."""
    total = sum(kept.numel() for kept in masks.values())
    return 1 - sum(int(kept.sum()) for kept in masks.values()) / total if total else 0.0


def agreed(masks: Masks) -> Masks:
    """The masks of the first worker, on every worker; `masks` themselves where there is one only.

    Weights are equal on all workers after a step, so their masks should be too. Kernels that sum
    in another order could still make one block differ, and then the workers would train different
    networks without a word.
    """
    if not masks or not (distributed.is_available() and distributed.is_initialized()):
        return masks
    together = torch.cat([kept.flatten() for kept in masks.values()]).to(torch.uint8)
    distributed.broadcast(together, 0)
    parts = together.bool().split([kept.numel() for kept in masks.values()])
    return {
        name: part.view_as(kept) for (name, kept), part in zip(masks.items(), parts, strict=True)
    }
