"""What the engine runs: a list of layers between named tensors, independent of ONNX.

A value q of a uint8 tensor stands for (q - zero_point) * scale. Height and width are not part of
a graph; they follow from the picture that is fed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from vistest.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

LARGEST_CHANNELS = 1 << 16
LARGEST_KERNEL = 7


@dataclass(frozen=True, slots=True)
class Tensor:
    """What flows between layers.

    Attributes:
        name: Unique in its graph.
        channels: How many.
        dtype: `uint8`, or `float32`, which has neither scale nor zero point.
        scale: Real value of one step; 1 for float32.
        zero_point: The step that stands for 0; 0 for float32.
    """

    name: str
    channels: int
    dtype: Literal["uint8", "float32"] = "uint8"
    scale: float = 1.0
    zero_point: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Conv:
    """A convolution, or a linear layer (which is a 1x1 convolution here).

    Attributes:
        name: Unique among the layers.
        input: Name of a tensor.
        output: Name of a tensor.
        weight: int8 or float32, (outputs, inputs, height, width) of an odd, square kernel.
        weight_scale: float32 (outputs,), real value of one step; ones for float32 weights.
        bias: int32 (outputs,) in steps of input scale * weight_scale; float32 with float32 weights.
        stride: 1 or 2.
        padding: Zeros (of the real value) around the picture: half the kernel, so that a
            convolution changes the size by its stride only.
        relu: Whether negative results become 0.
        linear: Whether it was a linear layer.
    """

    name: str
    input: str
    output: str
    weight: NDArray[np.int8] | NDArray[np.float32]
    weight_scale: NDArray[np.float32]
    bias: NDArray[np.int32] | NDArray[np.float32]
    stride: int = 1
    padding: int = 0
    relu: bool = False
    linear: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)

    @property
    def operator(self) -> str:
        """`linear`, `conv1x1`, `conv3x3`, ...: what a sparsity pattern is chosen for."""
        height, width = self.weight.shape[2:]
        return "linear" if self.linear else f"conv{height}x{width}"


@dataclass(frozen=True, slots=True)
class Add:
    """The sum of two tensors of one shape."""

    name: str
    inputs: tuple[str, ...]
    output: str
    relu: bool = False


@dataclass(frozen=True, slots=True)
class Concat:
    """Channels of several tensors in a row, brought to the scale of the output."""

    name: str
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True)
class Upsample:
    """Each pixel `factor` times in both directions."""

    name: str
    input: str
    output: str
    factor: int = 2

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)


@dataclass(frozen=True, slots=True)
class MaxPool:
    """The largest value of a square window; what is padded never is the largest."""

    name: str
    input: str
    output: str
    kernel: int
    stride: int
    padding: int

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)


@dataclass(frozen=True, slots=True)
class GlobalPool:
    """The mean of each channel, as a picture of one pixel."""

    name: str
    input: str
    output: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """An activation function of single values: output = table[input].

    Attributes:
        name: Unique among the layers.
        input: Name of a uint8 tensor.
        output: Name of a uint8 tensor.
        table: uint8 (256,).
    """

    name: str
    input: str
    output: str
    table: NDArray[np.uint8]

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)


Layer = Conv | Add | Concat | Upsample | MaxPool | GlobalPool | Table


@dataclass(frozen=True, slots=True)
class Graph:
    """A network.

    Attributes:
        input: Name of the tensor that the caller fills.
        outputs: Names of the tensors that the caller gets, in this order.
        tensors: All tensors by name.
        layers: In an order in which they can run.
    """

    input: str
    outputs: tuple[str, ...]
    tensors: Mapping[str, Tensor]
    layers: tuple[Layer, ...]

    @property
    def convolutions(self) -> tuple[Conv, ...]:
        """The layers that hold weights."""
        return tuple(layer for layer in self.layers if isinstance(layer, Conv))

    def check(self) -> None:
        """See that names, channels and arrays fit together.

        Raises:
            ModelError: they do not.
        """
        filled = {self.input}
        if self.input not in self.tensors:
            raise ModelError(f"the input {self.input!r} is no tensor of the graph")
        for name, tensor in self.tensors.items():
            _check_tensor(name, tensor)
        for layer in self.layers:
            for name in (*layer.inputs, layer.output):
                if name not in self.tensors:
                    raise ModelError(f"layer {layer.name!r} uses {name!r}, which is no tensor")
            missing = [name for name in layer.inputs if name not in filled]
            if missing:
                raise ModelError(f"layer {layer.name!r} reads {missing[0]!r} before it is filled")
            if layer.output in filled:
                raise ModelError(f"tensor {layer.output!r} is filled twice")
            _check_layer(layer, [self.tensors[n] for n in layer.inputs], self.tensors[layer.output])
            filled.add(layer.output)
        missing = [name for name in self.outputs if name not in filled]
        if missing or not self.outputs:
            raise ModelError(f"the outputs {missing} of the graph are not made by any layer")


def _check_tensor(name: str, tensor: Tensor) -> None:
    usual = tensor.dtype == "float32" and tensor.scale == 1 and tensor.zero_point == 0
    quantised = (
        tensor.dtype == "uint8"
        and np.isfinite(tensor.scale)
        and tensor.scale > 0
        and 0 <= tensor.zero_point <= 255
    )
    if name != tensor.name or not 0 < tensor.channels <= LARGEST_CHANNELS:
        raise ModelError(f"tensor {name!r} has no valid name or number of channels")
    if not usual and not quantised:
        raise ModelError(f"tensor {name!r} has no valid data type, scale or zero point")


def _check_layer(layer: Layer, inputs: list[Tensor], output: Tensor) -> None:
    channels = [tensor.channels for tensor in inputs]
    expected = channels[0] if channels else 0
    sound = True
    match layer:
        case Conv():
            expected = layer.weight.shape[0] if layer.weight.ndim == 4 else 0
            sound = _sound_convolution(layer, inputs[0], output)
        case Add():
            sound = len(inputs) == 2 and channels[0] == channels[1]
        case Concat():
            expected = sum(channels)
            sound = len(inputs) > 0
        case Upsample():
            sound = 1 <= layer.factor <= 8
        case MaxPool():
            sound = (
                1 <= layer.kernel <= 2 * LARGEST_KERNEL
                and 1 <= layer.stride <= layer.kernel
                and 0 <= layer.padding <= layer.kernel // 2
            )
        case Table():
            table = layer.table
            sound = output.dtype == table.dtype == "uint8" and table.shape == (256,)
        case GlobalPool():
            pass
    if not isinstance(layer, Conv):
        sound = sound and len({tensor.dtype for tensor in (*inputs, output)}) == 1
    if not sound or expected != output.channels:
        raise ModelError(f"layer {layer.name!r} ({type(layer).__name__}) does not fit its tensors")


def _sound_convolution(layer: Conv, source: Tensor, target: Tensor) -> bool:
    weight = layer.weight
    if weight.ndim != 4 or weight.shape[2] != weight.shape[3]:
        return False
    kernel = weight.shape[2]
    kinds = (weight.dtype.name, layer.bias.dtype.name)
    floats = weight.dtype == np.float32
    return (
        weight.shape[1] == source.channels
        and 1 <= kernel <= LARGEST_KERNEL
        and kernel % 2 == 1
        and layer.stride in (1, 2)
        and layer.padding == kernel // 2
        and kinds in (("int8", "int32"), ("float32", "float32"))
        and (floats or source.dtype == "uint8")
        and target.dtype == ("float32" if floats else "uint8")
        and layer.weight_scale.shape == layer.bias.shape == (weight.shape[0],)
        and layer.weight_scale.dtype == np.float32
        and bool(np.isfinite(layer.weight_scale).all() and (layer.weight_scale > 0).all())
    )
