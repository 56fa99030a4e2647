"""A whole network in numpy, by the rules of quantised ONNX: slow, and the truth for the engine.

Sums are whole numbers. They become real values in float32, and are rounded half to even to the
steps of the layer's output, so a result may differ from another runtime's by one step where its
float arithmetic rounds otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.vision.engine.activations import quantise
from vistest.vision.engine.compression import Concentrated, concentrate
from vistest.vision.engine.graph import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    MaxPool,
    Table,
    Tensor,
    Upsample,
)
from vistest.vision.engine.patterns import Block
from vistest.vision.engine.reference import sparse_convolution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vistest.vision.engine.graph import Graph, Layer

Array = np.ndarray[Any, np.dtype[Any]]

_ANY_BLOCK = Block(4, 1)


def run_graph(
    graph: Graph,
    pixels: Array,
    weights: Mapping[str, Concentrated] | None = None,
) -> dict[str, Array]:
    """All tensors of `graph` by name, each (channels, height, width).

    Args:
        graph: A network.
        pixels: (channels, height, width), of the type of the input tensor.
        weights: Concentrated weights by layer; those of the graph for layers not named.
    """
    values = {graph.input: pixels}
    for layer in graph.layers:
        values[layer.output] = run_layer(graph, layer, values, weights)
    return values


def run_layer(
    graph: Graph,
    layer: Layer,
    values: Mapping[str, Array],
    weights: Mapping[str, Concentrated] | None = None,
) -> Array:
    """The output of one layer from its inputs in `values`."""
    target = graph.tensors[layer.output]
    sources = [(values[name], graph.tensors[name]) for name in layer.inputs]
    if isinstance(layer, Conv):
        kept = (weights or {}).get(layer.name) or concentrate(layer.weight, _ANY_BLOCK)
        return _convolved(layer, kept, *sources[0], target)
    if isinstance(layer, Table):
        return np.asarray(layer.table[sources[0][0]])
    return _steps(_moved(layer, [_real(*source) for source in sources]), target)


def _convolved(
    layer: Conv, weights: Concentrated, pixels: Array, source: Tensor, target: Tensor
) -> Array:
    if layer.weight.dtype == np.float32:
        centred: Array = _real(pixels, source)
    else:
        centred = pixels.astype(np.int32) - source.zero_point  # padding is then the real zero
    sums = sparse_convolution(centred, weights, layer.stride, layer.padding)
    sums = sums + layer.bias[:, None, None]
    scale = layer.weight_scale * np.float32(source.scale)
    real = sums if layer.weight.dtype == np.float32 else sums * scale[:, None, None]
    real = np.asarray(real, np.float32)
    return _steps(np.maximum(real, np.float32(0)) if layer.relu else real, target)


def _moved(layer: Layer, values: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """What layers without weights do to real values."""
    match layer:
        case Add():
            total = values[0] + values[1]
            return np.maximum(total, np.float32(0)) if layer.relu else total
        case Concat():
            return np.concatenate(values)
        case Upsample():
            return np.asarray(values[0].repeat(layer.factor, 1).repeat(layer.factor, 2))
        case MaxPool():
            return _largest(values[0], layer)
        case GlobalPool():
            return np.asarray(values[0].mean((1, 2), np.float64, keepdims=True), np.float32)
        case _:
            raise TypeError(f"no layer without weights: {layer}")


def _largest(values: NDArray[np.float32], layer: MaxPool) -> NDArray[np.float32]:
    around = (layer.padding, layer.padding)
    padded = np.pad(values, ((0, 0), around, around), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, (layer.kernel, layer.kernel), axis=(1, 2)
    )
    return np.asarray(windows[:, :: layer.stride, :: layer.stride].max((3, 4)))


def _real(values: Array, tensor: Tensor) -> NDArray[np.float32]:
    if tensor.dtype == "float32":
        return values
    steps = values.astype(np.float32) - np.float32(tensor.zero_point)
    return np.asarray(steps * np.float32(tensor.scale), np.float32)


def _steps(values: NDArray[np.float32], tensor: Tensor) -> Array:
    return values if tensor.dtype == "float32" else quantise(values, tensor)
