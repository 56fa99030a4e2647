"""An optimizer that gives every direction of a weight matrix the same say.

AdamW lets what is seen often drown what is seen seldom; among the classes of a screen, texts are
a hundred times as many as sliders. The step of Muon is the orthogonal matrix nearest to the
momentum (https://kellerjordan.github.io/posts/muon, scaled after arXiv 2502.16982).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

_MOMENTUM = 0.95
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5
_USUAL_STEP = 0.2  # root mean square of a step of AdamW, so that one learning rate serves both


class Muon(torch.optim.AdamW):
    """Muon in the groups with `orthogonal`, AdamW in the others."""

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Change the weights; gradients of orthogonal groups are used up."""
        for group in self.param_groups:
            if group.get("orthogonal"):
                for weight in group["params"]:
                    if weight.grad is not None:
                        self._turn(weight, group["lr"], group["weight_decay"])
                        weight.grad = None  # AdamW passes over what has no gradient
        return super().step(closure)

    def _turn(self, weight: torch.Tensor, rate: float, decay: float) -> None:
        state = self.state[weight]
        if not state:
            state["step"] = torch.tensor(0.0)  # AdamW expects to find one in any state
            state["momentum"] = torch.zeros_like(weight)
        state["step"] += 1
        state["momentum"].lerp_(weight.grad, 1 - _MOMENTUM)
        ahead = weight.grad.lerp(state["momentum"], _MOMENTUM)
        matrix = orthogonal(ahead.flatten(1))
        scale = _USUAL_STEP * max(matrix.shape) ** 0.5
        weight.mul_(1 - rate * decay)
        weight.add_(matrix.view_as(weight), alpha=-rate * scale)


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """About the nearest matrix whose singular values are all 1 (0.7 to 1.2 here)."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    a, b, c = _COEFFICIENTS
    for _ in range(_ITERATIONS):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x
