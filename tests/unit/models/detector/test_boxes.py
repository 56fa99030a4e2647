from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="box geometry on tensors; CI does not install PyTorch")

from models.detector.boxes import complete_iou, paired_iou


def boxes(*values):
    return torch.tensor(values, dtype=torch.float32)


def test_iou_of_pairs():
    same = boxes([0, 0, 10, 10], [0, 0, 10, 10])
    result = paired_iou(boxes([0, 0, 10, 10], [5, 0, 15, 10]), same)
    assert result.tolist() == pytest.approx([1, 1 / 3], abs=1e-4)


def test_complete_iou_is_one_for_equal_boxes_only():
    box = boxes([3, 4, 30, 12])
    assert complete_iou(box, box).item() == pytest.approx(1, abs=1e-4)
    assert complete_iou(box, boxes([3, 4, 30, 14])).item() < 0.9


def test_complete_iou_tells_far_from_near():
    box = boxes([0, 0, 10, 10])
    near, far = boxes([12, 0, 22, 10]), boxes([50, 0, 60, 10])
    assert complete_iou(box, far) < complete_iou(box, near) < 0


def test_the_gradient_moves_a_box_towards_the_other():
    moving = boxes([20, 0, 30, 10]).requires_grad_()
    (1 - complete_iou(moving, boxes([0, 0, 10, 10]))).sum().backward()
    assert moving.grad[0, 0] + moving.grad[0, 2] > 0
