"""Group lasso: a pull that is the same for every block, so that weak ones end at zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from models.sparsify.blocks import block_norms, spread

if TYPE_CHECKING:
    from vistest.vision.engine.patterns import Block

_SMALLEST = 1e-12


@torch.no_grad()
def shrink_blocks(weight: torch.Tensor, block: Block, amount: float) -> None:
    """Make each block of `weight` shorter by `amount`; those that are no longer become zero.

    It is the step of steepest descent for the sum of the norms of the weight blocks, and exact (the
    proximal operator). It follows the optimizer's step rather than being part of the gradient, as
    weight decay does in AdamW: an optimizer that gives every direction the same say, as Adam and
    Muon do, would lose how strong the pull is. It reads weights only, so all workers do the same.
    """
    norms = block_norms(weight, block)
    left = (1 - amount / norms.clamp(min=_SMALLEST)).clamp(min=0)
    weight.mul_(spread(left, weight, block).to(weight.dtype))
