from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="assignment on tensors; CI does not install PyTorch")

from models.detector.assignment import assign


def grid(side=8, stride=8):
    y, x = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    centres = (torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride
    return torch.cat([centres, torch.full((side * side, 1), float(stride))], 1)


def around(cells, half=8.0):
    return torch.cat([cells[:, :2] - half, cells[:, :2] + half], 1)


def assigned(true_boxes, classes, scores=None):
    cells = grid()
    scores = torch.full((len(cells), 3), 0.1) if scores is None else scores
    true_boxes = torch.tensor(true_boxes, dtype=torch.float32).reshape(-1, 4)
    return cells, assign(scores, around(cells), cells, true_boxes, torch.tensor(classes).long())


def test_cells_answer_for_the_object_that_they_lie_in():
    cells, result = assigned([[8, 8, 24, 24]], [1])
    for cell in (result.objects >= 0).nonzero()[:, 0]:
        x, y, _ = cells[cell]
        assert 8 < x < 24
        assert 8 < y < 24


def test_no_object_no_answer():
    _, result = assigned([], [])
    assert (result.objects == -1).all()
    assert result.quality.sum() == 0


def test_a_line_thinner_than_a_cell_is_not_lost():
    _, result = assigned([[10, 16.5, 50, 19.5]], [0])
    assert (result.objects == 0).any()


def test_two_objects_never_share_a_cell_and_each_gets_one():
    _, result = assigned([[0, 0, 30, 16], [20, 0, 60, 16]], [0, 1])
    assert set(result.objects.tolist()) == {-1, 0, 1}


def test_the_best_cell_aims_at_its_overlap():
    _, result = assigned([[4, 4, 20, 20]], [2])
    best = result.quality.max()
    assert best == pytest.approx(1.0, abs=1e-4)  # cell (1, 1) predicts exactly this box
    assert result.objects[result.quality.argmax()] == 0


def test_a_cell_that_knows_the_class_is_preferred():
    scores = torch.full((64, 3), 0.01)
    scores[9, 2] = 0.9
    _, result = assigned([[0, 0, 64, 64]], [2], scores)
    assert result.quality.argmax() == 9


def test_of_two_equal_objects_one_gets_the_cells():
    _, result = assigned([[8, 8, 24, 24], [8, 8, 24, 24]], [1, 1])
    assert len(set(result.objects.tolist()) - {-1}) == 1
