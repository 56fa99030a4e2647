"""The network as an ONNX graph that takes the bytes of a screen."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from models.export.fold import with_alpha
from vistest.vision.detectors.decoding import STRIDES

if TYPE_CHECKING:
    from models.detector.network import Network

OPSET = 17
INPUT = "pixels"
OUTPUTS = [f"{kind}{stride}" for stride in STRIDES for kind in ("scores", "boxes")]


class _Flat(torch.nn.Module):
    """The outputs of all levels in a row, as an ONNX graph names them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return tuple(tensor for level in self.network(x) for tensor in level)


def float_graph(network: Network) -> onnx.ModelProto:
    """Float input (1, 4, H, W) in 0 to 1, any H and W that are multiples of 32."""
    model = _Flat(with_alpha(network)).cpu().eval()
    buffer = io.BytesIO()
    free = {2: "height", 3: "width"}
    with warnings.catch_warnings():
        # The tracing exporter is deprecated but gives the plain graph; the new one needs
        # onnxscript and leaves shape arithmetic in the graph.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.zeros(1, 4, 64, 96),),
            buffer,
            input_names=[INPUT],
            output_names=OUTPUTS,
            dynamic_axes={
                INPUT: free,
                **{name: {2: f"h_{name}", 3: f"w_{name}"} for name in OUTPUTS},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    graph = onnx.load_from_string(buffer.getvalue())
    onnx.checker.check_model(graph)
    return graph


def with_byte_input(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph fed with bytes: a float input becomes uint8 with scale 1/255.

    In a quantised graph the input's QuantizeLinear goes away, and the first convolution works on
    the screen's bytes themselves.
    """
    model = onnx.ModelProto.FromString(model.SerializeToString())
    graph = model.graph
    graph.input[0].type.tensor_type.elem_type = TensorProto.UINT8
    quantize = [n for n in graph.node if n.op_type == "QuantizeLinear" and n.input[0] == INPUT]
    if quantize:
        _drop_quantize(graph, quantize[0])
    else:
        _dequantize_first(graph)
    onnx.checker.check_model(model)
    return model


def _drop_quantize(graph: onnx.GraphProto, quantize: onnx.NodeProto) -> None:
    names = {quantize.output[0]: INPUT}
    graph.node.remove(quantize)
    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = names.get(name, name)
    constants = {item.name: item for item in graph.initializer}
    scale, zero = constants[quantize.input[1]], constants[quantize.input[2]]
    scale.CopyFrom(numpy_helper.from_array(np.array(1 / 255, np.float32), scale.name))
    zero.CopyFrom(numpy_helper.from_array(np.array(0, np.uint8), zero.name))


def _dequantize_first(graph: onnx.GraphProto) -> None:
    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = "pixels_float" if name == INPUT else name
    graph.initializer.append(numpy_helper.from_array(np.array(1 / 255, np.float32), "pixels_scale"))
    graph.initializer.append(numpy_helper.from_array(np.array(0, np.uint8), "pixels_zero"))
    node = helper.make_node(
        "DequantizeLinear", [INPUT, "pixels_scale", "pixels_zero"], ["pixels_float"]
    )
    graph.node.insert(0, node)
