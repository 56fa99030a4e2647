from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the loss is PyTorch, which CI does not install")

from models.detector.head import CLASSES, DISTANCES, SCORES
from models.detector.loss import (
    Truth,
    cell_centres,
    detection_loss,
    loss_sums,
    padded_loss_sums,
    predicted_boxes,
)
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.detectors.decoding import STRIDES

SIDE = 64
BUTTON, TEXT = ELEMENT_CLASSES.index("button"), ELEMENT_CLASSES.index("text")


def outputs(logit=-6.0, distance=2.0):
    return [
        (
            torch.full((1, SCORES, SIDE // stride, SIDE // stride), logit),
            torch.full((1, DISTANCES, SIDE // stride, SIDE // stride), distance),
        )
        for stride in STRIDES
    ]


def truth(boxes=(), classes=(), clickable=(), ignored=()):
    return Truth(
        torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
        torch.tensor(classes, dtype=torch.int64),
        torch.tensor(clickable, dtype=torch.float32),
        torch.tensor(ignored, dtype=torch.float32).reshape(-1, 4),
    )


def test_boxes_are_distances_in_strides_from_the_centre():
    made = outputs(distance=1.0)
    cells = cell_centres(made)
    distances = torch.cat([boxes.flatten(2) for _, boxes in made], 2).transpose(1, 2)
    boxes = predicted_boxes(distances, cells)
    assert boxes.shape == (1, 64 + 16 + 4, 2, 4)
    assert boxes[0, 0, 0].tolist() == [-4, -4, 12, 12]
    assert boxes[0, -1, 1].tolist() == [16, 16, 80, 80]


def test_an_empty_picture_costs_only_what_is_imagined():
    quiet = detection_loss(outputs(logit=-12), [truth()])
    loud = detection_loss(outputs(logit=0), [truth()])
    assert quiet.total < 0.1 < loud.total
    assert quiet.boxes == quiet.clickable == 0


def test_a_label_and_its_button_are_both_learned_at_one_place():
    boxes = [[16, 24, 48, 40], [24, 28, 40, 36]]
    made = outputs()
    for scores, distances in made:
        scores.requires_grad_()
        distances.requires_grad_()
    detection_loss(made, [truth(boxes, [BUTTON, TEXT], [1, 0])]).total.backward()
    gradient = made[0][0].grad[0]
    assert gradient[BUTTON].min() < 0
    assert gradient[TEXT].min() < 0
    assert gradient[CLASSES + 1].min() < 0  # the button can be acted upon
    assert gradient[CLASSES].max() > 0  # its label cannot
    assert (made[0][1].grad[0].reshape(2, 4, -1).abs().amax((1, 2)) > 0).all()


def test_nothing_is_wrong_in_an_ignored_region():
    everywhere = detection_loss(outputs(logit=0), [truth()])
    ignored = detection_loss(outputs(logit=0), [truth(ignored=[[0, 0, 64, 64]])])
    assert ignored.scores == 0 < everywhere.scores


def test_an_object_counts_even_in_an_ignored_region():
    boxes = [[16, 24, 48, 40]]
    loss = detection_loss(outputs(), [truth(boxes, [BUTTON], [1], [[0, 0, 64, 64]])])
    assert loss.scores > 1


def test_padding_adds_nothing_to_the_loss():
    torch.manual_seed(0)
    truths = [truth([[4, 4, 28, 20]], [BUTTON], [1]), truth([[16, 24, 48, 40]], [TEXT], [0])]
    sizes = torch.tensor([[32, 64], [64, 64]])
    padded = [
        (torch.randn(2, *scores.shape[1:]), torch.rand(2, *boxes.shape[1:]))
        for scores, boxes in outputs()
    ]
    alone = []
    for n, (height, width) in enumerate(sizes.tolist()):
        own = [
            tuple(values[n : n + 1, :, : height // stride, : width // stride] for values in maps)
            for maps, stride in zip(padded, STRIDES, strict=True)
        ]
        alone.append(loss_sums(own, [truths[n]]).stacked())
    together = padded_loss_sums(padded, truths, sizes).stacked()
    assert torch.allclose(together, alone[0] + alone[1])
    assert not torch.allclose(together, loss_sums(padded, truths).stacked())
