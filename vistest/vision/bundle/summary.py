"""What a bundle holds, layer by layer, for people and plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vistest.vision.engine.compression import Concentrated
from vistest.vision.engine.sizes import multiplications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vistest.vision.bundle.model import ModelBundle
    from vistest.vision.engine.patterns import Pattern


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """One layer with weights.

    Attributes:
        name: As the graph calls it.
        operator: `conv3x3`, `linear`, ...
        shape: (outputs, inputs, height, width).
        pattern: Block and sparsity.
        concentrated: Whether zero blocks are left out of the file.
        stored_bytes: Weights and mask in the file.
        macs: Multiplications with all weights.
        kept_macs: Multiplications with the kept blocks only.
        kernel: What the engine runs it with; empty where there is no engine.
    """

    name: str
    operator: str
    shape: tuple[int, ...]
    pattern: Pattern
    concentrated: bool
    stored_bytes: int
    macs: int
    kept_macs: int
    kernel: str = ""

    def document(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "name": self.name,
            "operator": self.operator,
            "shape": list(self.shape),
            "pattern": self.pattern.document(),
            "concentrated": self.concentrated,
            "stored_bytes": self.stored_bytes,
            "macs": self.macs,
            "kept_macs": self.kept_macs,
            "kernel": self.kernel,
        }


@dataclass(frozen=True, slots=True)
class Totals:
    """All layers together."""

    parameters: int
    stored_bytes: int
    macs: int
    kept_macs: int


def summarise(
    bundle: ModelBundle, height: int, width: int, kernels: Mapping[str, str] | None = None
) -> list[LayerSummary]:
    """The layers with weights, for a picture of that size.

    Args:
        bundle: A model.
        height: Of the picture.
        width: Of the picture.
        kernels: By layer, what the engine chose.

    Raises:
        ModelError: the network cannot take such a picture.
    """
    counts = multiplications(bundle.graph, height, width)
    rows = []
    for layer in bundle.graph.convolutions:
        stored = bundle.weights[layer.name]
        rows.append(
            LayerSummary(
                layer.name,
                layer.operator,
                layer.weight.shape,
                stored.pattern,
                isinstance(stored.content, Concentrated),
                stored.stored_bytes,
                counts[layer.name],
                round(counts[layer.name] * (1 - stored.pattern.sparsity)),
                (kernels or {}).get(layer.name, ""),
            )
        )
    return rows


def totals(rows: Iterable[LayerSummary]) -> Totals:
    """Sums over `rows`."""
    rows = list(rows)
    parameters = sum(_size(row.shape) for row in rows)
    return Totals(
        parameters,
        sum(row.stored_bytes for row in rows),
        sum(row.macs for row in rows),
        sum(row.kept_macs for row in rows),
    )


def _size(shape: tuple[int, ...]) -> int:
    outputs, inputs, height, width = shape
    return outputs * inputs * height * width
