from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.train.batches import class_weights
from models.train.config import read_config
from models.train.loop import Session, train
from models.train.state import change_config, load_run, new_run, run_from, save_run
from models.train.store import build_store
from vistest.core.errors import FormatError, VistestError

SMOKE = Path(__file__).parents[4] / "models" / "configs" / "smoke.toml"


def ignore(state):
    return 0.0


@pytest.fixture
def store(screens, tmp_path):
    torch.set_num_threads(1)
    return build_store([screens], tmp_path / "store")


@pytest.fixture
def config():
    return replace(read_config(SMOKE), images=12, batch=2, shapes=((96, 96),))


def weights(state):
    return torch.cat([tensor.double().flatten() for tensor in state.average.state_dict().values()])


def run(state, store, folder):
    folder.mkdir(exist_ok=True)
    train(state, store, Session(folder, workers=0), ignore, ignore)
    return state


def test_the_same_seed_gives_the_same_result(store, config, tmp_path):
    first, second = (run(new_run(config), store, tmp_path / name) for name in "ab")
    assert torch.equal(weights(first), weights(second))
    other = run(new_run(replace(config, seed=1)), store, tmp_path / "c")
    assert not torch.equal(weights(first), weights(other))


class Killed(Exception):
    pass


class KillingClock:
    """Ends a run after some steps, as a kill would."""

    def __init__(self, state, steps):
        self.state, self.steps = state, steps

    def now_ms(self):
        if self.state.step == self.steps:
            raise Killed
        return 0.0


def test_a_run_that_was_interrupted_ends_like_one_that_was_not(store, config, tmp_path):
    whole = run(new_run(config), store, tmp_path / "whole")
    broken = new_run(config)
    session = Session(tmp_path, workers=0)
    with pytest.raises(Killed):
        train(broken, store, session, ignore, ignore, KillingClock(broken, 3))
    save_run(broken, tmp_path / "last.pt")
    ended = run(load_run(tmp_path / "last.pt"), store, tmp_path)
    assert ended.step == whole.step == 6
    assert torch.equal(weights(ended), weights(whole))


def test_training_lowers_the_loss(store, config, tmp_path):
    state = run(new_run(replace(config, images=200, warmup_steps=10)), store, tmp_path / "long")
    assert len(state.curve) == 2
    assert state.curve[1].scores < 0.8 * state.curve[0].scores


class SteppingClock:
    """Every look at it takes a second."""

    def __init__(self):
        self.now = 0.0

    def now_ms(self):
        self.now += 1000.0
        return self.now


def test_a_limited_run_stops_in_time_with_its_rate_at_the_end(store, config, tmp_path):
    longer = replace(config, images=800)
    state = new_run(longer)
    session = Session(tmp_path, seconds=100, workers=0, checkpoint_s=1e9)
    train(state, store, session, ignore, ignore, SteppingClock())
    assert 12 < state.step < 100
    assert state.optimizer.param_groups[0]["lr"] < 0.2 * longer.learning_rate
    assert load_run(tmp_path / "last.pt").cooldown.ended(state.step)
    before = load_run(tmp_path / "before-cooldown.pt")
    assert before.step == state.cooldown.first
    assert before.cooldown is None


def test_a_run_that_is_asked_to_stop_leaves_a_checkpoint(store, config, tmp_path):
    state = new_run(config)
    session = Session(tmp_path, workers=0, stopped=lambda: state.step == 2)
    train(state, store, session, ignore, ignore)
    assert load_run(tmp_path / "last.pt").step == 2


def test_a_new_run_can_begin_with_trained_weights(store, config, tmp_path):
    trained = run(new_run(config), store, tmp_path / "first")
    begun = run_from(trained, replace(config, seed=9))
    assert begun.step == 0
    assert torch.equal(weights(begun), weights(trained))
    other = replace(config, network=replace(config.network, head_width=32))
    with pytest.raises(VistestError, match="another network"):
        run_from(trained, other)


def test_a_file_that_is_no_checkpoint(tmp_path):
    path = tmp_path / "last.pt"
    path.write_bytes(b"not a checkpoint")
    with pytest.raises(FormatError, match=r"last\.pt"):
        load_run(path)


def test_frozen_stages_stay_as_they_are_and_the_others_learn(store, config, tmp_path):
    state = new_run(replace(config, frozen=2, optimizer="muon"))
    before = {name: tensor.clone() for name, tensor in state.network.state_dict().items()}
    run(state, store, tmp_path)
    after = state.network.state_dict()
    changed = {name for name, tensor in after.items() if not torch.equal(tensor, before[name])}
    assert not any(n.startswith(("backbone.stem", "backbone.stages.0")) for n in changed)
    assert {"backbone.stages.1.0.0.weight", "head.scores.0.weight"} <= changed


def test_a_run_with_muon_can_be_interrupted(store, config, tmp_path):
    config = replace(config, optimizer="muon", images=8)
    whole = run(new_run(config), store, tmp_path / "whole")
    half = run(new_run(replace(config, images=4)), store, tmp_path / "half")
    half.config = config
    save_run(half, tmp_path / "half.pt")
    ended = run(load_run(tmp_path / "half.pt"), store, tmp_path / "ended")
    assert ended.step == whole.step
    assert set(ended.optimizer.state_dict()["state"]) == set(whole.optimizer.state_dict()["state"])


def test_the_weights_of_classes_are_one_on_average_and_fall_with_their_number():
    classes = [np.array([0] * 100 + [3] * 4), np.array([3])]
    weights = class_weights(classes, 0.5)
    assert weights.mean() == pytest.approx(1)
    assert weights[3] / weights[0] == pytest.approx((100 / 5) ** 0.5)
    assert np.allclose(class_weights(classes, 0.0), 1)


def test_the_moments_of_one_optimizer_are_not_given_to_another(config):
    state = new_run(config)
    with pytest.raises(VistestError, match="adamw, not by muon"):
        change_config(state, replace(config, optimizer="muon"))
    change_config(state, replace(config, learning_rate=1e-4))
    assert state.config.learning_rate == 1e-4
