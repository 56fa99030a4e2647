"""Attributes and constants of an ONNX graph, as the reader wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.core.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """A constant that stands for values * scale.

    Attributes:
        values: As stored.
        scale: float32 of shape () or, per first axis, (n,).
    """

    values: NDArray[Any]
    scale: NDArray[np.float32]

    @property
    def real(self) -> NDArray[np.float64]:
        """What it stands for."""
        scale = self.scale.astype(np.float64)
        if scale.ndim == 1:
            scale = scale.reshape(-1, *[1] * (self.values.ndim - 1))
        return np.asarray(self.values * scale, np.float64)


def dequantised(values: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any] | None) -> Scaled:
    """A constant behind a DequantizeLinear.

    Raises:
        ModelError: it has a zero point; the engine's weights are symmetric.
    """
    if zero is not None and np.any(zero):
        raise ModelError("weights with a zero point are not supported; quantise them symmetrically")
    return Scaled(values, np.asarray(scale, np.float32).reshape(-1) if scale.ndim else scale)


def quantised(values: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any] | None) -> NDArray[Any]:
    """What a QuantizeLinear makes of a constant, per first axis or as a whole."""
    kind = np.uint8 if zero is None else zero.dtype
    shape = (-1, *[1] * (values.ndim - 1)) if scale.ndim else ()
    steps = np.rint(values / scale.reshape(shape))
    if zero is not None:
        steps = steps + zero.reshape(shape if zero.ndim else ())
    limits = np.iinfo(kind)
    return np.asarray(np.clip(steps, limits.min, limits.max), kind)


def numpy_array(proto: Any) -> NDArray[Any]:  # noqa: ANN401 - protobuf
    """The array of an ONNX constant."""
    from onnx import numpy_helper

    return np.asarray(numpy_helper.to_array(proto))


def attribute(node: Any, name: str, usual: Any = None) -> Any:  # noqa: ANN401 - protobuf
    """The value of a node's attribute, or `usual`.

    Raises:
        ModelError: the node lacks it and there is nothing usual.
    """
    from onnx import helper

    for item in node.attribute:
        if item.name == name:
            return helper.get_attribute_value(item)
    if usual is None:
        raise ModelError(f"{node.op_type} {node.name!r} has no attribute {name}")
    return usual


def same(numbers: Any, node: Any) -> int:  # noqa: ANN401 - protobuf
    """The number that all of `numbers` are.

    Raises:
        ModelError: they differ, as strides or padding of a shape that the engine lacks do.
    """
    if len(set(numbers)) != 1:
        raise ModelError(f"{node.op_type} {node.name!r} is not the same in all directions")
    return int(numbers[0])
