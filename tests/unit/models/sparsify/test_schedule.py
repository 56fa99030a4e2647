from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.schedule import sparsity_at

SCHEDULES = ["cubic", "linear", "one-shot", "constant"]


@pytest.mark.parametrize(
    ("schedule", "half"), [("cubic", 0.7), ("linear", 0.4), ("one-shot", 0.8), ("constant", 0.8)]
)
def test_half_way(schedule, half):
    assert sparsity_at(schedule, 0.8, 1500, first=1000, ramp=1000) == pytest.approx(half)


@given(
    st.sampled_from(SCHEDULES),
    st.floats(0, 0.99),
    st.integers(0, 1000),
    st.integers(0, 1000),
    st.lists(st.integers(0, 3000), min_size=2),
)
def test_it_never_falls_and_ends_at_the_target(schedule, target, first, ramp, views):
    found = [sparsity_at(schedule, target, n, first, ramp) for n in sorted(views)]
    assert all(a <= b + 1e-12 for a, b in pairwise(found))
    assert all(0 <= share <= target + 1e-12 for share in found)
    assert sparsity_at(schedule, target, first + ramp, first, ramp) == pytest.approx(target)
    if first and schedule != "constant":
        assert sparsity_at(schedule, target, first - 1, first, ramp) == 0
