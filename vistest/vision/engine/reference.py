"""What the engine must compute, in numpy: slow, plain, and the truth for its tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.engine.compression import Concentrated

Array = np.ndarray[Any, np.dtype[Any]]


def sparse_convolution(
    pixels: Array, weights: Concentrated, stride: int = 1, padding: int = 0
) -> Array:
    """Sums of products of `pixels` with the kept blocks only.

    For each row of blocks the activations that its mask names are extracted and multiplied with
    the concentrated weights; nothing else is read.

    Args:
        pixels: (channels, height, width). A zero point must have been subtracted.
        weights: Of a convolution.
        stride: In both directions.
        padding: Zeros on each side.

    Returns:
        (outputs, height, width): int32 for whole numbers, float32 for float32.
    """
    grid, mask = weights.grid, weights.mask
    columns, size = _columns(pixels, weights, stride, padding)
    sums = np.zeros((grid.rows, grid.block.outputs, columns.shape[2]), columns.dtype)
    for row in range(grid.rows):
        extracted = columns[mask.row(row)]  # (kept, inputs, positions)
        blocks = weights.blocks[mask.starts[row] : mask.starts[row + 1]].astype(columns.dtype)
        flat = blocks.transpose(1, 0, 2).reshape(grid.block.outputs, -1)
        sums[row] = flat @ extracted.reshape(flat.shape[1], columns.shape[2])
    kind = np.float32 if np.issubdtype(weights.blocks.dtype, np.floating) else np.int32
    return sums.reshape(-1, *size)[: grid.shape[0]].astype(kind)


def sparse_linear(vectors: Array, weights: Concentrated) -> Array:
    """The same for a linear operator: (count, inputs) to (count, outputs)."""
    return sparse_convolution(vectors.T[:, :, None], weights)[:, :, 0].T


def dense_convolution(pixels: Array, weights: Array, stride: int = 1, padding: int = 0) -> Array:
    """The same sums over all weights (outputs, inputs, height, width), by another way."""
    padded = np.pad(pixels, ((0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weights.shape[2:], axis=(1, 2))
    picked = windows[:, ::stride, ::stride].astype(np.float64)
    sums = np.einsum("chwyx,ocyx->ohw", picked, weights.astype(np.float64), optimize=True)
    kind = np.float32 if np.issubdtype(weights.dtype, np.floating) else np.int32
    return np.asarray(sums).astype(kind)


def _columns(
    pixels: Array, weights: Concentrated, stride: int, padding: int
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Activations (columns, block.inputs, positions) as the mask numbers them, and (h, w).

    In float64, in which sums of products of bytes are exact.
    """
    grid = weights.grid
    kernel_height, kernel_width = grid.kernel
    channels, inputs = pixels.shape[0], grid.block.inputs
    if channels != grid.shape[1]:
        raise ValueError(f"{channels} channels for weights of {grid.shape[1]}")
    filled = grid.input_groups * inputs - channels
    around = (padding, padding)
    padded = np.pad(pixels.astype(np.float64), ((0, filled), around, around))
    height = (padded.shape[1] - kernel_height) // stride + 1
    width = (padded.shape[2] - kernel_width) // stride + 1
    taps = [
        padded[:, y:, x:][:, : height * stride : stride, : width * stride : stride]
        for y in range(kernel_height)
        for x in range(kernel_width)
    ]
    return np.stack(taps).reshape(grid.columns, inputs, height * width), (height, width)
