"""int8 by calibration: unsigned activations, signed weights with one scale per channel."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from models.export.graph import INPUT, OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray


class _Screens(CalibrationDataReader):
    """Bytes (1, 4, H, W) as the float graph takes them."""

    def __init__(self, pictures: Iterable[NDArray[np.uint8]]) -> None:
        self._pictures: Iterator[NDArray[np.uint8]] = iter(pictures)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        picture = next(self._pictures, None)
        return None if picture is None else {INPUT: picture.astype(np.float32) / 255}


def quantised(model: onnx.ModelProto, pictures: Iterable[NDArray[np.uint8]]) -> onnx.ModelProto:
    """The float graph with QuantizeLinear and DequantizeLinear around every convolution.

    Weights use 7 bits: on processors without VNNI the product of an unsigned and a signed byte
    is summed in 16 bits and would saturate. The last convolutions stay in float, because a box
    that is off by a pixel is a wrong box; they are 1x1 and cost little.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain, ready, done = (str(Path(folder) / f"{name}.onnx") for name in ("a", "b", "c"))
        onnx.save(model, plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        last = [n.name for n in onnx.load(ready).graph.node if set(n.output) & set(OUTPUTS)]
        quantize_static(
            ready,
            done,
            _Screens(pictures),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=last,
            calibrate_method=CalibrationMethod.MinMax,
        )
        return onnx.load(done)
