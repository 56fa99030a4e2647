"""Which channels of a network are the same channels, so that they can be reordered together.

The outputs of a convolution are a space of channels. Normalisation, ReLU, pooling and upsampling
keep it, an addition makes two spaces one, a concatenation puts spaces in a row.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import fx, nn

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEEPING = (nn.BatchNorm2d, nn.ReLU, nn.SiLU, nn.MaxPool2d, nn.Upsample, nn.Identity)
_JOINING = (torch.cat, torch.concat)
_ADDING = (operator.add, operator.iadd, torch.add)


@dataclass(frozen=True, slots=True)
class Use:
    """Where a convolution reads a space.

    Attributes:
        layer: Name of the convolution.
        offset: Its input channel that is the first one of the space.
    """

    layer: str
    offset: int


@dataclass(slots=True)
class ChannelSpace:
    """Channels that can be reordered together.

    Attributes:
        size: How many.
        producers: Convolutions whose outputs they are.
        norms: Normalisations that hold a value for each.
        uses: Convolutions that read them.
    """

    size: int
    producers: list[str] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)


def channel_spaces(network: nn.Module) -> list[ChannelSpace]:
    """The spaces of `network` that may be reordered: not its inputs, not its outputs.

    Raises:
        ValueError: it holds something that this module does not know.
    """
    tracer = _Tracer(network)
    tracer.run()
    return tracer.free_spaces()


class _Tracer:
    """Follows the channels through the graph; spaces that are added become one."""

    def __init__(self, network: nn.Module) -> None:
        self._modules = dict(network.named_modules())
        self._graph = fx.symbolic_trace(network).graph
        self._spaces: list[ChannelSpace] = []
        self._parents: list[int] = []
        self._fixed: set[int] = set()
        self._values: dict[fx.Node, list[int]] = {}

    def run(self) -> None:
        for node in self._graph.nodes:
            if node.op == "placeholder":
                self._values[node] = []  # pixels; the stem reads nothing that can be reordered
            elif node.op == "call_module":
                self._values[node] = self._module(str(node.target), self._read(node.args[0]))
            elif node.op == "call_function":
                self._values[node] = self._function(node)
            elif node.op == "output":
                for inner in _nodes(node.args):
                    self._fixed.update(self._values[inner])
            else:
                raise ValueError(f"the channels of {node.op} {node.target} are not known")

    def free_spaces(self) -> list[ChannelSpace]:
        merged: dict[int, ChannelSpace] = {}
        for number, space in enumerate(self._spaces):
            whole = merged.setdefault(self._root(number), ChannelSpace(space.size))
            whole.producers += space.producers
            whole.norms += space.norms
            whole.uses += space.uses
        fixed = {self._root(number) for number in self._fixed}
        return [space for root, space in merged.items() if root not in fixed]

    def _read(self, node: Any) -> list[int]:  # noqa: ANN401 - fx nodes and constants
        return self._values[node]

    def _module(self, name: str, spaces: list[int]) -> list[int]:
        module = self._modules[name]
        if isinstance(module, nn.Conv2d):
            return [self._convolution(name, module, spaces)]
        if isinstance(module, nn.BatchNorm2d):
            if len(spaces) != 1:
                raise ValueError(f"{name} normalises a concatenation")
            self._spaces[spaces[0]].norms.append(name)
        elif not isinstance(module, _KEEPING):
            raise ValueError(f"the channels of {type(module).__name__} {name} are not known")
        return spaces

    def _convolution(self, name: str, module: nn.Conv2d, spaces: list[int]) -> int:
        if module.groups != 1:
            raise ValueError(f"{name} is a grouped convolution")
        offset = 0
        for number in spaces:
            self._spaces[number].uses.append(Use(name, offset))
            offset += self._spaces[number].size
        if spaces and offset != module.in_channels:
            raise ValueError(f"{name} reads the pixels beside other channels")
        self._spaces.append(ChannelSpace(module.out_channels, [name]))
        self._parents.append(len(self._parents))
        return len(self._spaces) - 1

    def _function(self, node: fx.Node) -> list[int]:
        parts = [self._read(inner) for inner in _nodes(node.args)]
        if node.target in _JOINING:
            return [number for part in parts for number in part]
        if node.target in _ADDING and len(parts) == 2:
            for first, second in zip(*parts, strict=True):
                self._parents[self._root(second)] = self._root(first)
            return parts[0]
        raise ValueError(f"the channels of {node.target} are not known")

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            number = self._parents[number]
        return number


def _nodes(arguments: Any) -> Iterable[fx.Node]:  # noqa: ANN401 - nested tuples of anything
    if isinstance(arguments, fx.Node):
        yield arguments
    elif isinstance(arguments, list | tuple):
        for inner in arguments:
            yield from _nodes(inner)
