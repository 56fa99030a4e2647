"""Exchange of weak kept blocks for zero ones that the loss asks for (RigL, arXiv 1911.11134)."""

from __future__ import annotations

import math

import torch


def regrow_share(share: float, views: int, first: int, until: int) -> float:
    """The share that is exchanged after `views`: falls from `share` to zero along a cosine."""
    if not first <= views < until:
        return 0.0
    return share * 0.5 * (1 + math.cos(math.pi * (views - first) / (until - first)))


def exchange(
    kept: torch.Tensor, norms: torch.Tensor, wanted: torch.Tensor, share: float
) -> torch.Tensor:
    """A mask of as many blocks as `kept`.

    Args:
        kept: (rows, columns), bool.
        norms: Strength of each block's weights.
        wanted: Strength of each block's gradient, also of those that are zero.
        share: Of the kept blocks, which are given up.
    """
    count = min(round(share * int(kept.sum())), int((~kept).sum()))
    changed = kept.clone().flatten()
    weakest = norms.masked_fill(~kept, torch.inf).flatten().sort(stable=True).indices[:count]
    asked = wanted.masked_fill(kept, -torch.inf).flatten()
    grown = asked.sort(descending=True, stable=True).indices[:count]
    changed[weakest] = False
    changed[grown] = True
    return changed.view_as(kept)
