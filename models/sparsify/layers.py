"""The layers of a network that are pruned, each with its pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import nn

from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.patterns import Pattern, make_pattern

if TYPE_CHECKING:
    import torch

    from models.sparsify.config import SparsityConfig


@dataclass(frozen=True, slots=True)
class PrunedLayer:
    """A convolution that becomes sparse.

    Attributes:
        name: Of the module in its network.
        weight: Its parameter.
        pattern: Block, and the sparsity that the configuration asks for.
        fixed_density: The share of blocks that it keeps in any case; None if the budget decides.
    """

    name: str
    weight: torch.Tensor
    pattern: Pattern
    fixed_density: float | None


def pruned_layers(network: nn.Module, config: SparsityConfig) -> list[PrunedLayer]:
    """All convolutions of `network` but the exempt ones.

    Depthwise and grouped convolutions are no matrices of blocks, so they stay as they are.
    """
    if not config.target:
        return []
    return [
        PrunedLayer(name, module.weight, _pattern(module, config), _density(name, config))
        for name, module in network.named_modules()
        if isinstance(module, nn.Conv2d) and module.groups == 1 and not _begins(name, config.exempt)
    ]


def _pattern(module: nn.Conv2d, config: SparsityConfig) -> Pattern:
    height, width = module.kernel_size
    lanes = config.lanes.get(f"conv{height}x{width}")
    target = instruction_set(config.instruction_set)
    return make_pattern("convolution", target, "int8", config.target, lanes)


def _density(name: str, config: SparsityConfig) -> float | None:
    """Of the longest beginning that fits."""
    fitting = [key for key in config.densities if _begins(name, (key,))]
    return config.densities[max(fitting, key=len)] if fitting else None


def _begins(name: str, beginnings: tuple[str, ...]) -> bool:
    return any(name == part or name.startswith(part + ".") for part in beginnings)
