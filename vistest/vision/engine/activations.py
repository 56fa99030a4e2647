"""Activation functions as tables from uint8 to uint8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from vistest.vision.engine.graph import Tensor

    Function = Callable[[NDArray[np.float32], Mapping[str, float]], NDArray[np.float32]]


def _sigmoid(x: NDArray[np.float32], _: Mapping[str, float]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def _hard_sigmoid(x: NDArray[np.float32], options: Mapping[str, float]) -> NDArray[np.float32]:
    return np.asarray(
        np.clip(options.get("alpha", 0.2) * x + options.get("beta", 0.5), 0, 1), np.float32
    )


def _leaky(x: NDArray[np.float32], options: Mapping[str, float]) -> NDArray[np.float32]:
    return np.where(x < 0, np.float32(options.get("alpha", 0.01)) * x, x)


# By the name of the ONNX operator.
FUNCTIONS: dict[str, Function] = {
    "Relu": lambda x, _: np.maximum(x, np.float32(0)),
    "Clip": lambda x, o: np.clip(x, o.get("min", -np.inf), o.get("max", np.inf)),
    "Sigmoid": _sigmoid,
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": lambda x, _: np.asarray(x * np.clip(x / 6 + 0.5, 0, 1), np.float32),
    "LeakyRelu": _leaky,
    "Tanh": lambda x, _: np.tanh(x),
}


def real_values(tensor: Tensor) -> NDArray[np.float32]:
    """float32 (256,): what each step of a uint8 tensor stands for."""
    steps = np.arange(256) - tensor.zero_point
    return np.asarray(steps * np.float32(tensor.scale), np.float32)


def quantise(values: NDArray[np.float32], tensor: Tensor) -> NDArray[np.uint8]:
    """The steps of `tensor` next to `values`, half to even, as ONNX defines it."""
    steps = np.rint(values / np.float32(tensor.scale)) + tensor.zero_point
    return np.asarray(np.clip(steps, 0, 255), np.uint8)


def activation_table(
    name: str, options: Mapping[str, float], source: Tensor, target: Tensor
) -> NDArray[np.uint8]:
    """uint8 (256,): the function `name` from steps of `source` to steps of `target`."""
    return quantise(np.asarray(FUNCTIONS[name](real_values(source), options)), target)


def product_table(
    table: NDArray[np.uint8], source: Tensor, other: Tensor, target: Tensor
) -> NDArray[np.uint8]:
    """X * f(x) where `table` is f from `source` to `other`: SiLU and its kin."""
    return quantise(real_values(source) * real_values(other)[table], target)
