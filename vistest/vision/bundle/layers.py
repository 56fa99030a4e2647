"""Layers of a graph as JSON objects, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vistest.vision.bundle.weights import StoredWeights, read_weights, write_weights
from vistest.vision.engine.graph import (
    Add,
    Concat,
    Conv,
    GlobalPool,
    MaxPool,
    Table,
    Upsample,
)

if TYPE_CHECKING:
    from vistest.vision.bundle.arrays import ArrayReader, ArrayWriter
    from vistest.vision.bundle.fields import Fields
    from vistest.vision.engine.graph import Layer

_KINDS = ("convolution", "add", "concat", "upsample", "max-pool", "global-pool", "table")
_LARGEST_NUMBER = 64


def write_layer(layer: Layer, stored: StoredWeights | None, arrays: ArrayWriter) -> dict[str, Any]:
    """The object for `layer`; its numbers go into `arrays`."""
    document: dict[str, Any] = {
        "kind": _kind(layer),
        "name": layer.name,
        "inputs": list(layer.inputs),
        "output": layer.output,
    }
    match layer:
        case Conv():
            if stored is None:
                raise ValueError(f"no weights are given for {layer.name!r}")
            document |= {
                "stride": layer.stride,
                "padding": layer.padding,
                "relu": layer.relu,
                "linear": layer.linear,
                "bias": arrays.add(layer.bias),
                "weight_scale": arrays.add(layer.weight_scale),
                **write_weights(stored, arrays),
            }
        case Add():
            document["relu"] = layer.relu
        case Upsample():
            document["factor"] = layer.factor
        case MaxPool():
            document |= {
                "kernel": layer.kernel,
                "stride": layer.stride,
                "padding": layer.padding,
            }
        case Table():
            document["table"] = arrays.add(layer.table)
    return document


def read_layer(fields: Fields, arrays: ArrayReader) -> tuple[Layer, StoredWeights | None]:
    """The layer of an object, with its weights as they are stored if it has some.

    Raises:
        FormatError: a member is missing or absurd. Whether it fits its neighbours is for
            `Graph.check` to say.
    """
    kind = fields.word("kind", _KINDS)
    name, output = fields.text("name"), fields.text("output")
    inputs = fields.texts("inputs")
    if not inputs or (kind not in {"add", "concat"} and len(inputs) > 1):
        raise fields.error(f"{kind} has {len(inputs)} inputs")
    if kind == "convolution":
        return _read_convolution(fields, arrays)
    if kind == "add":
        return Add(name, inputs, output, fields.flag("relu")), None
    if kind == "concat":
        return Concat(name, inputs, output), None
    if kind == "upsample":
        return Upsample(name, inputs[0], output, _small(fields, "factor")), None
    if kind == "max-pool":
        numbers = (_small(fields, member) for member in ("kernel", "stride", "padding"))
        return MaxPool(name, inputs[0], output, *numbers), None
    if kind == "global-pool":
        return GlobalPool(name, inputs[0], output), None
    return Table(name, inputs[0], output, arrays.get(fields.inner("table"), ("uint8",))), None


def _read_convolution(fields: Fields, arrays: ArrayReader) -> tuple[Conv, StoredWeights]:
    stored = read_weights(fields, arrays)
    weight = stored.dense()
    real = weight.dtype == np.float32
    layer = Conv(
        fields.text("name"),
        fields.texts("inputs")[0],
        fields.text("output"),
        weight,
        arrays.get(fields.inner("weight_scale"), ("float32",)),
        arrays.get(fields.inner("bias"), ("float32",) if real else ("int32",)),
        _small(fields, "stride"),
        _small(fields, "padding"),
        fields.flag("relu"),
        fields.flag("linear"),
    )
    return layer, stored


def _small(fields: Fields, member: str) -> int:
    return fields.integer(member, 0, _LARGEST_NUMBER)


def _kind(layer: Layer) -> str:
    kinds = (Conv, Add, Concat, Upsample, MaxPool, GlobalPool, Table)
    return _KINDS[kinds.index(type(layer))]
