"""The same network in fp32, from its quantised ONNX model: what it was before it was quantised."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

_STEPS = ("QuantizeLinear", "DequantizeLinear")


def float_model(model: onnx.ModelProto) -> onnx.ModelProto:
    """A model that takes the same bytes and multiplies floats.

    A quantiser drops each ReLU whose result begins at 0; they come back.
    """
    graph = model.graph
    constants = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    names: dict[str, str] = {}
    nodes: list[Any] = []
    floats: dict[str, Any] = {}
    source = graph.input[0].name
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in constants:
            floats[node.output[0]] = _real(*(constants[name] for name in node.input[:2]))
        elif node.op_type == "DequantizeLinear" and node.input[0] == source:
            nodes.append(node)
        elif node.op_type in _STEPS:
            names[node.output[0]] = names.get(node.input[0], node.input[0])
        else:
            nodes += _with_relu(node, graph, names)
    used = {name for node in nodes for name in node.input}
    kept = {**constants, **floats}
    initializers = [
        numpy_helper.from_array(np.ascontiguousarray(value), name)
        for name, value in kept.items()
        if name in used
    ]
    made = helper.make_graph(nodes, "float", graph.input, graph.output, initializers)
    result = helper.make_model(made, opset_imports=model.opset_import, ir_version=model.ir_version)
    onnx.checker.check_model(result)
    return result


def _real(values: Any, scale: Any) -> Any:
    shape = (-1, *[1] * (values.ndim - 1)) if scale.ndim else ()
    return (values * scale.reshape(shape)).astype(np.float32)


def _with_relu(node: Any, graph: Any, names: dict[str, str]) -> list[Any]:
    copy = onnx.NodeProto.FromString(node.SerializeToString())
    for index, name in enumerate(copy.input):
        copy.input[index] = names.get(name, name)
    output = copy.output[0]
    quantised = any(
        user.op_type == "QuantizeLinear" and output in user.input for user in graph.node
    )
    if copy.op_type != "Conv" or not quantised:
        return [copy]
    copy.output[0] = f"{output}/before"
    return [copy, helper.make_node("Relu", [copy.output[0]], [output], f"{output}/relu")]
