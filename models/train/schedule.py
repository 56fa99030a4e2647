"""The learning rate: rise, stay, fall. And when to fall if the time is limited."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.train.config import TrainConfig


@dataclass(frozen=True, slots=True)
class Cooldown:
    """Steps during which the learning rate falls to zero."""

    first: int
    steps: int

    def ended(self, step: int) -> bool:
        """Whether it is over at `step`: nothing is learnt any more."""
        return step >= self.first + self.steps


def planned_cooldown(config: TrainConfig) -> Cooldown:
    """The fall at the end of the images that the configuration names."""
    total = config.images // config.batch
    steps = max(1, round(config.cooldown * total))
    return Cooldown(total - steps, steps)


def cooldown_for(
    config: TrainConfig, step: int, spent_s: float, step_s: float, left_s: float
) -> Cooldown | None:
    """The fall that ends when the time does, if it has to begin now; else None.

    It takes its share of the time and not of the steps: how many there will be, nobody knows on a
    machine that others use too.

    Args:
        config: Of the run.
        step: Steps done.
        spent_s: Seconds that the run took so far.
        step_s: Seconds per step, as measured.
        left_s: Seconds left.
    """
    if left_s > config.cooldown * (spent_s + left_s):
        return None
    return Cooldown(step, max(1, int(left_s / step_s)))


def rate_factor(step: int, warmup_steps: int, cooldown: Cooldown | None) -> float:
    """What the learning rate is multiplied by at `step`, 0 to 1."""
    factor = min(1.0, (step + 1) / max(1, warmup_steps))
    if cooldown is not None and step >= cooldown.first:
        done = min(1.0, (step - cooldown.first) / cooldown.steps)
        factor *= 0.5 * (1 + math.cos(math.pi * done))
    return factor
