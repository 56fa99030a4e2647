"""Networks of well-known architectures as quantised ONNX, with seeded and pruned weights."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quantize_static,
)

from vistest.vision.engine.compression import BlockGrid

if TYPE_CHECKING:
    from vistest.vision.engine.patterns import Block

DENSITY = 0.25


class Builder:
    """A float graph, node after node. All but the first convolution are pruned by blocks."""

    def __init__(self, block: Block, seed: int) -> None:
        self._block = block
        self._random = np.random.default_rng(seed)
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def _constant(self, values: Any) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(values, np.float32), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def _pruned(self, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
        weights = self._random.standard_normal(shape) * np.sqrt(2 / DENSITY / np.prod(shape[1:]))
        grid = BlockGrid(shape, self._block)
        blocks = grid.split(weights)
        blocks[self._random.random(blocks.shape[:2]) >= DENSITY] = 0
        return grid.join(blocks)

    def convolution(
        self, source: str, inputs: int, outputs: int, kernel: int, stride: int = 1
    ) -> str:
        shape = (outputs, inputs, kernel, kernel)
        dense = self._random.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))
        weights = self._pruned(shape) if self._constants else dense
        bias = self._random.standard_normal(outputs) * 0.1
        return self.node(
            "Conv",
            source,
            self._constant(weights),
            self._constant(bias),
            strides=[stride] * 2,
            pads=[kernel // 2] * 4,
            kernel_shape=[kernel] * 2,
        )

    def relu(self, source: str) -> str:
        return self.node("Relu", source)

    def silu(self, source: str) -> str:
        return self.node("Mul", source, self.node("Sigmoid", source))

    def pool(self, source: str, kernel: int, stride: int) -> str:
        return self.node(
            "MaxPool",
            source,
            kernel_shape=[kernel] * 2,
            strides=[stride] * 2,
            pads=[kernel // 2] * 4,
        )

    def doubled(self, source: str) -> str:
        scales = self._constant([1, 1, 2, 2])
        return self.node(
            "Resize",
            source,
            "",
            scales,
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )

    def linear(self, source: str, inputs: int, outputs: int) -> str:
        weights = self._constant(self._pruned((outputs, inputs)))
        return self.node("Gemm", source, weights, self._constant(np.zeros(outputs)), transB=1)

    def quantised(self, outputs: list[str], size: int) -> bytes:
        """The graph in QDQ form, calibrated on noise."""
        value, real = helper.make_tensor_value_info, onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            self._nodes,
            "public",
            [value("pixels", real, [1, 3, size, size])],
            [value(name, real, None) for name in outputs],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
            onnx.save(onnx.shape_inference.infer_shapes(model), source)
            quantize_static(
                source,
                target,
                _Noise(size),
                quant_format=QuantFormat.QDQ,
                per_channel=True,
                reduce_range=True,
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
            )
            return target.read_bytes()


class _Noise(CalibrationDataReader):
    def __init__(self, size: int) -> None:
        random = np.random.default_rng(1)
        self._pictures = iter(random.random((2, 1, 3, size, size), np.float32))

    def get_next(self) -> dict[str, Any] | None:
        picture = next(self._pictures, None)
        return None if picture is None else {"pixels": picture}


def residual_network(block: Block, seed: int = 0, width: int = 16, size: int = 64) -> bytes:
    """ResNet-18: stem, pooling, four stages of two basic blocks, mean, classifier."""
    b = Builder(block, seed)
    x = b.pool(b.relu(b.convolution("pixels", 3, width, 7, 2)), 3, 2)
    inputs = width
    for stage in range(4):
        outputs = width << stage
        for number in range(2):
            stride = 2 if stage and not number else 1
            y = b.relu(b.convolution(x, inputs, outputs, 3, stride))
            y = b.convolution(y, outputs, outputs, 3)
            short = x if inputs == outputs else b.convolution(x, inputs, outputs, 1, stride)
            x = b.relu(b.node("Add", y, short))
            inputs = outputs
    x = b.node("Flatten", b.node("GlobalAveragePool", x), axis=1)
    return b.quantised([b.linear(x, inputs, 10)], size)


def detection_network(block: Block, seed: int = 0, width: int = 12, size: int = 64) -> bytes:
    """YOLO-like: SiLU, cross-stage blocks, chained pooling, a path back up, two levels."""
    b = Builder(block, seed)

    def conv(source: str, inputs: int, outputs: int, kernel: int, stride: int = 1) -> str:
        return b.silu(b.convolution(source, inputs, outputs, kernel, stride))

    x = conv(conv("pixels", 3, width, 3, 2), width, 2 * width, 3, 2)
    halves = [conv(x, 2 * width, width, 1), conv(x, 2 * width, width, 1)]
    inner = conv(conv(halves[1], width, width, 3), width, width, 3)
    parts = [*halves, b.node("Add", halves[1], inner)]
    fine = conv(b.node("Concat", *parts, axis=1), 3 * width, 2 * width, 1)
    x = conv(fine, 2 * width, 4 * width, 3, 2)
    pools = [conv(x, 4 * width, 2 * width, 1)]
    for _ in range(3):
        pools.append(b.pool(pools[-1], 5, 1))
    coarse = conv(b.node("Concat", *pools, axis=1), 8 * width, 4 * width, 1)
    joined = b.node("Concat", b.doubled(coarse), fine, axis=1)
    fine = conv(joined, 6 * width, 2 * width, 3)
    heads = [b.convolution(fine, 2 * width, 7, 1), b.convolution(coarse, 4 * width, 7, 1)]
    return b.quantised(heads, size)
