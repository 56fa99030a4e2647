"""Networks with zero blocks, to measure speed: which weights are zero is decided by their size,
without any training, so nothing here says how good a sparse network is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.vision.engine.graph import Conv, Tensor
from vistest.vision.engine.graph import Graph as NetworkGraph

if TYPE_CHECKING:
    from vistest.vision.engine.graph import Graph, Layer

_INPUTS = 4


def pruned(graph: Graph, sparsity: float) -> Graph:
    """The graph with the least blocks of four inputs by one output at zero, as many in each layer.

    The layer that reads the picture, and those in float, keep all.
    """
    return replace(
        graph, layers=tuple(_pruned_layer(layer, graph, sparsity) for layer in graph.layers)
    )


def _pruned_layer(layer: Layer, graph: Graph, sparsity: float) -> Layer:
    if not isinstance(layer, Conv) or layer.weight.dtype != np.int8 or layer.input == graph.input:
        return layer
    blocks = _blocks(layer.weight)
    size = np.abs(blocks.astype(np.int32)).sum(2)
    kept = size > np.quantile(size, sparsity)
    weight = (blocks * kept[:, :, None]).astype(np.int8)
    whole = weight.reshape(len(weight), -1, *weight.shape[3:])
    return replace(layer, weight=np.ascontiguousarray(whole[:, : layer.weight.shape[1]]))


def _blocks(weight: Any) -> Any:
    """(outputs, groups of inputs, 4, height, width), filled up with zeros."""
    missing = -weight.shape[1] % _INPUTS
    filled = np.pad(weight, ((0, 0), (0, missing), (0, 0), (0, 0)))
    return filled.reshape(len(weight), -1, _INPUTS, *weight.shape[2:])


def block_sparsity(graph: Graph) -> float:
    """Share of all blocks of int8 layers that are zero."""
    kept = total = 0
    for layer in graph.convolutions:
        if layer.weight.dtype == np.int8:
            any_weight = _blocks(layer.weight).any(2)
            kept += int(any_weight.sum())
            total += any_weight.size
    return 1 - kept / total


def one_layer(inputs: int, outputs: int, kernel: int, sparsity: float) -> Graph:
    """A network of one convolution with weights as trained ones are spread."""
    random = np.random.default_rng(0)
    shape = (outputs, inputs, kernel, kernel)
    weight = np.clip(np.rint(random.normal(0, 18, shape)), -63, 63).astype(np.int8)
    weight[weight == 0] = 1
    tensors = {"in": Tensor("in", inputs, scale=0.02), "out": Tensor("out", outputs, scale=0.5)}
    scales, zeros = np.full(outputs, 0.01, np.float32), np.zeros(outputs, np.int32)
    layer = Conv("conv", "in", "out", weight, scales, zeros, 1, kernel // 2, relu=True)
    graph = NetworkGraph("in", ("out",), tensors, (layer,))
    if sparsity == 0:
        return graph
    blocks = _blocks(weight)
    kept = random.random((outputs, blocks.shape[1], kernel, kernel)) >= sparsity
    sparse = (blocks * kept[:, :, None]).astype(np.int8).reshape(shape)
    return replace(graph, layers=(replace(layer, weight=sparse),))
