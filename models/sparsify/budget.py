"""Which blocks are kept: the strongest, layer by layer or over the whole network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.sparsify.config import Budget


@dataclass(frozen=True, slots=True)
class Choice:
    """What the choice of one layer is made from.

    Attributes:
        norms: (rows, columns), strength of each block.
        fixed_density: Share that is kept in any case, once the ramp is over; None if the budget
            decides.
        cost: Multiplications that one block costs.
    """

    norms: torch.Tensor
    fixed_density: float | None = None
    cost: float = 1.0


def choose(
    layers: Mapping[str, Choice],
    sparsity: float,
    budget: Budget,
    least_density: float = 0.0,
    progress: float = 1.0,
) -> dict[str, torch.Tensor]:
    """Masks by layer: which blocks stay.

    Args:
        layers: What to choose from.
        sparsity: Share of the blocks to drop; of their cost if the budget is `cost`.
        budget: See `SparsityConfig`.
        least_density: No layer keeps less.
        progress: How far the ramp is, 0 to 1; layers of fixed density follow it.
    """
    kept = {}
    free = {}
    for name, layer in layers.items():
        if layer.fixed_density is not None:
            kept[name] = strongest(layer.norms, 1 - progress * (1 - layer.fixed_density))
        elif budget == "layer":
            kept[name] = strongest(layer.norms, max(least_density, 1 - sparsity))
        else:
            free[name] = layer
    if free:
        kept |= _over_all(free, sparsity, by_cost=budget == "cost", least_density=least_density)
    return {name: kept[name] for name in layers}


def strongest(norms: torch.Tensor, density: float) -> torch.Tensor:
    """A mask of the strongest share of the blocks; of equals the first ones stay."""
    count = round(density * norms.numel())
    order = norms.flatten().sort(descending=True, stable=True).indices
    kept = torch.zeros(norms.numel(), dtype=torch.bool, device=norms.device)
    kept[order[:count]] = True
    return kept.view_as(norms)


def _over_all(
    layers: Mapping[str, Choice], sparsity: float, *, by_cost: bool, least_density: float
) -> dict[str, torch.Tensor]:
    """One ranking of the blocks of all layers.

    Normalisation makes the scale of a layer's weights meaningless, so a block counts by its
    strength relative to its layer.
    """
    floors = {name: strongest(layer.norms, least_density) for name, layer in layers.items()}
    scores, costs, always = [], [], []
    for name, layer in layers.items():
        cost = layer.cost if by_cost else 1.0
        usual = layer.norms.square().mean().sqrt().clamp(min=1e-12)
        scores.append((layer.norms / usual / cost**0.5).flatten())
        costs.append(torch.full_like(scores[-1], cost))
        always.append(floors[name].flatten())
    rank = torch.cat(scores)
    rank[torch.cat(always)] = torch.inf
    order = rank.sort(descending=True, stable=True).indices
    spent = torch.cat(costs)[order].double().cumsum(0)
    within = spent <= (1 - sparsity) * spent[-1] + 1e-6
    kept = torch.zeros(len(rank), dtype=torch.bool, device=rank.device)
    kept[order[within]] = True
    kept |= torch.cat(always)
    parts = kept.split([layer.norms.numel() for layer in layers.values()])
    return {
        name: part.view_as(layer.norms)
        for (name, layer), part in zip(layers.items(), parts, strict=True)
    }
