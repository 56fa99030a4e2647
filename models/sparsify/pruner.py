"""Takes part in every step of training: pulls blocks towards zero, chooses masks, applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.sparsify.blocks import block_norms
from models.sparsify.budget import Choice, choose
from models.sparsify.lasso import shrink_blocks
from models.sparsify.layers import pruned_layers
from models.sparsify.masks import (
    Masks,
    agreed,
    clear_gradients,
    clear_weights,
    dropped_weights,
)
from models.sparsify.regrowth import exchange, regrow_share
from models.sparsify.schedule import sparsity_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch
    from torch import nn

    from models.sparsify.config import SparsityConfig
    from models.sparsify.layers import PrunedLayer


class Pruner:
    """The sparsity of one network.

    A step is: forward, loss, backward (gradients are summed over all workers by then),
    `before_update`, optimizer, `after_update`.

    Args:
        network: Is being trained.
        config: How.
        masks: Of a run that goes on; changed in place, and so part of its checkpoints.
        costs: Multiplications per weight of each layer, for the budget `cost`.
    """

    def __init__(
        self,
        network: nn.Module,
        config: SparsityConfig,
        masks: Masks,
        costs: Mapping[str, float] | None = None,
    ) -> None:
        self.layers = pruned_layers(network, config)
        self.masks = masks
        self._config = config
        self._costs = dict(costs or {})
        self._wanted: dict[str, torch.Tensor] = {}
        self._dropped = dropped_weights(self.layers, masks)
        self._followers: dict[nn.Module, list[PrunedLayer]] = {}

    def before_update(self, views: int, step_views: int) -> None:
        """Note the gradients that regrowth asks for; none are left for what is zero.

        Args:
            views: Trained on, with those of this step.
            step_views: Of this step.
        """
        self._wanted = {}
        if self._regrows(views, step_views):
            self._wanted = {
                layer.name: block_norms(layer.weight.grad, layer.pattern.block)
                for layer in self.layers
                if layer.weight.grad is not None
            }
        clear_gradients(self.layers, self._dropped)

    def after_update(self, views: int, step_views: int, rate: float) -> None:
        """Group lasso; choose masks if it is time, and set to zero what they drop.

        Args:
            views: Trained on, with those of this step.
            step_views: Of this step.
            rate: Learning rate of this step.
        """
        config = self._config
        if config.lasso and views <= config.end:
            for layer in self.layers:
                shrink_blocks(layer.weight, layer.pattern.block, rate * config.lasso)
        if self._chooses(views, step_views):
            self._replace(self._chosen(views))
        elif self._wanted:
            self._replace(self._exchanged(views))
            self._wanted = {}
        clear_weights(self.layers, self._dropped)

    def follow(self, network: nn.Module) -> None:
        """Drop the same blocks from another network of the same shape, such as an average."""
        if network not in self._followers:
            self._followers[network] = pruned_layers(network, self._config)
        clear_weights(self._followers[network], self._dropped)

    def _chooses(self, views: int, step_views: int) -> bool:
        """Whether this step is one at which the ramp goes on, or its last."""
        config = self._config
        if not self.layers or views < config.start:
            return False
        if not self.masks:
            return True
        before = views - step_views
        if before >= config.end:
            return False
        return views >= config.end or _passed(before, views, config.every)

    def _regrows(self, views: int, step_views: int) -> bool:
        config = self._config
        return (
            bool(self.masks)
            and config.regrow > 0
            and config.end <= views - step_views
            and views < config.regrow_until
            and _passed(views - step_views, views, config.every)
        )

    def _chosen(self, views: int) -> Masks:
        config = self._config
        share = sparsity_at(config.schedule, config.target, views, config.first, config.ramp)
        choices = {}
        for layer in self.layers:
            block = layer.pattern.block
            cost = self._costs.get(layer.name, 1.0) * block.inputs * block.outputs
            norms = block_norms(layer.weight, block)
            choices[layer.name] = Choice(norms, layer.fixed_density, cost)
        progress = share / config.target
        return choose(choices, share, config.budget, config.least_density, progress)

    def _exchanged(self, views: int) -> Masks:
        config = self._config
        share = regrow_share(config.regrow, views, config.end, config.regrow_until)
        changed = dict(self.masks)
        for layer in self.layers:
            wanted = self._wanted.get(layer.name)
            if wanted is not None:
                norms = block_norms(layer.weight, layer.pattern.block)
                changed[layer.name] = exchange(self.masks[layer.name], norms, wanted, share)
        return changed

    def _replace(self, masks: Masks) -> None:
        self.masks.update(agreed(masks))
        self._dropped = dropped_weights(self.layers, self.masks)


def _passed(before: int, now: int, every: int) -> bool:
    """Whether a multiple of `every` lies in (before, now]."""
    return now // every > before // every
