"""Geometry on tensors of boxes (..., 4): left, top, right, bottom."""

from __future__ import annotations

import math

import torch

_EPSILON = 1e-7


def paired_iou(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Intersection over union (n,) of boxes (n, 4) with the boxes (n, 4) beside them."""
    low = torch.maximum(first[:, :2], second[:, :2])
    high = torch.minimum(first[:, 2:], second[:, 2:])
    common = (high - low).clamp(min=0).prod(-1)
    return common / (_area(first) + _area(second) - common + _EPSILON)


def complete_iou(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Complete IoU (arXiv 1911.08287), element by element: IoU less centre and shape distance."""
    low = torch.maximum(first[..., :2], second[..., :2])
    high = torch.minimum(first[..., 2:], second[..., 2:])
    common = (high - low).clamp(min=0).prod(-1)
    overlap = common / (_area(first) + _area(second) - common + _EPSILON)
    outer_low = torch.minimum(first[..., :2], second[..., :2])
    outer_high = torch.maximum(first[..., 2:], second[..., 2:])
    diagonal = (outer_high - outer_low).square().sum(-1) + _EPSILON
    centre_gap = (first[..., :2] + first[..., 2:] - second[..., :2] - second[..., 2:]) / 2
    shape_gap = (4 / math.pi**2) * (_angle(first) - _angle(second)).square()
    with torch.no_grad():
        weight = shape_gap / (1 - overlap + shape_gap + _EPSILON)
    return overlap - centre_gap.square().sum(-1) / diagonal - weight * shape_gap


def _area(boxes: torch.Tensor) -> torch.Tensor:
    return (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(-1)


def _angle(boxes: torch.Tensor) -> torch.Tensor:
    size = (boxes[..., 2:] - boxes[..., :2]).clamp(min=_EPSILON)
    return torch.atan(size[..., 0] / size[..., 1])
