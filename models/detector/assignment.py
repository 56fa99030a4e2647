"""Which cells answer for which object: task-aligned assignment (arXiv 2108.07755)."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from models.detector.boxes import pairwise_iou

_SCORE_POWER = 0.5
_OVERLAP_POWER = 6.0
_CELLS_PER_OBJECT = 10
_SMALLEST_REACH = 0.75  # of the finest stride: a thin line must contain some cell's centre


@dataclass(frozen=True, slots=True)
class Assignment:
    """What each cell has to answer.

    Attributes:
        objects: int64 (cells,), the object's index, or -1 for background.
        quality: float32 (cells,), the score that the cell should give, 0 for background.
    """

    objects: torch.Tensor
    quality: torch.Tensor


@torch.no_grad()
def assign(
    scores: torch.Tensor,
    predicted: torch.Tensor,
    cells: torch.Tensor,
    boxes: torch.Tensor,
    classes: torch.Tensor,
) -> Assignment:
    """Give each object the cells in it that already see it best by class and by box.

    Args:
        scores: (cells, classes), 0 to 1.
        predicted: (cells, 4), the boxes that the cells predict.
        cells: (cells, 3): centre x, centre y, stride.
        boxes: (objects, 4), the true boxes.
        classes: (objects,), their classes.
    """
    count = len(cells)
    if len(boxes) == 0:
        nothing = torch.full((count,), -1, dtype=torch.int64, device=scores.device)
        return Assignment(nothing, scores.new_zeros(count))
    overlap = pairwise_iou(boxes, predicted)
    fit = scores.T[classes].pow(_SCORE_POWER) * overlap.pow(_OVERLAP_POWER)
    fit = (fit + 1e-12) * _reachable(cells, boxes)
    best = fit.topk(min(_CELLS_PER_OBJECT, count), dim=1)
    chosen = torch.zeros_like(fit).scatter_(1, best.indices, (best.values > 0).to(fit.dtype))
    # A cell that several objects want goes to the one whose box it predicts best.
    claimed = torch.where(chosen > 0, overlap + 1e-6, 0.0)
    strongest, objects = claimed.max(0)
    taken = strongest > 0
    objects = torch.where(taken, objects, -1)
    won = torch.zeros_like(fit)
    won[objects[taken], taken.nonzero()[:, 0]] = 1
    peak_fit = (fit * won).amax(1, keepdim=True).clamp(min=1e-12)
    peak_overlap = (overlap * won).amax(1, keepdim=True)
    quality = (fit * won / peak_fit * peak_overlap).amax(0)
    return Assignment(objects, quality)


def _reachable(cells: torch.Tensor, boxes: torch.Tensor) -> torch.Tensor:
    """(objects, cells): 1 where the cell's centre is in the object's box."""
    finest = cells[:, 2].min()
    floor = torch.where(cells[:, 2] == finest, finest * _SMALLEST_REACH, 0.0)
    inside = torch.ones(len(boxes), len(cells), dtype=torch.bool, device=boxes.device)
    for axis in (0, 1):
        centre = (boxes[:, axis] + boxes[:, axis + 2]) / 2
        half = (boxes[:, axis + 2] - boxes[:, axis]) / 2
        gap = (cells[None, :, axis] - centre[:, None]).abs()
        inside &= gap < torch.maximum(half[:, None], floor[None])
    return inside.to(boxes.dtype)
