"""Small networks for the tests of the engine, and what they must compute, in plain numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.vision.engine.graph import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    Graph,
    Layer,
    MaxPool,
    Table,
    Tensor,
    Upsample,
)
from vistest.vision.engine.reference import dense_convolution

if TYPE_CHECKING:
    from numpy.typing import NDArray

Array = np.ndarray[Any, np.dtype[Any]]


def random_weight(
    random: np.random.Generator, shape: tuple[int, ...], density: float, block: int = 1
) -> NDArray[np.int8]:
    """int8 of which whole blocks of `block` outputs by 4 inputs are zero."""
    outputs, inputs = shape[:2]
    kept = random.random((-(-outputs // block), -(-inputs // 4), *shape[2:])) < density
    mask = kept.repeat(block, 0)[:outputs].repeat(4, 1)[:, :inputs]
    return (random.integers(-127, 128, shape) * mask).astype(np.int8)


def one_convolution(
    random: np.random.Generator,
    *,
    inputs: int,
    outputs: int,
    kernel: int = 3,
    stride: int = 1,
    density: float = 1.0,
    block: int = 1,
    zero_points: tuple[int, int] = (0, 0),
    relu: bool = False,
) -> Graph:
    """A network of one int8 convolution whose results use the whole range of a byte."""
    weight = random_weight(random, (outputs, inputs, kernel, kernel), density, block)
    spread = 74 * 147 * max(1.0, inputs * kernel * kernel * density) ** 0.5
    scale = random.uniform(0.5, 1.5, outputs).astype(np.float32)
    bias = random.integers(-int(spread), int(spread) + 1, outputs).astype(np.int32)
    tensors = {
        "in": Tensor("in", inputs, "uint8", 0.5, zero_points[0]),
        "out": Tensor("out", outputs, "uint8", float(0.5 * spread / 80), zero_points[1]),
    }
    layer = Conv("conv", "in", "out", weight, scale, bias, stride, kernel // 2, relu)
    return Graph("in", ("out",), tensors, (layer,))


def truth(graph: Graph, picture: Array) -> dict[str, Array]:
    """Every tensor (channels, height, width) of the graph for a picture of that form."""
    values: dict[str, Array] = {graph.input: picture}
    for layer in graph.layers:
        inputs = [values[name] for name in layer.inputs]
        sources = [graph.tensors[name] for name in layer.inputs]
        values[layer.output] = _run(layer, inputs, sources, graph.tensors[layer.output])
    return values


def _run(layer: Layer, inputs: list[Array], sources: list[Tensor], target: Tensor) -> Array:
    match layer:
        case Conv():
            return _convolution(layer, inputs[0], sources[0], target)
        case Add():
            return _sum(layer, inputs, sources, target)
        case Concat():
            pairs = zip(inputs, sources, strict=True)
            return np.concatenate([rescaled(x, source, target) for x, source in pairs])
        case Upsample():
            repeated = inputs[0].repeat(layer.factor, 1).repeat(layer.factor, 2)
            return rescaled(repeated, sources[0], target)
        case MaxPool():
            return rescaled(_largest(layer, inputs[0]), sources[0], target)
        case GlobalPool():
            mean = inputs[0].mean((1, 2), keepdims=True, dtype=np.float64)
            if target.dtype == "float32":
                return mean.astype(np.float32)
            real = (mean - sources[0].zero_point).astype(np.float32) * np.float32(sources[0].scale)
            return to_steps(real / np.float32(target.scale), target)
        case Table():
            return layer.table[inputs[0]]


def _convolution(layer: Conv, x: Array, source: Tensor, target: Tensor) -> Array:
    moved = x.astype(np.int64) - source.zero_point if source.dtype == "uint8" else x
    if layer.weight.dtype == np.float32:
        real = moved * np.float32(source.scale)
        sums = dense_convolution(real, layer.weight, layer.stride, layer.padding)
        sums = sums + layer.bias[:, None, None]
        return np.maximum(sums, 0) if layer.relu else sums
    sums = dense_convolution(moved, layer.weight, layer.stride, layer.padding)
    sums = sums + layer.bias[:, None, None]
    scale = np.float32(source.scale) * layer.weight_scale / np.float32(target.scale)
    return to_steps(sums.astype(np.float32) * scale[:, None, None], target, relu=layer.relu)


def _sum(layer: Add, inputs: list[Array], sources: list[Tensor], target: Tensor) -> Array:
    if target.dtype == "float32":
        total = inputs[0] + inputs[1]
        return np.maximum(total, 0) if layer.relu else total
    parts = [
        (x.astype(np.int64) - source.zero_point).astype(np.float32)
        * (np.float32(source.scale) / np.float32(target.scale))
        for x, source in zip(inputs, sources, strict=True)
    ]
    return to_steps(parts[0] + parts[1], target, relu=layer.relu)


def _largest(layer: MaxPool, x: Array) -> Array:
    around = (layer.padding, layer.padding)
    lowest = 0 if x.dtype == np.uint8 else -np.inf
    padded = np.pad(x, ((0, 0), around, around), constant_values=lowest)
    shape = (layer.kernel, layer.kernel)
    windows = np.lib.stride_tricks.sliding_window_view(padded, shape, axis=(1, 2))
    largest: Array = windows[:, :: layer.stride, :: layer.stride].max((3, 4))
    return largest


def rescaled(x: Array, source: Tensor, target: Tensor) -> Array:
    """The same real values in steps of another tensor."""
    if target.dtype == "float32" or (source.scale, source.zero_point) == (
        target.scale,
        target.zero_point,
    ):
        return x
    real = (x.astype(np.int64) - source.zero_point).astype(np.float32) * np.float32(source.scale)
    return to_steps(real / np.float32(target.scale), target)


def to_steps(values: Array, target: Tensor, *, relu: bool = False) -> NDArray[np.uint8]:
    """Values in units of a step, rounded half to even."""
    lowest = target.zero_point if relu else 0
    steps = np.rint(values).astype(np.int64) + target.zero_point
    return np.clip(steps, lowest, 255).astype(np.uint8)
