import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.regrowth import exchange, regrow_share


def test_the_weakest_go_and_the_most_wanted_come():
    kept = torch.tensor([[True, True, True, True], [False, False, False, False]])
    norms = torch.tensor([[4.0, 1.0, 3.0, 2.0], [0.0, 0.0, 0.0, 0.0]])
    wanted = torch.tensor([[9.0, 9.0, 9.0, 9.0], [1.0, 5.0, 2.0, 0.0]])
    changed = exchange(kept, norms, wanted, 0.5)
    assert changed.tolist() == [[True, False, True, False], [False, True, True, False]]


@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_the_number_of_blocks_stays(share):
    generator = torch.Generator().manual_seed(2)
    norms, wanted = torch.rand(2, 9, 7, generator=generator)
    kept = torch.rand(9, 7, generator=generator) < 0.8
    assert int(exchange(kept, norms, wanted, share).sum()) == int(kept.sum())


def test_the_share_falls_to_zero():
    shares = [regrow_share(0.2, views, 100, 300) for views in (99, 100, 200, 299, 300)]
    assert shares == pytest.approx([0, 0.2, 0.1, 0, 0], abs=1e-4)
    assert regrow_share(0.2, 50, 0, 0) == 0
