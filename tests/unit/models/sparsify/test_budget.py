import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.budget import Choice, choose, strongest


def norms(rows, columns, seed):
    return torch.rand(rows, columns, generator=torch.Generator().manual_seed(seed))


def share(kept):
    return float(kept.double().mean())


@given(st.integers(1, 9), st.integers(1, 9), st.floats(0, 1), st.integers(0, 99))
def test_the_strongest_stay(rows, columns, density, seed):
    strength = norms(rows, columns, seed)
    kept = strongest(strength, density)
    assert int(kept.sum()) == round(density * rows * columns)
    if kept.any() and not kept.all():
        assert strength[kept].min() >= strength[~kept].max()


def test_equals_are_chosen_by_place():
    kept = strongest(torch.ones(2, 4), 0.5)
    assert kept.tolist() == [[True] * 4, [False] * 4]


def test_a_budget_per_layer_prunes_all_alike():
    layers = {"a": Choice(norms(8, 10, 1)), "b": Choice(9 * norms(4, 10, 2))}
    kept = choose(layers, 0.7, "layer")
    assert [share(kept[name]) for name in "ab"] == pytest.approx([0.3, 0.3])


def test_a_global_budget_goes_where_the_strength_is_uneven():
    flat = torch.full((8, 10), 5.0) + 0.01 * norms(8, 10, 1)
    uneven = norms(8, 10, 2) ** 8
    kept = choose({"flat": Choice(flat), "uneven": Choice(uneven)}, 0.5, "global")
    assert int(sum(mask.sum() for mask in kept.values())) == 80
    assert share(kept["flat"]) > 0.7
    assert share(kept["uneven"]) < 0.3
    scaled = {"flat": Choice(flat * 100), "uneven": Choice(uneven)}
    again = choose(scaled, 0.5, "global")
    assert all(again[name].equal(kept[name]) for name in kept)  # a layer's scale means nothing


def test_no_layer_is_emptied():
    layers = {"strong": Choice(norms(8, 10, 1)), "weak": Choice(1e-6 + norms(8, 10, 2) ** 40)}
    kept = choose(layers, 0.9, "global", least_density=0.05)
    assert int(kept["weak"].sum()) >= 4
    assert share(kept["strong"]) >= 0.05


def test_a_budget_of_cost_spares_what_is_cheap():
    strength = norms(8, 10, 1)
    layers = {"dear": Choice(strength, cost=16.0), "cheap": Choice(strength, cost=1.0)}
    kept = choose(layers, 0.5, "cost")
    spent = 16 * int(kept["dear"].sum()) + int(kept["cheap"].sum())
    assert spent <= 0.5 * 17 * 80
    assert spent > 0.5 * 17 * 80 - 17
    assert share(kept["cheap"]) > share(kept["dear"])


def test_a_fixed_density_follows_the_ramp():
    layers = {"a": Choice(norms(10, 10, 1), fixed_density=0.5), "b": Choice(norms(10, 10, 2))}
    half = choose(layers, 0.4, "layer", progress=0.5)
    assert [share(half[name]) for name in "ab"] == pytest.approx([0.75, 0.6])
    end = choose(layers, 0.8, "global", progress=1.0)
    assert [share(end[name]) for name in "ab"] == pytest.approx([0.5, 0.2])
