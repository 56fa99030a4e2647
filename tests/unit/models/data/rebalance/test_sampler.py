from __future__ import annotations

import subprocess
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.rebalance import LENGTH_BUCKETS, PADDED, RebalancedBatches, Samples, refined

ROOT = Path(__file__).parents[5]


def samples(count):
    return Samples.of(np.random.default_rng(count).integers(1, 100, count))


def batches(count=50, batch=8, workers=2, rank=0, **more):
    return RebalancedBatches(samples(count), batch, rank=rank, workers=workers, **more)


@settings(deadline=None, max_examples=25)
@given(st.integers(16, 200), st.integers(8, 40), st.integers(1, 4), st.integers(0, 3))
def test_an_epoch_gives_every_sample_once_over_all_ranks(count, batch, workers, epoch):
    seen = []
    for rank in range(workers):
        mine = batches(count, batch, workers, rank)
        mine.set_epoch(epoch)
        local = list(mine)
        assert len(local) == len(mine)
        seen += [index for part in local for index in part]
    assert sorted(seen) == list(range(count))


@settings(deadline=None, max_examples=25)
@given(st.integers(16, 200), st.integers(8, 40), st.sampled_from([(1, 2), (2, 4), (3, 1)]))
def test_a_global_batch_is_the_same_whoever_splits_it(count, batch, worlds):
    """Its set of samples depends neither on the number of workers nor on the way to split."""
    one, other = (batches(count, batch, workers) for workers in worlds)
    third = batches(count, batch, rebalance=LENGTH_BUCKETS)
    for step in range(len(one)):
        sets = [sorted(np.concatenate(b.split(step)).tolist()) for b in (one, other, third)]
        assert sets[0] == sets[1] == sets[2]


def test_what_fills_no_batch_stands_alone_or_joins_the_batch_before():
    sizes = [sum(len(part) for part in batches(21, 8).split(step)) for step in range(3)]
    assert sizes == [8, 8, 5]
    assert len(batches(19, 8)) == 2
    assert sum(len(part) for part in batches(19, 8).split(1)) == 11
    assert len(batches(21, 8, drop_last=True)) == 2


def test_epochs_differ_and_come_back():
    mine = batches()
    first = list(mine)
    mine.set_epoch(1)
    second = list(mine)
    mine.set_epoch(0)
    assert first == list(mine) != second
    unshuffled = batches(shuffle=False).split(0)
    assert sorted(np.concatenate(unshuffled).tolist()) == list(range(8))


def test_a_run_goes_on_in_the_middle_of_an_epoch_with_another_number_of_workers():
    before = batches(workers=2)
    before.set_epoch(3)
    state = before.state_dict(steps=2)
    ranks = [batches(workers=4, rank=rank) for rank in range(4)]
    for mine in ranks:
        mine.load_state_dict(state)
    rest = [sorted(chain.from_iterable(parts)) for parts in zip(*ranks, strict=True)]
    assert len(ranks[0]) == len(rest) == len(before) - 2
    for step, indices in enumerate(rest, start=2):
        assert indices == sorted(np.concatenate(before.split(step)).tolist())


def test_a_state_of_other_samples_is_refused():
    with pytest.raises(ValueError, match="samples 50, not 48"):
        batches(48).load_state_dict(batches(50).state_dict(1))
    with pytest.raises(ValueError, match="seed 0, not 1"):
        batches(seed=1).load_state_dict(batches().state_dict(1))


def test_another_way_to_split_holds_from_its_step_on():
    plain, changed = batches(), batches()
    changed.rebalance_from(0, 3, refined(PADDED))
    same = [
        [part.tolist() for part in plain.split(step)]
        == [part.tolist() for part in changed.split(step)]
        for step in range(len(plain))
    ]
    assert same[:3] == [True] * 3
    assert not all(same[3:])


def test_too_few_samples_for_the_workers():
    with pytest.raises(ValueError, match="too few for 6 workers"):
        batches(count=20, batch=8, workers=6)
    with pytest.raises(ValueError, match="rank 2 is none of 2"):
        batches(rank=2)


def test_two_processes_that_never_speak_find_the_same():
    program = (
        "import numpy as np\n"
        "from models.data.rebalance import *\n"
        "volumes = np.random.default_rng(7).lognormal(3, 1, 300)\n"
        "for plan in (ZIGZAG, GREEDY, refined(SUM), refined(PADDED)):\n"
        "    mine = RebalancedBatches(Samples.of(volumes), 64, rank=1, workers=4, rebalance=plan)\n"
        "    print(list(mine))\n"
    )
    first, second = (run(program, str(seed)) for seed in (1, 2))
    assert first == second != ""


def test_the_core_needs_no_torch():
    assert run("import sys, models.data.rebalance; print('torch' in sys.modules)") == "False\n"


def run(program, hash_seed="0"):
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
