"""Learning from a trained detector beside the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from models.data.rebalance.gradient import sum_over_ranks
from models.detector.head import CLASSES
from vistest.vision.detectors.decoding import CLASS_LAYER, LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import nn

    Outputs = Sequence[tuple[torch.Tensor, torch.Tensor]]


@torch.no_grad()
def taught(teacher: nn.Module, pixels: torch.Tensor) -> Outputs:
    """What the teacher says; it does not learn."""
    outputs: Outputs = teacher.eval()(pixels)
    return outputs


def distillation_loss(outputs: Outputs, truth: Outputs) -> torch.Tensor:
    """How far `outputs` are from those of the teacher.

    Scores count by how far they are off, so that the many cells where both see nothing do not
    drown the others; distances count by how sure the teacher is that something is there. Each
    worker gives the sum over its views, divided by the sureness in the views of all workers.
    """
    total = outputs[0][0].new_zeros(())
    weight = outputs[0][0].new_zeros(())
    for (logits, distances), (known_logits, known_distances) in zip(outputs, truth, strict=True):
        known = known_logits.float().sigmoid()
        off = (logits.float().sigmoid() - known).square().detach()
        entropy = functional.binary_cross_entropy_with_logits(
            logits.float(), known, reduction="none"
        )
        total = total + (off * entropy).sum()
        sure = _sureness(known[:, :CLASSES])
        gap = (distances - known_distances).abs().float().unflatten(1, (LAYERS, 4)).mean(2)
        total = total + (sure * gap).sum()
        weight = weight + sure.sum()
    return total / sum_over_ranks(weight).clamp(min=1)


def _sureness(scores: torch.Tensor) -> torch.Tensor:
    """(n, layers, height, width): the best score of each layer's classes."""
    layers = torch.from_numpy(CLASS_LAYER).to(scores.device)
    return torch.stack([scores[:, layers == layer].amax(1) for layer in range(LAYERS)], 1)
