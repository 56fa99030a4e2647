"""Quantised ONNX graphs become the engine's layers, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vistest.core.errors import ModelError
from vistest.vision.engine.activations import quantise, real_values
from vistest.vision.engine.graph import Add, Concat, Conv, MaxPool, Table, Upsample
from vistest.vision.engine.onnx_reader import graph_from_onnx

onnx = pytest.importorskip("onnx")

DETECTOR = Path(__file__).parents[4] / "models" / "zoo" / "detector.onnx"


class OnnxBuilder:
    """A QDQ graph, node after node; every tensor has a scale of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any, dtype: Any) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(onnx.numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def node(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(onnx.helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def requantised(self, value: str, scale: float, zero: int = 0) -> str:
        constants = [self.constant(scale, np.float32), self.constant(zero, np.uint8)]
        steps = self.node("QuantizeLinear", [value, *constants])
        return self.node("DequantizeLinear", [steps, *constants])

    def input(self) -> str:
        constants = [self.constant(0.5, np.float32), self.constant(0, np.uint8)]
        return self.node("DequantizeLinear", ["pixels", *constants])

    def weight(self, value: Any, scale: Any, zero: int = 0) -> str:
        names = [self.constant(value, np.int8), self.constant(scale, np.float32)]
        zeros = self.constant(np.full(np.shape(scale), zero), np.int8)
        return self.node("DequantizeLinear", [*names, zeros], axis=0)

    def build(self, output: str, channels: int = 4) -> bytes:
        value = onnx.helper.make_tensor_value_info
        graph = onnx.helper.make_graph(
            self.nodes,
            "test",
            [value("pixels", onnx.TensorProto.UINT8, [1, channels, "h", "w"])],
            [value(output, onnx.TensorProto.FLOAT, [1, None, "h2", "w2"])],
            self.constants,
        )
        opset = [onnx.helper.make_opsetid("", 17)]
        content: bytes = onnx.helper.make_model(graph, opset_imports=opset).SerializeToString()
        return content


def test_the_detector() -> None:
    graph = graph_from_onnx(DETECTOR)
    assert graph.tensors[graph.input].channels == 4
    assert graph.outputs == ("scores8", "boxes8", "scores16", "boxes16", "scores32", "boxes32")
    kinds = {type(layer) for layer in graph.layers}
    assert kinds == {Conv, Concat, Add, MaxPool, Upsample}
    assert {layer.operator for layer in graph.convolutions} == {"conv1x1", "conv3x3"}
    last = [layer for layer in graph.convolutions if layer.output in graph.outputs]
    assert {layer.weight.dtype.name for layer in last} == {"float32"}


def test_a_convolution_with_relu() -> None:
    b = OnnxBuilder()
    weight = b.weight(np.arange(8).reshape(2, 4, 1, 1), [0.25, 0.5])
    passed_on = b.node("Identity", [b.input()])
    summed = b.node("Conv", [passed_on, weight, b.constant([0.25, -1.0], np.float32)])
    out = b.requantised(b.node("Relu", [summed]), 2.0)
    (layer,) = graph_from_onnx(b.build(out)).layers
    assert isinstance(layer, Conv)
    assert layer.relu
    assert layer.weight_scale.tolist() == [0.25, 0.5]
    assert layer.bias.tolist() == [2, -4]  # in steps of 0.5 * 0.25 and 0.5 * 0.5
    assert layer.weight[1, :, 0, 0].tolist() == [4, 5, 6, 7]


def test_silu_is_one_table() -> None:
    b = OnnxBuilder()
    x = b.requantised(b.node("Relu", [b.input()]), 0.1, 128)
    inner = b.requantised(b.node("Sigmoid", [x]), 1 / 256)
    out = b.requantised(b.node("Mul", [x, inner]), 0.05, 10)
    graph = graph_from_onnx(b.build(out))
    last = graph.layers[-1]
    assert [type(layer) for layer in graph.layers] == [Table, Table]
    assert isinstance(last, Table)
    real = real_values(graph.tensors[last.input])
    expected = quantise(real / (1 + np.exp(-real)), graph.tensors[last.output])
    assert np.abs(last.table.astype(int) - expected).max() <= 1


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("operator", "no operator Softplus"),
        ("zero point", "zero point"),
        ("grouped", "no convolution like"),
        ("axis", "does not join channels"),
        ("resize", "does not repeat pixels"),
        ("weights", "are no constants"),
    ],
)
def test_what_the_engine_lacks_is_named(case: str, message: str) -> None:
    b = OnnxBuilder()
    x = b.input()
    ones = np.ones((4, 4, 1, 1))
    if case == "operator":
        out = b.node("Softplus", [x])
    elif case == "zero point":
        out = b.node("Conv", [x, b.weight(ones, [1.0] * 4, zero=3)])
    elif case == "grouped":
        out = b.node("Conv", [x, b.weight(ones[:, :1], [1.0] * 4)], group=4)
    elif case == "axis":
        out = b.node("Concat", [x, x], axis=2)
    elif case == "resize":
        factors = b.constant([1, 1, 1.5, 1.5], np.float32)
        out = b.node("Resize", [x, "", factors], mode="nearest", nearest_mode="floor")
    else:
        out = b.node("Conv", [x, x])
    with pytest.raises(ModelError, match=message):
        graph_from_onnx(b.build(b.requantised(out, 1.0)))


@pytest.mark.parametrize("content", [b"", b"not a model", DETECTOR.read_bytes()[:5000]])
def test_damaged_files(content: bytes) -> None:
    with pytest.raises(ModelError):
        graph_from_onnx(content)
