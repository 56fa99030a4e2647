"""Blocks of a weight in PyTorch; the numbering is that of `vistest.vision.engine.compression`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.nn import functional

if TYPE_CHECKING:
    import torch

    from vistest.vision.engine.patterns import Block


def block_norms(weight: torch.Tensor, block: Block) -> torch.Tensor:
    """The Euclidean norm of each block.

    Args:
        weight: (outputs, inputs, height, width).
        block: Channels that do not fill their last block count as zeros.

    Returns:
        (rows, columns), float32: rows are groups of output channels, columns are kernel positions
        and, within each, groups of input channels.
    """
    filled = _filled(weight.detach().float().square(), block)
    rows, groups = filled.shape[0] // block.outputs, filled.shape[1] // block.inputs
    parts = filled.unflatten(1, (groups, block.inputs)).unflatten(0, (rows, block.outputs))
    sums = parts.sum((1, 3))  # (rows, groups, height, width)
    return sums.permute(0, 2, 3, 1).flatten(1).sqrt()


def spread(values: torch.Tensor, weight: torch.Tensor, block: Block) -> torch.Tensor:
    """The value of each block (rows, columns) at every weight in it."""
    outputs, inputs, height, width = weight.shape
    groups = values.shape[1] // (height * width)
    parts = values.unflatten(1, (height, width, groups)).permute(0, 3, 1, 2)
    whole = parts.repeat_interleave(block.outputs, 0).repeat_interleave(block.inputs, 1)
    return whole[:outputs, :inputs]


def _filled(weight: torch.Tensor, block: Block) -> torch.Tensor:
    outputs, inputs = weight.shape[:2]
    missing = (-inputs % block.inputs, -outputs % block.outputs)
    return functional.pad(weight, (0, 0, 0, 0, 0, missing[0], 0, missing[1]))
