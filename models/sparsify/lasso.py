"""Group lasso: a pull that is the same for every block, so that weak ones end at zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from models.sparsify.blocks import block_norms, spread

if TYPE_CHECKING:
    from vistest.vision.engine.patterns import Block

_SMALLEST = 1e-8


@torch.no_grad()
def add_group_lasso(weight: torch.Tensor, block: Block, strength: float) -> None:
    """Add the gradient of strength * sum of block norms to that of `weight`.

    It is strength * w / ||w of its block||: the norm is that of the weights, not of their
    gradients. Under data-parallel training it belongs after the gradients were summed up over all
    workers, once per step.
    """
    if weight.grad is not None:
        norms = block_norms(weight, block).clamp(min=_SMALLEST)
        pull = weight / spread(norms, weight, block).to(weight.dtype)
        weight.grad.add_(pull, alpha=strength)
