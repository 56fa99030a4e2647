"""What a configuration adds to plain training: sparsity, and a teacher."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import torch

from models.sparsify.distillation import distillation_loss, taught
from models.sparsify.permutation import permute_channels
from models.sparsify.pruner import Pruner
from vistest.core.errors import VistestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import nn

    from models.train.state import RunState

logger = logging.getLogger(__name__)

_SIDE = 640


class Lesson:
    """Takes part in the steps of a run; does nothing where its configuration asks for nothing.

    At the first step of a sparse run it reorders the channels.

    Args:
        state: The run; its masks are kept up to date.
        teacher: A trained network of the same outputs.

    Raises:
        VistestError: the configuration asks for a teacher and there is none.
    """

    def __init__(self, state: RunState, teacher: nn.Module | None) -> None:
        self._state = state
        self._weight = state.config.distillation.weight
        self._teacher = teacher
        if self._weight and teacher is None:
            raise VistestError(
                "the configuration asks for distillation but there is no teacher",
                hint="Name a trained checkpoint with --teacher.",
            )
        sparsity = state.config.sparsity
        if sparsity.target and sparsity.permute and state.step == 0 and not state.masks:
            gain = permute_channels(state.network, sparsity, [state.average])
            logger.info("reordered channels: blocks keep %.1f %% more energy", 100 * gain)
        costs = weight_costs(state.network) if sparsity.budget == "cost" else {}
        self.pruner = Pruner(state.network, sparsity, state.masks, costs)

    def extra_loss(
        self, pixels: torch.Tensor, outputs: Sequence[tuple[torch.Tensor, torch.Tensor]]
    ) -> torch.Tensor:
        """This worker's part of the distance to the teacher; zero without one."""
        if not self._weight or self._teacher is None:
            return torch.zeros((), device=pixels.device)
        return self._weight * distillation_loss(outputs, taught(self._teacher, pixels))

    def before_update(self) -> None:
        """To be called between backward and the optimizer."""
        if self.pruner.layers:
            batch = self._state.config.batch
            self.pruner.before_update((self._state.step + 1) * batch, batch)

    def after_update(self) -> None:
        """To be called once the step is counted and the average has followed."""
        if self.pruner.layers:
            batch = self._state.config.batch
            rate = self._state.optimizer.param_groups[0]["lr"]
            self.pruner.after_update(self._state.step * batch, batch, rate)
            self.pruner.follow(self._state.average)


@torch.no_grad()
def weight_costs(network: nn.Module, side: int = _SIDE) -> dict[str, float]:
    """How often each weight of a convolution is used for a picture, relative to the least."""
    uses: dict[str, float] = {}

    def count(name: str, output: torch.Tensor) -> None:
        uses[name] = float(output.shape[2] * output.shape[3])

    hooks = [
        module.register_forward_hook(lambda _m, _i, output, name=name: count(name, output))
        for name, module in network.named_modules()
        if isinstance(module, torch.nn.Conv2d)
    ]
    training = network.training
    device = next(network.parameters()).device
    network.eval()(torch.zeros(1, 3, side, side, device=device))
    network.train(training)
    for hook in hooks:
        hook.remove()
    least = min(uses.values())
    return {name: count / least for name, count in uses.items()}
