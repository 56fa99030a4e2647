from __future__ import annotations

import copy

import pytest

torch = pytest.importorskip("torch", reason="normalisation is PyTorch, which CI does not install")

from torch import nn

from models.data.rebalance.normalisation import GlobalBatchNorm2d, share_normalisation
from models.data.rebalance.padding import Extent, pad_pictures


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 6, 3, 1, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU(inplace=True),
        nn.Conv2d(6, 4, 3, 2, 1, bias=False), nn.BatchNorm2d(4, momentum=0.03), nn.ReLU(),
    ).double()  # fmt: skip


def shared(plain):
    made, extent = copy.deepcopy(plain), Extent()
    share_normalisation(made, extent)
    return made, extent


def close(first, second):
    return torch.allclose(first, second, rtol=1e-9, atol=1e-10)


def test_padding_changes_neither_result_nor_gradient_nor_statistics():
    plain = network()
    made, extent = shared(plain)
    x = torch.randn(3, 3, 8, 12, dtype=torch.float64)
    padded = nn.functional.pad(x, (0, 8, 0, 16))
    extent.set(torch.tensor([[8, 12]] * 3), (24, 20))
    wanted, got = plain(x), made(padded)
    assert close(got[:, :, :4, :6], wanted)
    assert got[:, :, 4:].abs().max() == got[:, :, :, 6:].abs().max() == 0
    weights = torch.randn_like(wanted)
    (wanted * weights).sum().backward()
    (got[:, :, :4, :6] * weights).sum().backward()
    for one, other in zip(plain.parameters(), made.parameters(), strict=True):
        assert close(one.grad, other.grad)
    for one, other in zip(plain.buffers(), made.buffers(), strict=True):
        assert close(one.double(), other.double())


def test_the_gradient_of_pictures_of_several_sizes_is_right():
    made, extent = shared(network())
    pictures = [torch.rand(h, w, 3, dtype=torch.float64) for h, w in ((4, 6), (8, 2), (6, 8))]
    padded, sizes = pad_pictures(pictures)
    extent.set(sizes, (8, 8))
    x = padded.permute(0, 3, 1, 2).contiguous().requires_grad_()
    inside = extent.mask(x)
    assert inside.sum().item() == 24 + 16 + 48
    assert torch.autograd.gradcheck(lambda v: made[:2](v * inside), x, fast_mode=True)


def test_names_and_parameters_stay_what_they_were():
    plain = network()
    parameters = list(plain.parameters())
    names = list(plain.state_dict())
    share_normalisation(plain, Extent())
    assert all(one is other for one, other in zip(parameters, plain.parameters(), strict=True))
    assert list(plain.state_dict()) == names
    assert isinstance(plain[1], GlobalBatchNorm2d)


def test_at_the_end_the_statistics_are_only_used():
    plain = network()
    made, _ = shared(plain)
    x = torch.randn(2, 3, 8, 8, dtype=torch.float64)
    plain(x), made(x)
    assert close(made.eval()(x), plain.eval()(x))


def test_half_precision_keeps_its_statistics_in_single():
    made, extent = shared(network().float())
    extent.set(torch.tensor([[4, 4]]), (8, 8))
    norm = made[1]
    x = torch.randn(1, 6, 8, 8, requires_grad=True)
    out = norm(x.bfloat16())
    out.sum().backward()
    assert out.dtype == torch.bfloat16
    assert norm.running_var.dtype == norm.weight.grad.dtype == torch.float32


def test_pictures_are_padded_at_the_right_and_below():
    padded, sizes = pad_pictures([torch.ones(2, 3, 1), torch.ones(1, 4, 1)])
    assert padded.shape == (2, 2, 4, 1)
    assert sizes.tolist() == [[2, 3], [1, 4]]
    assert padded[0, :, :, 0].tolist() == [[1, 1, 1, 0], [1, 1, 1, 0]]
