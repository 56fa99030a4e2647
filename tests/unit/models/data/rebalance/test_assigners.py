from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.rebalance import (
    DISTRIBUTED_SAMPLER,
    GREEDY,
    LENGTH_BUCKETS,
    PADDED,
    SUM,
    ZIGZAG,
    Contiguous,
    Cuts,
    Greedy,
    Rebalance,
    Refined,
    RoundRobin,
    Samples,
    Zigzag,
    as_drawn,
    ascending,
    descending,
    refined,
)

VOLUMES = st.lists(st.integers(0, 10_000), max_size=80).map(Samples.of)
EVERY = {
    "distributed sampler": DISTRIBUTED_SAMPLER,
    "round robin": Rebalance(as_drawn, RoundRobin()),
    "length buckets": LENGTH_BUCKETS,
    "greedy": GREEDY,
    "zigzag": ZIGZAG,
    "zigzag descending": Rebalance(descending, Zigzag()),
    "refined sums": refined(SUM),
    "refined padding": refined(PADDED),
}


def ranks(assigner, count, workers):
    return assigner.ranks(Samples.of(range(count)), workers).tolist()


def walked(count, workers):
    """The sequence of B4, one step at a time."""
    seen, worker, step = [], 0, 1
    for _ in range(count):
        seen.append(worker)
        if 0 <= worker + step < workers:
            worker += step
        else:
            step = -step
    return seen


def test_zigzag_turns_at_the_ends_and_gives_them_two_in_a_row():
    assert ranks(Zigzag(), 14, 4) == [0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2]


@given(st.integers(0, 300), st.integers(1, 40))
def test_zigzag_walks_to_and_fro_whatever_remains(count, workers):
    assert ranks(Zigzag(), count, workers) == walked(count, workers)


def test_contiguous_parts_and_turns():
    assert ranks(Contiguous(), 7, 3) == [0, 0, 0, 1, 1, 2, 2]
    assert ranks(RoundRobin(), 7, 3) == [0, 1, 2, 0, 1, 2, 0]


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=25)
@given(samples=VOLUMES, workers=st.integers(1, 12))
def test_every_sample_is_assigned_exactly_once(name, samples, workers):
    parts = EVERY[name].split(samples, workers)
    assert len(parts) == workers
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(samples)))


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=25)
@given(samples=VOLUMES, workers=st.integers(1, 12))
def test_nobody_is_left_without_samples_where_there_are_enough(name, samples, workers):
    if len(samples) >= workers:
        assert min(len(part) for part in EVERY[name].split(samples, workers)) > 0


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=25)
@given(samples=VOLUMES, workers=st.integers(1, 12))
def test_the_same_batch_is_split_alike_every_time(name, samples, workers):
    first, second = (EVERY[name].split(samples, workers) for _ in range(2))
    assert [part.tolist() for part in first] == [part.tolist() for part in second]


def test_samples_are_sorted_both_ways_and_ties_stay_as_drawn():
    volumes = np.array([5.0, 1.0, 5.0, 3.0])
    assert ascending(volumes).tolist() == [1, 3, 0, 2]
    assert descending(volumes).tolist() == [0, 2, 3, 1]
    assert as_drawn(volumes).tolist() == [0, 1, 2, 3]


def test_a_split_sorts_first_and_then_assigns():
    samples = Samples.of([40, 10, 30, 20])
    up, down = (Rebalance(order, Zigzag()).split(samples, 2) for order in (ascending, descending))
    assert [part.tolist() for part in up] == [[1, 0], [3, 2]]
    assert [part.tolist() for part in down] == [[0, 1], [2, 3]]


def test_greedy_gives_the_longest_to_whoever_is_done_first():
    assert Greedy().ranks(Samples.of([9, 5, 4, 4, 3]), 2).tolist() == [0, 1, 1, 0, 1]


def test_a_worker_of_twice_the_speed_gets_twice_the_volume():
    samples = Samples.of(np.random.default_rng(0).uniform(1, 10, 400))
    for assigner in (Greedy((2.0, 1.0)), Refined(SUM, (Contiguous(),), (2.0, 1.0), exchanges=400)):
        parts = Rebalance(descending, assigner).split(samples, 2)
        fast, slow = (samples.volumes[part].sum() for part in parts)
        assert fast / slow == pytest.approx(2, rel=0.02)


def test_a_slow_worker_still_gets_the_smallest():
    parts = Rebalance(descending, Greedy((100.0, 1.0))).split(Samples.of([3, 9, 4]), 2)
    assert [part.tolist() for part in parts] == [[1, 2], [0]]


def test_cuts_put_like_with_like():
    samples = Samples.of([100, 100, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10])
    assert np.bincount(Cuts(PADDED).ranks(samples, 2)).tolist() == [2, 12]


def test_speeds_must_fit_the_workers():
    with pytest.raises(ValueError, match="3 workers"):
        Greedy((1.0, 1.0)).ranks(Samples.of([1, 2, 3]), 3)
    with pytest.raises(ValueError, match="above 0"):
        Refined(SUM, speeds=(1.0, 0.0)).ranks(Samples.of([1, 2, 3]), 2)


def test_volumes_must_be_finite_numbers_not_below_zero():
    for wrong in ([1.0, -1.0], [float("nan")], [[1.0]]):
        with pytest.raises(ValueError, match="volumes"):
            Samples.of(wrong)
    with pytest.raises(ValueError, match="sides"):
        Samples.of([1.0, 2.0], [[1.0]])
