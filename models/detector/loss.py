"""What training minimises: scores against their quality, boxes by complete IoU, clickability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from models.detector.assignment import assign
from models.detector.boxes import complete_iou
from models.detector.head import CLASSES
from vistest.vision.detectors.decoding import CLASS_LAYER, LAYERS, STRIDES

if TYPE_CHECKING:
    from collections.abc import Sequence

_BOX_WEIGHT = 5.0
_CLICKABLE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Truth:
    """The objects of one picture.

    Attributes:
        boxes: float32 (n, 4), pixels of the picture.
        classes: int64 (n,).
        clickable: float32 (n,), 0 or 1.
        ignored: float32 (m, 4), regions where a detection is neither right nor wrong.
    """

    boxes: torch.Tensor
    classes: torch.Tensor
    clickable: torch.Tensor
    ignored: torch.Tensor


@dataclass(frozen=True, slots=True)
class Loss:
    """The parts, for the curves, and their sum to go backward from."""

    scores: torch.Tensor
    boxes: torch.Tensor
    clickable: torch.Tensor

    @property
    def total(self) -> torch.Tensor:
        return self.scores + _BOX_WEIGHT * self.boxes + _CLICKABLE_WEIGHT * self.clickable


@dataclass(frozen=True, slots=True)
class LossSums:
    """Sums over pictures, and the count to divide them by: of a batch, not of a picture."""

    scores: torch.Tensor
    boxes: torch.Tensor
    clickable: torch.Tensor
    count: torch.Tensor

    def stacked(self) -> torch.Tensor:
        """(4,), in the order of the attributes, without gradient."""
        parts = (self.scores, self.boxes, self.clickable, self.count)
        return torch.stack([part.detach() for part in parts])

    def over(self, count: torch.Tensor) -> Loss:
        """The loss where `count` is that of the whole batch."""
        count = count.clamp(min=1)
        return Loss(self.scores / count, self.boxes / count, self.clickable / count)


def detection_loss(
    outputs: Sequence[tuple[torch.Tensor, torch.Tensor]], truths: Sequence[Truth]
) -> Loss:
    """The loss of a batch; `outputs` are the head's, one truth per picture."""
    sums = loss_sums(outputs, truths)
    return sums.over(sums.count)


def padded_loss_sums(
    outputs: Sequence[tuple[torch.Tensor, torch.Tensor]],
    truths: Sequence[Truth],
    sizes: torch.Tensor,
) -> LossSums:
    """Sums over pictures of `sizes` (n, 2), height and width, that were padded to one size."""
    each = [
        loss_sums(_without_padding(outputs, n, size), [truth])
        for n, (size, truth) in enumerate(zip(sizes.tolist(), truths, strict=True))
    ]
    parts = ("scores", "boxes", "clickable", "count")
    return LossSums(*(torch.stack([getattr(sums, part) for sums in each]).sum() for part in parts))


def _without_padding(
    outputs: Sequence[tuple[torch.Tensor, torch.Tensor]], picture: int, size: list[int]
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """What the cells say that lie in the picture; its sides are multiples of every stride."""
    seen = []
    for maps, stride in zip(outputs, STRIDES, strict=True):
        height, width = (side // stride for side in size)
        scores, boxes = (values[picture : picture + 1, :, :height, :width] for values in maps)
        seen.append((scores, boxes))
    return seen


def loss_sums(
    outputs: Sequence[tuple[torch.Tensor, torch.Tensor]], truths: Sequence[Truth]
) -> LossSums:
    """What the loss of a batch is made of."""
    cells = cell_centres(outputs)
    logits = _precise(torch.cat([scores.flatten(2) for scores, _ in outputs], 2).transpose(1, 2))
    distances = _precise(torch.cat([boxes.flatten(2) for _, boxes in outputs], 2).transpose(1, 2))
    predicted = predicted_boxes(distances, cells)
    layers = torch.from_numpy(CLASS_LAYER).to(logits.device)
    target = torch.zeros_like(logits[..., :CLASSES])
    terms = [
        _layer_terms(logits[n], predicted[n], cells, truth, layers, layer, target[n])
        for n, truth in enumerate(truths)
        for layer in range(LAYERS)
    ]
    weight = torch.stack([_counted(cells, truth.ignored) for truth in truths])[..., None]
    weight = torch.maximum(weight, (target.amax(2, keepdim=True) > 0).to(weight.dtype))
    scores = functional.binary_cross_entropy_with_logits(
        logits[..., :CLASSES], target, weight=weight, reduction="sum"
    )
    boxes = torch.stack([box for box, _ in terms]).sum()
    clickable = torch.stack([click for _, click in terms]).sum()
    return LossSums(scores, boxes, clickable, target.sum())


def _precise(values: torch.Tensor) -> torch.Tensor:
    """In single precision at least."""
    return values.to(torch.promote_types(values.dtype, torch.float32))


def _layer_terms(
    logits: torch.Tensor,
    predicted: torch.Tensor,
    cells: torch.Tensor,
    truth: Truth,
    layers: torch.Tensor,
    layer: int,
    target: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Box and clickability terms of one layer of one picture; writes its scores into `target`."""
    of_layer = layers[truth.classes] == layer
    boxes, classes = truth.boxes[of_layer], truth.classes[of_layer]
    boxes_here = predicted[:, layer]
    found = assign(
        logits[:, :CLASSES].detach().sigmoid(), boxes_here.detach(), cells, boxes, classes
    )
    cell = (found.objects >= 0).nonzero()[:, 0]
    objects, quality = found.objects[cell], found.quality[cell]
    target[cell, classes[objects]] = quality
    gap = (1 - complete_iou(boxes_here[cell], boxes[objects])) * quality
    clickable = functional.binary_cross_entropy_with_logits(
        logits[cell, CLASSES + layer],
        truth.clickable[of_layer][objects],
        weight=quality,
        reduction="sum",
    )
    return gap.sum(), clickable


def cell_centres(outputs: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
    """(cells, 3): centre x, centre y and stride of every cell, level after level."""
    levels = []
    for (scores, _), stride in zip(outputs, STRIDES, strict=True):
        height, width = scores.shape[2:]
        y, x = torch.meshgrid(
            (torch.arange(height, device=scores.device) + 0.5) * stride,
            (torch.arange(width, device=scores.device) + 0.5) * stride,
            indexing="ij",
        )
        levels.append(torch.stack([x, y, torch.full_like(x, stride)], -1).reshape(-1, 3))
    return torch.cat(levels)


def predicted_boxes(distances: torch.Tensor, cells: torch.Tensor) -> torch.Tensor:
    """Boxes (n, cells, layers, 4) of distances (n, cells, 4 * layers) in strides."""
    sides = distances.unflatten(2, (LAYERS, 4)) * cells[None, :, 2, None, None]
    centre = cells[None, :, None, :2]
    return torch.cat([centre - sides[..., :2], centre + sides[..., 2:]], -1)


def _counted(cells: torch.Tensor, ignored: torch.Tensor) -> torch.Tensor:
    """(cells,): 0 in an ignored region, else 1."""
    if len(ignored) == 0:
        return torch.ones(len(cells), device=cells.device)
    x, y = cells[:, 0, None], cells[:, 1, None]
    inside = (x >= ignored[:, 0]) & (y >= ignored[:, 1]) & (x < ignored[:, 2]) & (y < ignored[:, 3])
    return 1 - inside.any(1).to(cells.dtype)
