"""manifest.json of a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vistest.core.errors import ModelError
from vistest.vision.bundle.fields import Fields, bundle_error
from vistest.vision.bundle.layers import read_layer, write_layer
from vistest.vision.bundle.migrate import BUNDLE
from vistest.vision.bundle.model import ModelBundle
from vistest.vision.engine.graph import LARGEST_CHANNELS, Graph, Tensor

if TYPE_CHECKING:
    from vistest.vision.bundle.arrays import ArrayReader, ArrayWriter
    from vistest.vision.bundle.weights import StoredWeights
    from vistest.vision.engine.graph import Layer

FORMAT = "vistest-model"


def write_manifest(bundle: ModelBundle, arrays: ArrayWriter) -> dict[str, Any]:
    """The JSON object of manifest.json; the numbers go into `arrays`."""
    graph = bundle.graph
    return {
        "format": FORMAT,
        "version": BUNDLE.version,
        "name": bundle.name,
        "facts": dict(bundle.facts),
        "input": graph.input,
        "outputs": list(graph.outputs),
        "tensors": [_write_tensor(tensor) for tensor in graph.tensors.values()],
        "layers": [
            write_layer(layer, bundle.weights.get(layer.name), arrays) for layer in graph.layers
        ],
    }


def read_manifest(document: dict[str, Any], arrays: ArrayReader, where: str) -> ModelBundle:
    """The bundle of a manifest of any version that this vistest reads.

    Raises:
        FormatError: something is missing, absurd, or does not fit the rest.
    """
    if document.get("format") != FORMAT:
        raise bundle_error(where, "it is no model bundle")
    fields = Fields(BUNDLE.upgrade(document, document.get("version"), where), where)
    tensors = [_read_tensor(tensor) for tensor in fields.objects("tensors")]
    layers: list[Layer] = []
    weights: dict[str, StoredWeights] = {}
    for inner in fields.objects("layers"):
        layer, stored = read_layer(inner, arrays)
        if layer.name in {known.name for known in layers}:
            raise inner.error("another layer has the same name")
        layers.append(layer)
        if stored is not None:
            weights[layer.name] = stored
    graph = Graph(
        fields.text("input"),
        fields.texts("outputs"),
        {tensor.name: tensor for tensor in tensors},
        tuple(layers),
    )
    try:
        graph.check()
    except ModelError as error:
        raise bundle_error(where, str(error)) from error
    return ModelBundle(fields.text("name"), graph, weights, fields.mapping("facts"))


def _write_tensor(tensor: Tensor) -> dict[str, Any]:
    return {
        "name": tensor.name,
        "channels": tensor.channels,
        "type": tensor.dtype,
        "scale": tensor.scale,
        "zero_point": tensor.zero_point,
    }


def _read_tensor(fields: Fields) -> Tensor:
    return Tensor(
        fields.text("name"),
        fields.integer("channels", 1, LARGEST_CHANNELS),
        fields.word("type", ("uint8", "float32")),
        fields.number("scale"),
        fields.integer("zero_point", 0, 255),
    )
