from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.rebalance import (
    PADDED,
    SUM,
    Contiguous,
    Cuts,
    LinearCost,
    Refined,
    Zigzag,
    pixels,
    totals_of,
)

COSTS = {
    "sum": SUM,
    "padded": PADDED,
    "fitted": LinearCost(fixed=5.0, per_sample=1.0, volume=0.1, padded=0.2),
    "quadratic": LinearCost(volume=1.0, squares=0.01),
}
SIZES = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=60)


@pytest.mark.parametrize("name", COSTS)
@settings(deadline=None, max_examples=25)
@given(sizes=SIZES, workers=st.integers(1, 8), start=st.sampled_from([Zigzag(), Contiguous()]))
def test_the_largest_cost_never_rises_and_is_what_the_trace_says(name, sizes, workers, start):
    samples, cost = pixels(sizes), COSTS[name]
    refinement = Refined(cost, (start,), tolerance=0.0).refine(samples, workers)
    assert all(after <= before for before, after in pairwise(refinement.trace))
    assert len(refinement.trace) <= 1 + 4 * workers
    started = cost(totals_of(samples, start.ranks(samples, workers), workers)).max()
    ended = cost(totals_of(samples, refinement.ranks, workers)).max()
    assert refinement.trace[0] == pytest.approx(started)
    assert refinement.trace[-1] == pytest.approx(ended)


def test_each_exchange_lowers_the_largest_cost_where_no_two_are_alike():
    samples = pixels(np.random.default_rng(1).uniform(10, 60, (64, 2)))
    trace = Refined(SUM, (Contiguous(),), tolerance=0.0).refine(samples, 4).trace
    assert len(trace) > 5
    assert all(after < before for before, after in pairwise(trace))


def test_it_stops_when_the_costs_are_level():
    samples = pixels([[1, 1]] * 12)
    assert len(Refined(SUM).refine(samples, 4).trace) == 1


def test_zigzag_is_made_better():
    samples = pixels(np.sort(np.random.default_rng(2).lognormal(3, 0.8, (64, 2)), axis=0))
    trace = Refined(SUM, tolerance=0.0).refine(samples, 8).trace
    assert trace[-1] < trace[0]


def test_the_better_start_is_taken():
    samples = pixels([[30, 30]] * 2 + [[5, 5]] * 30)
    both = Refined(PADDED, (Zigzag(), Cuts(PADDED))).refine(samples, 2)
    alone = Refined(PADDED, (Zigzag(),)).refine(samples, 2)
    assert both.trace[0] < alone.trace[0]


def test_unequal_speeds_level_the_times_and_not_the_costs():
    samples = pixels(np.random.default_rng(3).uniform(5, 60, (200, 2)))
    speeds = (3.0, 1.0, 2.0)
    ranks = Refined(SUM, speeds=speeds, exchanges=200).ranks(samples, 3)
    times = SUM(totals_of(samples, ranks, 3)) / np.array(speeds)
    assert times.max() / times.mean() < 1.01
