"""Reorders channels so that blocks gather what is weak: more of the weights' energy is then kept.

The order of channels means nothing to a network, so its results stay what they are, up to rounding.
The search swaps pairs of channels as long as a swap raises what the strongest blocks hold. With
energy e of a block and the threshold t that the density implies, that is the sum of max(e - t, 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from models.sparsify.layers import pruned_layers
from models.sparsify.spaces import channel_spaces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from torch import nn

    from models.sparsify.config import SparsityConfig
    from models.sparsify.layers import PrunedLayer
    from models.sparsify.spaces import ChannelSpace

_SWEEPS = 4
_LEAST_GAIN = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Energies that add up within groups of channels.

    Attributes:
        energies: (rows, channels): of each channel in each row of blocks.
        groups: (channels,): the group that each place belongs to.
        others: (rows, groups): what channels of other spaces add to a group.
        density: Share of the blocks that will be kept.
    """

    energies: NDArray[np.float64]
    groups: NDArray[np.int64]
    others: NDArray[np.float64]
    density: float

    def sums(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        """(rows, groups): the energy of each block if place p holds channel `order[p]`."""
        table = np.zeros((len(self.groups), self.others.shape[1]))
        table[np.arange(len(self.groups)), self.groups] = 1
        return self.others + self.energies[:, order] @ table

    def threshold(self, order: NDArray[np.int64]) -> float:
        """The energy of the weakest block that is kept."""
        return float(np.quantile(self.sums(order), 1 - self.density))


@torch.no_grad()
def permute_channels(
    network: nn.Module, config: SparsityConfig, followers: Sequence[nn.Module] = ()
) -> float:
    """Reorder the channels of `network` in place; returns the relative gain in kept energy.

    Args:
        network: Whose weights decide.
        config: Which blocks there will be.
        followers: Networks of the same shape, reordered in the same way.

    Raises:
        ValueError: the network holds something whose channels are not known.
    """
    layers = {layer.name: layer for layer in pruned_layers(network, config)}
    before, after = 0.0, 0.0
    for space in channel_spaces(network):
        groupings = _groupings(space, layers, config)
        if groupings:
            order = best_order(groupings)
            before += _kept(groupings, np.arange(space.size))
            after += _kept(groupings, order)
            for follower in (network, *followers):
                reorder(follower, space, torch.from_numpy(order))
    return after / before - 1 if before else 0.0


def best_order(groupings: Sequence[Grouping]) -> NDArray[np.int64]:
    """Channels by place, by sweeps of the best swaps."""
    size = len(groupings[0].groups)
    strength = sum(grouping.energies.sum(0) for grouping in groupings)
    orders = [np.arange(size), np.argsort(-np.asarray(strength), kind="stable")]
    order = max(orders, key=lambda start: _kept(groupings, start))
    for _ in range(_SWEEPS):
        thresholds = [grouping.threshold(order) for grouping in groupings]
        if not _sweep(groupings, thresholds, order):
            break
    return min((order, orders[0]), key=lambda found: -_kept(groupings, found))


@torch.no_grad()
def reorder(network: nn.Module, space: ChannelSpace, order: torch.Tensor) -> None:
    """Put channel `order[p]` of a space at place p, wherever the space is made or read."""
    modules = dict(network.named_modules())
    for name in space.producers:
        _take(modules[name].weight, order)
        if modules[name].bias is not None:
            _take(modules[name].bias, order)
    for name in space.norms:
        norm = modules[name]
        for tensor in (norm.weight, norm.bias, norm.running_mean, norm.running_var):
            _take(tensor, order)
    for use in space.uses:
        part = modules[use.layer].weight[:, use.offset : use.offset + space.size]
        part.copy_(part[:, order].clone())


def _take(tensor: torch.Tensor, order: torch.Tensor) -> None:
    tensor.copy_(tensor[order].clone())


def _sweep(
    groupings: Sequence[Grouping], thresholds: Sequence[float], order: NDArray[np.int64]
) -> bool:
    """Swap each place with the one that gains most; whether anything was swapped."""
    sums = [grouping.sums(order) for grouping in groupings]
    swapped = False
    for place in range(len(order)):
        gains = sum(
            _gains(grouping, held, threshold, order, place)
            for grouping, held, threshold in zip(groupings, sums, thresholds, strict=True)
        )
        best = int(np.argmax(gains))
        if np.asarray(gains)[best] > _LEAST_GAIN * (1 + sum(abs(t) for t in thresholds)):
            order[[place, best]] = order[[best, place]]
            sums = [grouping.sums(order) for grouping in groupings]
            swapped = True
    return swapped


def _gains(
    grouping: Grouping,
    sums: NDArray[np.float64],
    threshold: float,
    order: NDArray[np.int64],
    place: int,
) -> NDArray[np.float64]:
    """(channels,): what is gained by swapping `place` with each other place."""
    groups = grouping.groups
    mine = groups[place]
    moved = grouping.energies[:, order] - grouping.energies[:, [order[place]]]
    here, there = sums[:, [mine]], sums[:, groups]
    gain = (
        _over(here + moved, threshold)
        - _over(here, threshold)
        + _over(there - moved, threshold)
        - _over(there, threshold)
    ).sum(0)
    gain[groups == mine] = 0
    return np.asarray(gain)


def _over(energies: NDArray[np.float64], threshold: float) -> NDArray[np.float64]:
    return np.maximum(energies - threshold, 0)


def _kept(groupings: Sequence[Grouping], order: NDArray[np.int64]) -> float:
    """The energy that the strongest blocks hold."""
    total = 0.0
    for grouping in groupings:
        sums = np.sort(grouping.sums(order), axis=None)[::-1]
        total += float(sums[: round(grouping.density * sums.size)].sum())
    return total


def _groupings(
    space: ChannelSpace, layers: Mapping[str, PrunedLayer], config: SparsityConfig
) -> list[Grouping]:
    """One for each pruned layer that reads the space, and for each that makes it."""
    found = [
        _as_inputs(layers[use.layer], use.offset, space.size, config)
        for use in space.uses
        if use.layer in layers
    ]
    found += [
        _as_outputs(layers[name], config)
        for name in space.producers
        if name in layers and layers[name].pattern.block.outputs > 1
    ]
    return found


def _as_inputs(layer: PrunedLayer, offset: int, size: int, config: SparsityConfig) -> Grouping:
    block = layer.pattern.block
    squares = _squares(layer)
    outputs, inputs = squares.shape[:2]
    filled = np.pad(squares, ((0, -outputs % block.outputs), (0, 0), (0, 0)))
    rows = filled.reshape(-1, block.outputs, inputs, filled.shape[2]).sum(1)
    table = rows.transpose(0, 2, 1).reshape(-1, inputs)  # a row for each block row and position
    places = np.arange(offset, offset + size)
    groups = places // block.inputs - offset // block.inputs
    whole = np.arange(inputs) // block.inputs - offset // block.inputs
    others = np.zeros((len(table), int(groups[-1]) + 1))
    for channel in range(inputs):
        inside = offset <= channel < offset + size
        if not inside and 0 <= whole[channel] <= groups[-1]:
            others[:, whole[channel]] += table[:, channel]
    return Grouping(table[:, places], groups, others, _density(layer, config))


def _as_outputs(layer: PrunedLayer, config: SparsityConfig) -> Grouping:
    block = layer.pattern.block
    squares = _squares(layer)
    outputs, inputs = squares.shape[:2]
    filled = np.pad(squares, ((0, 0), (0, -inputs % block.inputs), (0, 0)))
    parts = filled.reshape(outputs, -1, block.inputs, filled.shape[2]).sum(2)
    table = parts.reshape(outputs, -1).T
    groups = np.arange(outputs) // block.outputs
    others = np.zeros((len(table), int(groups[-1]) + 1))
    return Grouping(table, groups, others, _density(layer, config))


def _squares(layer: PrunedLayer) -> NDArray[np.float64]:
    """(outputs, inputs, positions), relative to the layer's mean: scales differ between layers."""
    squares = layer.weight.detach().double().flatten(2).square().cpu().numpy()
    return np.asarray(squares / max(squares.mean(), 1e-30))


def _density(layer: PrunedLayer, config: SparsityConfig) -> float:
    return 1 - config.target if layer.fixed_density is None else layer.fixed_density
