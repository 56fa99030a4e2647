"""From a network to a bundle: find the blocks, drop the zero ones."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError
from vistest.vision.bundle.model import ModelBundle
from vistest.vision.bundle.weights import store
from vistest.vision.engine.compression import BlockGrid
from vistest.vision.engine.patterns import Pattern, register_block, sub_register_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.vision.engine.graph import Conv, Graph
    from vistest.vision.engine.instruction_set import InstructionSet
    from vistest.vision.engine.patterns import Block, DataType, Operator

logger = logging.getLogger(__name__)

_SHARE_OF_ZEROS = 0.98
_LEAST_SPARSITY = 0.05


def compress(
    graph: Graph,
    name: str,
    target: InstructionSet,
    block: Block | None = None,
    facts: Mapping[str, Any] | None = None,
) -> ModelBundle:
    """Compress the weights of `graph` without changing one of them.

    Args:
        graph: A network, pruned or not.
        name: Name and version of the model.
        target: Instructions that the blocks are for.
        block: Of the int8 layers; None finds it layer by layer.
        facts: Kept in the bundle.

    Raises:
        ModelError: `target` has no such block.
    """
    weights = {}
    for layer in graph.convolutions:
        pattern = pattern_of(layer, target, block)
        weights[layer.name] = store(layer.weight, pattern)
        logger.debug("%s: %s, %s", layer.name, pattern.block, weights[layer.name].pattern.sparsity)
    return ModelBundle(name, graph, weights, dict(facts or {}))


def pattern_of(layer: Conv, target: InstructionSet, block: Block | None = None) -> Pattern:
    """The pattern that the zeros of `layer` follow.

    It is that of the coarsest block that still holds nearly all zero weights of the finest one,
    or the full register where hardly anything is zero.
    """
    data_type: DataType = "fp32" if layer.weight.dtype == np.float32 else "int8"
    chosen = block if block and data_type == "int8" else _fitting(layer, target, data_type)
    operator: Operator = "linear" if layer.linear else "convolution"
    try:
        return Pattern(operator, target.name, data_type, chosen, 0.0)
    except ValueError as error:
        blocks = (register_block(target, data_type), *sub_register_blocks(target, data_type))
        raise ModelError(
            str(error), hint=f"Name one of {', '.join(str(known) for known in blocks)}."
        ) from error


def _fitting(layer: Conv, target: InstructionSet, data_type: DataType) -> Block:
    full = register_block(target, data_type)
    blocks = (full, *sub_register_blocks(target, data_type))
    zeros = [_zero_weights(layer, block) for block in blocks]
    if zeros[-1] < _LEAST_SPARSITY * layer.weight.size:
        return full
    enough = (
        block for block, n in zip(blocks, zeros, strict=True) if n >= _SHARE_OF_ZEROS * zeros[-1]
    )
    return next(enough)


def _zero_weights(layer: Conv, block: Block) -> int:
    """Weights within all-zero blocks of that size."""
    grid = BlockGrid(layer.weight.shape, block)
    zero = ~grid.split(layer.weight).any(axis=(2, 3))
    inside = grid.split(np.ones(layer.weight.shape, np.uint8)).sum(axis=(2, 3), dtype=np.int64)
    return int(inside[zero].sum())
