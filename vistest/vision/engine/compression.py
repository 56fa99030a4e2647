"""Weights without their zero blocks, and the mask that says where the others belong.

A weight of shape (outputs, inputs, height, width), or (outputs, inputs) for a linear operator, is
seen as a matrix of blocks: a row for each group of `block.outputs` output channels; a column for
each kernel position and each group of `block.inputs` input channels, numbered

    column = (y * width + x) * input groups + input group

Channels that do not fill their last group are filled up with zeros. The concentrated weights are
the blocks that hold anything but zeros, row by row; the mask is the column of each of them and,
for each row, where it starts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import FormatError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.engine.patterns import Block

Weights = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class BlockGrid:
    """A weight as a matrix of blocks.

    Attributes:
        shape: Of the weight: (outputs, inputs, height, width), or (outputs, inputs).
        block: The size of a block.
    """

    shape: tuple[int, ...]
    block: Block

    def __post_init__(self) -> None:
        if len(self.shape) not in (2, 4) or min(self.shape) < 1:
            raise ValueError(f"a weight of shape {self.shape} has no blocks")

    @property
    def rows(self) -> int:
        return -(-self.shape[0] // self.block.outputs)

    @property
    def input_groups(self) -> int:
        return -(-self.shape[1] // self.block.inputs)

    @property
    def kernel(self) -> tuple[int, int]:
        """Height and width; 1 and 1 for a linear operator."""
        return (self.shape[2], self.shape[3]) if len(self.shape) == 4 else (1, 1)

    @property
    def columns(self) -> int:
        return math.prod(self.kernel) * self.input_groups

    @property
    def filled_size(self) -> int:
        """Weights of all blocks, those beyond the last channel too."""
        return self.rows * self.columns * self.block.outputs * self.block.inputs

    def split(self, weights: Weights) -> Weights:
        """The blocks (rows, columns, block.outputs, block.inputs) of `weights`."""
        height, width = self.kernel
        outputs, inputs = self.block.outputs, self.block.inputs
        filled = np.zeros(
            (self.rows * outputs, self.input_groups * inputs, height, width), weights.dtype
        )
        filled[: self.shape[0], : self.shape[1]] = weights.reshape(*self.shape[:2], height, width)
        parts = filled.reshape(self.rows, outputs, self.input_groups, inputs, height, width)
        blocks: Weights = parts.transpose(0, 4, 5, 2, 1, 3).reshape(
            self.rows, self.columns, outputs, inputs
        )
        return blocks

    def join(self, blocks: Weights) -> Weights:
        """The weights of all `blocks`; the inverse of `split`."""
        height, width = self.kernel
        outputs, inputs = self.block.outputs, self.block.inputs
        parts = blocks.reshape(self.rows, height, width, self.input_groups, outputs, inputs)
        filled = parts.transpose(0, 4, 3, 5, 1, 2).reshape(
            self.rows * outputs, self.input_groups * inputs, height, width
        )
        return np.ascontiguousarray(filled[: self.shape[0], : self.shape[1]]).reshape(self.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Where the blocks that are kept belong.

    Attributes:
        starts: int32 (rows + 1,): the blocks of row r are `starts[r]` to `starts[r + 1]`.
        columns: int32 (kept,): the column of each block, rising within a row.
    """

    starts: NDArray[np.int32]
    columns: NDArray[np.int32]

    @classmethod
    def of(cls, kept: NDArray[np.bool_]) -> Mask:
        """The mask of a table (rows, columns) of what is kept."""
        starts = np.concatenate([[0], np.cumsum(kept.sum(1))])
        return cls(starts.astype(np.int32), np.nonzero(kept)[1].astype(np.int32))

    @property
    def rows(self) -> NDArray[np.int64]:
        """The row of each kept block."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def row(self, number: int) -> NDArray[np.int32]:
        """The columns that row `number` keeps."""
        return self.columns[self.starts[number] : self.starts[number + 1]]

    def table(self, columns: int) -> NDArray[np.bool_]:
        """What is kept, (rows, `columns`)."""
        kept = np.zeros((len(self.starts) - 1, columns), bool)
        kept[self.rows, self.columns] = True
        return kept


@dataclass(frozen=True, slots=True, eq=False)
class Concentrated:
    """A weight as concentrated blocks and their mask.

    Attributes:
        grid: Shape of the weight and size of a block.
        mask: Where the blocks belong.
        blocks: (kept, block.outputs, block.inputs), int8 or float32.
    """

    grid: BlockGrid
    mask: Mask
    blocks: Weights

    @property
    def sparsity(self) -> float:
        """Share of the blocks that are zero."""
        return 1 - len(self.blocks) / (self.grid.rows * self.grid.columns)

    def check(self, where: str) -> None:
        """Make sure that mask and blocks fit each other and the grid.

        Raises:
            FormatError: they do not; the message says `where`.
        """
        problem = _problem(self)
        if problem:
            raise FormatError(
                f"{where}: {problem}", hint="The model is damaged; compress it again."
            )


def concentrate(weights: Weights, block: Block) -> Concentrated:
    """`weights` without their all-zero blocks."""
    grid = BlockGrid(weights.shape, block)
    blocks = grid.split(weights)
    kept = np.asarray(blocks.any(axis=(2, 3)))
    return Concentrated(grid, Mask.of(kept), blocks[kept])


def restore(concentrated: Concentrated) -> Weights:
    """The weights that `concentrate` was given, bit by bit but for the sign of a float zero."""
    grid, block = concentrated.grid, concentrated.grid.block
    blocks = np.zeros(
        (grid.rows, grid.columns, block.outputs, block.inputs), concentrated.blocks.dtype
    )
    blocks[concentrated.mask.rows, concentrated.mask.columns] = concentrated.blocks
    return grid.join(blocks)


def _problem(concentrated: Concentrated) -> str:
    grid, mask, blocks = concentrated.grid, concentrated.mask, concentrated.blocks
    block = grid.block
    if blocks.ndim != 3 or blocks.shape[1:] != (block.outputs, block.inputs):
        return f"the weights are not blocks of {block}"
    if mask.starts.shape != (grid.rows + 1,) or mask.columns.shape != (len(blocks),):
        return "the mask has another size than the weights"
    starts, columns = mask.starts.astype(np.int64), mask.columns.astype(np.int64)
    if starts[0] != 0 or starts[-1] != len(blocks) or (np.diff(starts) < 0).any():
        return "the rows of the mask do not follow each other"
    if len(columns) and not (columns.min() >= 0 and columns.max() < grid.columns):
        return "the mask points outside the weights"
    positions = mask.rows * grid.columns + columns
    if (np.diff(positions) <= 0).any():
        return "the mask names a block twice or out of order"
    return "" if _tails_are_zero(concentrated) else "there are weights for channels that are not"


def _tails_are_zero(concentrated: Concentrated) -> bool:
    """Whether blocks are zero where they reach beyond the last channel."""
    grid, mask, blocks = concentrated.grid, concentrated.mask, concentrated.blocks
    outputs = grid.shape[0] - (grid.rows - 1) * grid.block.outputs
    inputs = grid.shape[1] - (grid.input_groups - 1) * grid.block.inputs
    last_row = mask.rows == grid.rows - 1
    last_group = mask.columns % grid.input_groups == grid.input_groups - 1
    return not (blocks[last_row, outputs:].any() or blocks[last_group, :, inputs:].any())
