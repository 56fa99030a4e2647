"""From a quantised ONNX model (QDQ: uint8 activations, int8 weights) to a `Graph`.

Needs the package `onnx`, which is no dependency of vistest: a shipped model is a bundle.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError
from vistest.vision.engine.activations import FUNCTIONS, activation_table, product_table
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
from vistest.vision.engine.onnx_values import (
    Scaled,
    attribute,
    dequantised,
    numpy_array,
    quantised,
    same,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PASSED_ON = {"Identity", "Dropout", "Flatten", "Reshape"}
_QUANTISING = ("QuantizeLinear", "DequantizeLinear")
_REPEATING = ((b"asymmetric", b"floor"), (b"half_pixel", b"round_prefer_floor"))
_HINT = "The engine takes convolutions and a few operators; see docs/engine.md."


def graph_from_onnx(model: Path | bytes) -> Graph:
    """Read a model file or its content.

    Raises:
        ModelError: `onnx` is missing, this is no ONNX model, or the engine lacks an operator of it.
    """
    try:
        import onnx
    except ImportError as error:
        raise ModelError("reading ONNX needs the package onnx", hint="pip install onnx") from error
    try:
        content = model.read_bytes() if isinstance(model, Path) else model
        proto = onnx.load_from_string(content)
        onnx.checker.check_model(proto)
    except Exception as error:  # protobuf's and the checker's errors share no base but Exception
        raise ModelError(f"this is no ONNX model: {error}") from error
    graph = _Reader(proto.graph).read()
    graph.check()
    return graph


class _Reader:
    """Walks the nodes in their order; `_names` tells under which tensor a value is known."""

    def __init__(self, proto: Any) -> None:  # noqa: ANN401 - onnx is no dependency
        self._proto = proto
        self._constants: dict[str, NDArray[Any]] = {
            item.name: numpy_array(item) for item in proto.initializer
        }
        self._scaled: dict[str, Scaled] = {}
        self._users: dict[str, list[Any]] = defaultdict(list)
        for node in proto.node:
            for name in node.input:
                self._users[name].append(node)
        self._outputs = [item.name for item in proto.output]
        self._names: dict[str, str] = {}
        self._tensors: dict[str, Tensor] = {}
        self._layers: list[Layer] = []
        self._done: set[int] = set()

    def read(self) -> Graph:
        source = self._read_input()
        for node in self._proto.node:
            if id(node) not in self._done and node.output[0] not in self._names:
                self._read_node(node)
        names = tuple(self._names.get(name, name) for name in self._outputs)
        return _without_unused(Graph(source, names, self._tensors, tuple(self._layers)))

    def _read_input(self) -> str:
        inputs = [item for item in self._proto.input if item.name not in self._constants]
        if len(inputs) != 1:
            raise ModelError(f"the model has {len(inputs)} inputs instead of one")
        shape = inputs[0].type.tensor_type.shape.dim
        name = str(inputs[0].name)
        channels = shape[1].dim_value if len(shape) == 4 else 0
        users = self._users[name]
        if channels < 1 or not users:
            raise ModelError("the model's input is no picture with a known number of channels")
        first = users[0]
        if first.op_type in ("QuantizeLinear", "DequantizeLinear"):
            scale, zero = self._quantisation(first)
            known = name if first.op_type == "DequantizeLinear" else str(first.output[0])
            self._tensors[known] = Tensor(known, channels, "uint8", scale, zero)
        else:
            known = name
            self._tensors[known] = Tensor(known, channels, "float32")
        self._names[name] = known
        self._names[known] = known
        return known

    def _read_node(self, node: Any) -> None:  # noqa: ANN401
        kind = node.op_type
        if kind == "Constant":
            self._constants[node.output[0]] = numpy_array(attribute(node, "value"))
        elif kind in _QUANTISING and node.input[0] in self._constants:
            self._read_constant(node)
        elif kind in _QUANTISING or kind in _PASSED_ON:
            self._names[node.output[0]] = self._known(node, 0)
        elif kind in FUNCTIONS:
            self._read_function(node)
        else:
            self._read_layer(kind, node)

    def _read_layer(self, kind: str, node: Any) -> None:  # noqa: ANN401
        match kind:
            case "Conv" | "Gemm" | "MatMul":
                self._read_convolution(node)
            case "Add":
                self._read_sum(node)
            case "Mul":
                self._read_product(node)
            case "Concat":
                self._read_concat(node)
            case "Resize":
                self._read_resize(node)
            case "MaxPool":
                self._read_pool(node)
            case "GlobalAveragePool":
                self._read_global_pool(node)
            case _:
                raise ModelError(f"the engine has no operator {kind}", hint=_HINT)

    def _read_constant(self, node: Any) -> None:  # noqa: ANN401
        values, scale = self._constants[node.input[0]], self._constants[node.input[1]]
        zero = self._constants[node.input[2]] if len(node.input) > 2 else None
        if node.op_type == "QuantizeLinear":
            self._constants[node.output[0]] = quantised(values, scale, zero)
        else:
            self._scaled[node.output[0]] = dequantised(values, scale, zero)

    def _constant(self, name: str, node: Any) -> Scaled:  # noqa: ANN401
        if name in self._scaled:
            return self._scaled[name]
        if name in self._constants:
            return Scaled(self._constants[name], np.ones((), np.float32))
        raise ModelError(f"weights or bias of {node.name!r} are no constants", hint=_HINT)

    def _known(self, node: Any, index: int) -> str:  # noqa: ANN401
        name = node.input[index]
        if name not in self._names:
            raise ModelError(f"{node.op_type} {node.name!r} reads {name!r}, made by nothing known")
        return self._names[name]

    def _quantisation(self, node: Any) -> tuple[float, int]:  # noqa: ANN401
        scale = self._constants.get(node.input[1])
        zero = self._constants.get(node.input[2]) if len(node.input) > 2 else np.uint8(0)
        if scale is None or zero is None or scale.size != 1 or zero.dtype != np.uint8:
            raise ModelError(f"{node.name!r} is not one scale with an unsigned zero point")
        return float(scale.reshape(())), int(zero.reshape(()))

    def _result(self, name: str, channels: int) -> tuple[str, bool]:
        """Make the tensor that the value `name` ends in; also whether a ReLU is on the way."""
        relu = False
        while True:
            users = self._users[name]
            kinds = {user.op_type for user in users}
            if name in self._outputs or not users:
                tensor = Tensor(name, channels, "float32")
            elif kinds == {"Relu"} and len(users) == 1:
                self._done.add(id(users[0]))
                relu, name = True, users[0].output[0]
                continue
            elif kinds == {"QuantizeLinear"}:
                scale, zero = self._quantisation(users[0])
                tensor = Tensor(users[0].output[0], channels, "uint8", scale, zero)
                for user in users:
                    self._done.add(id(user))
                    self._names[user.output[0]] = tensor.name
            elif kinds & {"QuantizeLinear"}:
                raise ModelError(f"{name!r} is used both quantised and as it is", hint=_HINT)
            else:
                tensor = Tensor(name, channels, "float32")
            self._names[name] = tensor.name
            self._tensors[tensor.name] = tensor
            return tensor.name, relu

    def _read_convolution(self, node: Any) -> None:  # noqa: ANN401
        source = self._tensors[self._known(node, 0)]
        weight = self._constant(node.input[1], node)
        values = _weights(node, weight.values)
        outputs = values.shape[0]
        scale = np.broadcast_to(weight.scale, (outputs,)).astype(np.float32)
        bias, end = self._bias(node, outputs)
        target, relu = self._result(end, outputs)
        kinds = {source.dtype, self._tensors[target].dtype}
        steps = values.dtype == np.int8 and kinds == {"uint8"}
        if steps:
            bias = np.rint(bias / (source.scale * scale.astype(np.float64)))
        else:  # summed in float, as ONNX says
            values = Scaled(values, weight.scale).real
        self._layers.append(
            Conv(
                node.name or node.output[0],
                source.name,
                target,
                _as_type(values, np.int8 if steps else np.float32),
                scale if steps else np.ones(outputs, np.float32),
                _as_type(bias, np.int32 if steps else np.float32),
                same(attribute(node, "strides", [1]), node),
                same(attribute(node, "pads", [0]), node),
                relu,
                node.op_type != "Conv",
            )
        )

    def _bias(self, node: Any, outputs: int) -> tuple[NDArray[np.float64], str]:  # noqa: ANN401
        """The bias as real numbers, and the name of the value that it is contained in."""
        if len(node.input) > 2 and node.input[2]:
            real = self._constant(node.input[2], node).real
            return np.broadcast_to(real, (outputs,)), node.output[0]
        users = self._users[node.output[0]]
        if node.op_type == "MatMul" and len(users) == 1 and users[0].op_type == "Add":
            for name in users[0].input:
                if name in self._constants or name in self._scaled:
                    self._done.add(id(users[0]))
                    real = self._constant(name, node).real
                    return np.broadcast_to(real, (outputs,)), users[0].output[0]
        return np.zeros(outputs), node.output[0]

    def _read_sum(self, node: Any) -> None:  # noqa: ANN401
        names = (self._known(node, 0), self._known(node, 1))
        target, relu = self._result(node.output[0], self._tensors[names[0]].channels)
        self._layers.append(Add(node.name or node.output[0], names, target, relu))

    def _read_concat(self, node: Any) -> None:  # noqa: ANN401
        names = tuple(self._known(node, index) for index in range(len(node.input)))
        if attribute(node, "axis") != 1:
            raise ModelError(f"{node.name!r} does not join channels", hint=_HINT)
        channels = sum(self._tensors[name].channels for name in names)
        target, _ = self._result(node.output[0], channels)
        self._layers.append(Concat(node.name or node.output[0], names, target))

    def _read_resize(self, node: Any) -> None:  # noqa: ANN401
        factors = self._constants.get(node.input[-1] if len(node.input) < 4 else node.input[2])
        plain = (
            attribute(node, "mode", b"nearest") == b"nearest"
            and (
                attribute(node, "coordinate_transformation_mode", b"half_pixel"),
                attribute(node, "nearest_mode", b"round_prefer_floor"),
            )
            in _REPEATING
            and factors is not None
            and factors.shape == (4,)
            and factors[2] == factors[3] == int(factors[2])
            and set(factors[:2].tolist()) == {1.0}
        )
        if not plain or factors is None:
            raise ModelError(f"{node.name!r} does not repeat pixels", hint=_HINT)
        source = self._known(node, 0)
        target, _ = self._result(node.output[0], self._tensors[source].channels)
        self._layers.append(Upsample(node.name or node.output[0], source, target, int(factors[2])))

    def _read_pool(self, node: Any) -> None:  # noqa: ANN401
        if attribute(node, "ceil_mode", 0) or set(attribute(node, "dilations", [1])) != {1}:
            raise ModelError(f"the engine has no pooling like {node.name!r}", hint=_HINT)
        source = self._known(node, 0)
        target, _ = self._result(node.output[0], self._tensors[source].channels)
        kernel, stride, padding = (
            same(attribute(node, key, usual), node)
            for key, usual in (("kernel_shape", None), ("strides", [1]), ("pads", [0]))
        )
        self._layers.append(
            MaxPool(node.name or node.output[0], source, target, kernel, stride, padding)
        )

    def _read_global_pool(self, node: Any) -> None:  # noqa: ANN401
        source = self._known(node, 0)
        target, _ = self._result(node.output[0], self._tensors[source].channels)
        self._layers.append(GlobalPool(node.name or node.output[0], source, target))

    def _read_function(self, node: Any) -> None:  # noqa: ANN401
        source = self._tensors[self._known(node, 0)]
        target, _ = self._result(node.output[0], source.channels)
        options = self._options(node)
        table = activation_table(node.op_type, options, source, self._tensors[target])
        self._layers.append(Table(node.name or node.output[0], source.name, target, table))

    def _options(self, node: Any) -> dict[str, float]:  # noqa: ANN401
        options = {item.name: item.f for item in node.attribute}
        for key, name in zip(("min", "max"), node.input[1:3], strict=False):
            if name:
                options[key] = float(self._constants[name].reshape(()))
        return options

    def _read_product(self, node: Any) -> None:  # noqa: ANN401
        """X * f(x), as SiLU is written: a table of one tensor."""
        names = [self._known(node, 0), self._known(node, 1)]
        tables = {layer.output: layer for layer in self._layers if isinstance(layer, Table)}
        for plain, other in (names, names[::-1]):
            inner = tables.get(other)
            if inner is not None and inner.input == plain:
                source = self._tensors[plain]
                target, _ = self._result(node.output[0], source.channels)
                table = product_table(
                    inner.table, source, self._tensors[other], self._tensors[target]
                )
                self._layers.append(Table(node.name or node.output[0], plain, target, table))
                return
        raise ModelError(f"the engine cannot multiply two tensors ({node.name!r})", hint=_HINT)


def _as_type(values: NDArray[Any], kind: type[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(values.astype(kind))


def _weights(node: Any, values: NDArray[Any]) -> NDArray[Any]:  # noqa: ANN401
    """Weights (outputs, inputs, height, width)."""
    if node.op_type != "Conv":
        if node.op_type == "MatMul" or not attribute(node, "transB", 0):
            values = values.T
        return values.reshape(*values.shape, 1, 1)
    if (
        attribute(node, "group", 1) != 1
        or set(attribute(node, "dilations", [1])) != {1}
        or attribute(node, "auto_pad", b"NOTSET") != b"NOTSET"
    ):
        raise ModelError(f"the engine has no convolution like {node.name!r}", hint=_HINT)
    return values


def _without_unused(graph: Graph) -> Graph:
    """The graph without layers whose results nobody reads."""
    wanted = set(graph.outputs)
    layers: list[Layer] = []
    for layer in reversed(graph.layers):
        if layer.output in wanted:
            layers.append(layer)
            wanted.update(layer.inputs)
    tensors = {name: tensor for name, tensor in graph.tensors.items() if name in wanted}
    tensors[graph.input] = graph.tensors[graph.input]
    return Graph(graph.input, graph.outputs, tensors, tuple(reversed(layers)))
