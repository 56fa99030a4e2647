"""Which cells answer for which object: task-aligned assignment (arXiv 2108.07755)."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from models.detector.boxes import paired_iou

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
    # Most objects reach few cells: only these pairs are compared.
    reached, reaching = _reachable(cells, boxes).nonzero(as_tuple=True)
    overlap = paired_iou(boxes[reached], predicted[reaching])
    fit = scores[reaching, classes[reached]].pow(_SCORE_POWER) * overlap.pow(_OVERLAP_POWER)
    table = scores.new_zeros(len(boxes), count)
    table[reached, reaching] = fit + 1e-12
    best = table.topk(min(_CELLS_PER_OBJECT, count), dim=1)
    wanting, place = (best.values > 0).nonzero(as_tuple=True)
    return _settle(wanting, best.indices[wanting, place], best.values, boxes, predicted, place)


def _settle(
    wanting: torch.Tensor,
    wanted: torch.Tensor,
    fits: torch.Tensor,
    boxes: torch.Tensor,
    predicted: torch.Tensor,
    place: torch.Tensor,
) -> Assignment:
    """A cell that several objects want goes to the one whose box it predicts best.

    Args:
        wanting: (pairs,), objects.
        wanted: (pairs,), the cell that each wants.
        fits: (objects, places), how well the cells fit.
        boxes: (objects, 4), the true boxes.
        predicted: (cells, 4), the boxes that the cells predict.
        place: (pairs,), where in `fits` a pair stands.
    """
    overlap = paired_iou(boxes[wanting], predicted[wanted])
    # The first of equal ones wins, whatever the order in which an accelerator writes.
    order = torch.argsort(overlap, stable=True, descending=True)
    rank = torch.empty_like(order).index_put_(
        (order,), torch.arange(len(order), device=order.device)
    )
    first = rank.new_full((len(predicted),), len(rank)).scatter_reduce(0, wanted, rank, "amin")
    won = rank == first[wanted]
    objects, cells = wanting[won], wanted[won]
    fit, overlap = fits[objects, place[won]], overlap[won]
    peaks = fit.new_zeros(2, len(boxes))
    peak_fit = peaks[0].scatter_reduce(0, objects, fit, "amax").clamp(min=1e-12)
    peak_overlap = peaks[1].scatter_reduce(0, objects, overlap, "amax")
    answer = wanting.new_full((len(predicted),), -1)
    quality = fit.new_zeros(len(predicted))
    answer[cells] = objects
    quality[cells] = fit / peak_fit[objects] * peak_overlap[objects]
    return Assignment(answer, quality)


def _reachable(cells: torch.Tensor, boxes: torch.Tensor) -> torch.Tensor:
    """(objects, cells): whether the cell's centre is in the object's box."""
    finest = cells[:, 2].min()
    floor = torch.where(cells[:, 2] == finest, finest * _SMALLEST_REACH, 0.0)
    inside = torch.ones(len(boxes), len(cells), dtype=torch.bool, device=boxes.device)
    for axis in (0, 1):
        centre = (boxes[:, axis] + boxes[:, axis + 2]) / 2
        half = (boxes[:, axis + 2] - boxes[:, axis]) / 2
        gap = (cells[None, :, axis] - centre[:, None]).abs()
        inside &= gap < torch.maximum(half[:, None], floor[None])
    return inside
