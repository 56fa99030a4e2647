"""The weights of one layer as a bundle stores them: concentrated where that is smaller."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.vision.engine.compression import (
    BlockGrid,
    Concentrated,
    Mask,
    Weights,
    concentrate,
    restore,
)
from vistest.vision.engine.graph import LARGEST_CHANNELS, LARGEST_KERNEL
from vistest.vision.engine.patterns import Pattern, pattern_from

if TYPE_CHECKING:
    from vistest.vision.bundle.arrays import ArrayReader, ArrayType, ArrayWriter
    from vistest.vision.bundle.fields import Fields

_LARGEST_SHORT = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True, eq=False)
class StoredWeights:
    """Weights (outputs, inputs, height, width), int8 or float32, and their pattern.

    Attributes:
        pattern: Block and sparsity.
        content: Concentrated blocks with their mask, or the weights as they are.
    """

    pattern: Pattern
    content: Concentrated | Weights

    @property
    def shape(self) -> tuple[int, ...]:
        content = self.content
        return content.grid.shape if isinstance(content, Concentrated) else content.shape

    @property
    def stored_bytes(self) -> int:
        """What mask and weights take in the file."""
        content = self.content
        if not isinstance(content, Concentrated):
            return content.nbytes
        mask = content.mask
        return content.blocks.nbytes + mask.starts.nbytes + _short(content).nbytes

    @property
    def kept_share(self) -> float:
        """Share of the weights that are multiplied."""
        return 1 - self.content.sparsity if isinstance(self.content, Concentrated) else 1.0

    def dense(self) -> Weights:
        """The weights with all their zeros."""
        return restore(self.content) if isinstance(self.content, Concentrated) else self.content


def store(weights: Weights, pattern: Pattern) -> StoredWeights:
    """`weights` by the block of `pattern`, concentrated if that takes less space.

    The sparsity of the pattern becomes the one that is found.
    """
    found = concentrate(weights, pattern.block)
    measured = Pattern(
        pattern.operator,
        pattern.instruction_set,
        pattern.data_type,
        pattern.block,
        found.sparsity,
    )
    compressed = StoredWeights(measured, found)
    plain = StoredWeights(measured, weights)
    return compressed if compressed.stored_bytes < plain.stored_bytes else plain


def write_weights(stored: StoredWeights, arrays: ArrayWriter) -> dict[str, Any]:
    """Members of a layer's object; the numbers go into `arrays`."""
    content = stored.content
    document = {"shape": list(stored.shape), "pattern": stored.pattern.document()}
    if not isinstance(content, Concentrated):
        return {**document, "weights": arrays.add(content)}
    return {
        **document,
        "weights": arrays.add(content.blocks),
        "mask": {
            "starts": arrays.add(content.mask.starts),
            "columns": arrays.add(_short(content)),
        },
    }


def read_weights(fields: Fields, arrays: ArrayReader) -> StoredWeights:
    """The weights of a layer's object.

    Raises:
        FormatError: they do not fit their mask, their pattern or any memory.
    """
    shape = _shape(fields)
    pattern = pattern_from(fields.mapping("pattern"), fields.where)
    grid = BlockGrid(shape, pattern.block)
    arrays.claim(grid.filled_size, fields.where)
    kind: ArrayType = "float32" if pattern.data_type == "fp32" else "int8"
    weights = arrays.get(fields.inner("weights"), (kind,))
    if not fields.has("mask"):
        if weights.shape != shape:
            raise fields.error(f"the weights are not of shape {shape}")
        return StoredWeights(pattern, weights)
    mask = fields.inner("mask")
    starts = arrays.get(mask.inner("starts"), ("int32",))
    columns = arrays.get(mask.inner("columns"), ("uint16", "int32"))
    if starts.ndim != 1 or columns.ndim != 1:
        raise fields.error("the mask is no list")
    content = Concentrated(grid, Mask(starts, columns.astype(np.int32)), weights)
    content.check(fields.where)
    return StoredWeights(pattern, content)


def _shape(fields: Fields) -> tuple[int, ...]:
    shape = fields.integers("shape", 1, LARGEST_CHANNELS, 4)
    if len(shape) != 4 or max(shape[2:]) > LARGEST_KERNEL:
        raise fields.error("the shape is not (outputs, inputs, height, width) of a small kernel")
    return shape


def _short(content: Concentrated) -> Weights:
    """The columns in 16 bits where they fit."""
    columns = content.mask.columns
    narrow = math.prod(content.grid.kernel) * content.grid.input_groups <= _LARGEST_SHORT + 1
    return columns.astype(np.uint16) if narrow else columns
