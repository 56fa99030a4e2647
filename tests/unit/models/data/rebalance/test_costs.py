from __future__ import annotations

import numpy as np
import pytest

from models.data.rebalance import (
    PADDED,
    SUM,
    LinearCost,
    Samples,
    fit_cost,
    pixels,
    pixels_and_objects,
    totals_of,
)
from models.data.rebalance.costs import Totals, fit_speeds


def measured(cost, noise=0.0, steps=200):
    """Totals of random local batches and the times that `cost` says they take."""
    random = np.random.default_rng(0)
    rows = []
    for _ in range(steps):
        local = pixels(random.integers(1, 20, (random.integers(1, 12), 2)))
        totals = totals_of(local, np.zeros(len(local), np.int64), 1)
        rows.append([totals.count[0], totals.volume[0], totals.squares[0], totals.padded[0]])
    totals = Totals(*np.array(rows, float).T)
    return totals, cost(totals) * (1 + noise * random.standard_normal(steps))


def test_what_a_local_batch_amounts_to():
    totals = totals_of(pixels([[2, 3], [4, 1], [5, 5]]), np.array([0, 0, 1]), 3)
    assert totals.count.tolist() == [2, 1, 0]
    assert totals.volume.tolist() == [10, 25, 0]
    assert totals.squares.tolist() == [52, 625, 0]
    assert totals.padded.tolist() == [2 * 4 * 3, 25, 0]  # both sides grow to the largest


def test_a_length_is_padded_to_the_longest():
    totals = totals_of(Samples.of([3, 7]), np.array([0, 0]), 1)
    assert PADDED(totals).tolist() == [14]
    assert SUM(totals).tolist() == [10]


def test_objects_cost_as_many_pixels_as_said():
    samples = pixels_and_objects([[10, 10], [5, 2]], [0, 3], each=20)
    assert samples.volumes.tolist() == [100, 70]
    assert samples.sides.tolist() == [[10, 10], [5, 2]]


def test_measured_times_give_the_cost_that_made_them():
    true = LinearCost(fixed=3.0, per_sample=0.5, squares=0.002, padded=0.04)
    fitted = fit_cost(*measured(true))
    assert fitted.factors() == pytest.approx(true.factors(), abs=1e-6)


def test_noise_makes_no_larger_batch_cheaper():
    totals, seconds = measured(LinearCost(fixed=1.0, volume=0.01), noise=0.3)
    fitted = fit_cost(totals, seconds)
    assert min(fitted.factors()) >= 0
    assert np.abs(fitted(totals) / (1 + 0.01 * totals.volume) - 1).max() < 0.25


def test_only_the_terms_that_are_asked_for_are_fitted():
    fitted = fit_cost(*measured(LinearCost(fixed=1.0, padded=0.1)), terms=("volume",))
    assert fitted.fixed == fitted.padded == 0 < fitted.volume
    with pytest.raises(ValueError, match="terms"):
        fit_cost(*measured(SUM), terms=("luck",))
    with pytest.raises(ValueError, match="measured"):
        fit_cost(Totals(*np.zeros((4, 0))), np.zeros(0))


def test_a_slow_worker_shows_in_its_times():
    totals, seconds = measured(LinearCost(fixed=1.0, volume=0.01))
    ranks = np.arange(len(seconds)) % 3
    slowed = np.where(ranks == 2, 2 * seconds, seconds)
    speeds = fit_speeds(LinearCost(fixed=1.0, volume=0.01), totals, slowed, ranks, 3)
    assert speeds == pytest.approx((1.2, 1.2, 0.6))
