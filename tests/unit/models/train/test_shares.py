from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.data.rebalance import GREEDY, PADDED, ZIGZAG, refined
from models.data.rebalance.plans import Plans
from models.sparsify.config import DistillationConfig
from models.train.config import TrainConfig
from models.train.feed import SharedFeed, open_feed
from models.train.loop import Session, train
from models.train.shares import Draws, Share, ShareDataset, ShareSampler
from models.train.state import KnownCost, load_run, new_run, save_run
from models.train.store import build_store
from vistest.core.errors import VistestError

CONFIG = TrainConfig(images=24, batch=6, screen_scale=0.4)


@pytest.fixture
def store(screens, tmp_path):
    torch.set_num_threads(1)
    return build_store([screens], tmp_path / "store")


def shares(store, workers, plan, first=0):
    draws = Draws(store, CONFIG)
    return [list(ShareSampler(draws, Plans(plan), first, rank, workers)) for rank in range(workers)]


@pytest.mark.parametrize("plan", [ZIGZAG, GREEDY, refined(PADDED)])
def test_the_shares_of_a_batch_are_the_batch(store, plan):
    for together in zip(*shares(store, 3, plan), strict=True):
        assert len({share.number for share in together}) == 1
        assert sorted(place for share in together for place in share.places) == list(range(6))


def test_a_run_goes_on_at_its_step_with_the_same_batches(store):
    whole, rest = shares(store, 2, ZIGZAG), shares(store, 2, ZIGZAG, first=2)
    assert [ranks[2:] for ranks in whole] == rest


def test_a_view_is_the_same_whoever_makes_it(store):
    dataset = ShareDataset(store, CONFIG, Draws(store, CONFIG))
    many, alone = dataset[Share(1, (4, 2, 0))], dataset[Share(1, (2,))]
    height, width = alone.sizes[0].tolist()
    assert many.sizes[1].tolist() == [height, width]
    assert torch.equal(many.pixels[1, :height, :width], alone.pixels[0])
    assert torch.equal(many.truths[1].boxes, alone.truths[0].boxes)


def test_views_are_as_large_as_their_screens(store):
    drawn = Draws(store, CONFIG).draw(0)
    for index, size in zip(drawn.screens, drawn.sizes, strict=True):
        screen = store.screens[index]
        dp = np.array(store.size(screen)) / screen.scale
        assert np.abs(size - 0.4 * dp).max() <= 16
        assert not (size % 32).any()


def test_one_process_trains_on_views_of_mixed_sizes(store, tmp_path):
    state = new_run(replace(CONFIG, warmup_steps=1))
    train(state, store, Session(tmp_path, workers=0), lambda _: None, lambda _: None)
    assert load_run(tmp_path / "last.pt").step == 4


def test_views_of_one_size_need_no_shares(store, tmp_path):
    state = new_run(replace(CONFIG, screen_scale=0.0))
    assert not isinstance(open_feed(state, store, Session(tmp_path)), SharedFeed)


def test_no_teacher_for_mixed_sizes(store, tmp_path):
    state = new_run(replace(CONFIG, distillation=DistillationConfig(weight=1.0)))
    with pytest.raises(VistestError, match="views of `shapes` only"):
        open_feed(state, store, Session(tmp_path))


def test_what_was_learned_of_costs_is_kept(tmp_path):
    state = new_run(CONFIG)
    state.costs.append(KnownCost(7, (0.1, 0.0, 0.0, 0.0, 2e-7), (1.0, 1.0)))
    save_run(state, tmp_path / "last.pt")
    assert load_run(tmp_path / "last.pt").costs == state.costs


def test_a_checkpoint_of_before_knows_no_costs():
    shipped = Path(__file__).parents[4] / "models" / "zoo" / "detector.pt"
    assert load_run(shipped).costs == []
