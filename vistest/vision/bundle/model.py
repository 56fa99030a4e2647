"""A model as it is shipped: what to compute, with which weights, stored how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.vision.bundle.weights import StoredWeights
    from vistest.vision.engine.graph import Graph


@dataclass(frozen=True, slots=True, eq=False)
class ModelBundle:
    """A network with compressed weights.

    Attributes:
        name: Name and version, for caches and reports.
        graph: The layers; their weights are dense here.
        weights: By layer, the same weights as they are stored, with their pattern.
        facts: What else there is to know of the model: classes, strides, how it was trained.
    """

    name: str
    graph: Graph
    weights: Mapping[str, StoredWeights]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def block_sparsity(self) -> float:
        """Share of the weights that are not stored, over all layers."""
        total = sum(layer.weight.size for layer in self.graph.convolutions)
        kept = sum(
            self.weights[layer.name].kept_share * layer.weight.size
            for layer in self.graph.convolutions
        )
        return 1 - kept / total if total else 0.0
