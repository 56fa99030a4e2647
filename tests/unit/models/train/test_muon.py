from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="an optimizer of PyTorch, which CI does not install")

from models.train.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(8, 30), (30, 8), (5, 5)])
def test_all_directions_of_a_step_are_about_as_long(shape):
    torch.manual_seed(0)
    lengths = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert lengths.min() > 0.5
    assert lengths.max() < 1.4


def test_what_is_seen_seldom_moves_as_far_as_what_is_seen_often():
    weight = torch.nn.Parameter(torch.zeros(2, 3, 1, 1))
    optimizer = Muon([{"params": [weight], "orthogonal": True, "weight_decay": 0.0}], lr=1e-2)
    weight.grad = torch.tensor([[100.0, 0, 0], [0, 1.0, 0]]).view_as(weight)
    optimizer.step()
    often, seldom = -weight[0, 0].item(), -weight[1, 1].item()
    assert seldom > 0.4 * often > 0


def test_other_groups_step_like_adamw():
    one, other = (torch.nn.Parameter(torch.ones(3)) for _ in "ab")
    for parameter, kind in ((one, Muon), (other, torch.optim.AdamW)):
        optimizer = kind([parameter], lr=1e-2)
        for gradient in (1.0, -0.5):
            parameter.grad = torch.full((3,), gradient)
            optimizer.step()
    assert torch.equal(one, other)
