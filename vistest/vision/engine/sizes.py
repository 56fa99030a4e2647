"""How large the pictures between layers become, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.errors import ModelError
from vistest.vision.engine.graph import Add, Concat, Conv, GlobalPool, MaxPool, Table, Upsample

if TYPE_CHECKING:
    from vistest.vision.engine.graph import Graph, Layer

LARGEST_SIDE = 16_384


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Height and width of a tensor."""

    height: int
    width: int


def picture_sizes(graph: Graph, height: int, width: int) -> dict[str, PictureSize]:
    """The size of every tensor of `graph` for an input of that size.

    Raises:
        ModelError: the network cannot take such a picture.
    """
    if not (1 <= height <= LARGEST_SIDE and 1 <= width <= LARGEST_SIDE):
        raise ModelError(f"a picture of {width}x{height} is too small or too large")
    sizes = {graph.input: PictureSize(height, width)}
    for layer in graph.layers:
        inputs = [sizes[name] for name in layer.inputs]
        size = _output_size(layer, inputs[0])
        if size.height < 1 or size.width < 1 or max(size.height, size.width) > LARGEST_SIDE:
            raise ModelError(f"a picture of {width}x{height} leaves nothing for {layer.name!r}")
        if any(other != inputs[0] for other in inputs):
            raise ModelError(
                f"a picture of {width}x{height} gives {layer.name!r} inputs of different sizes",
                hint="Take multiples of the network's largest stride, such as 32.",
            )
        sizes[layer.output] = size
    return sizes


def multiplications(graph: Graph, height: int, width: int) -> dict[str, int]:
    """Products that each convolution needs if all its weights are multiplied."""
    sizes = picture_sizes(graph, height, width)
    return {
        layer.name: layer.weight.size * sizes[layer.output].height * sizes[layer.output].width
        for layer in graph.convolutions
    }


def _output_size(layer: Layer, size: PictureSize) -> PictureSize:
    match layer:
        case Conv():
            return _slid(size, layer.weight.shape[2], layer.stride, layer.padding)
        case MaxPool():
            return _slid(size, layer.kernel, layer.stride, layer.padding)
        case Upsample():
            return PictureSize(size.height * layer.factor, size.width * layer.factor)
        case GlobalPool():
            return PictureSize(1, 1)
        case Add() | Concat() | Table():
            return size


def _slid(size: PictureSize, kernel: int, stride: int, padding: int) -> PictureSize:
    """The places of a window that is slid over a picture."""
    height, width = (
        (side + 2 * padding - kernel) // stride + 1 for side in (size.height, size.width)
    )
    return PictureSize(height, width)
