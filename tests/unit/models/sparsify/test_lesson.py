"""Sparse training of the detector itself, by its configuration."""

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.blocks import block_norms
from models.sparsify.config import DistillationConfig, SparsityConfig
from models.sparsify.distillation import distillation_loss
from models.sparsify.layers import pruned_layers
from models.sparsify.lesson import Lesson, weight_costs
from models.train.config import config_document, config_from, read_config
from models.train.loop import Session, let_learn, train
from models.train.state import load_run, new_run, run_from
from models.train.store import build_store
from vistest.core.errors import FormatError, VistestError

SMOKE = Path(__file__).parents[4] / "models" / "configs" / "smoke.toml"
SPARSITY = SparsityConfig(target=0.75, lanes={"conv1x1": 1, "conv3x3": 1}, ramp=8, every=2)


def ignore(state):
    return 0.0


@pytest.fixture
def store(screens, tmp_path):
    torch.set_num_threads(1)
    return build_store([screens], tmp_path / "store")


@pytest.fixture
def config():
    smoke = read_config(SMOKE)
    return replace(smoke, images=16, batch=2, shapes=((96, 96),), sparsity=SPARSITY)


def run(state, store, folder, **session):
    folder.mkdir(exist_ok=True)
    train(state, store, Session(folder, workers=0, **session), ignore, ignore)
    return state


def zero_share(network):
    blocks = [
        (block_norms(layer.weight, layer.pattern.block) == 0).flatten()
        for layer in pruned_layers(network, SPARSITY)
    ]
    return float(torch.cat(blocks).double().mean())


def test_network_and_average_become_sparse(store, config, tmp_path):
    state = run(new_run(config), store, tmp_path / "run")
    assert zero_share(state.network) == pytest.approx(0.75, abs=0.02)
    assert zero_share(state.average) == pytest.approx(0.75, abs=0.02)
    assert (state.average.backbone.stem[0].weight != 0).all()
    again = load_run(tmp_path / "run" / "last.pt")
    assert again.config == config
    assert all(kept.equal(state.masks[name]) for name, kept in again.masks.items())
    assert len(again.masks) == len(state.masks) > 10


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_a_run_that_was_interrupted_ends_like_one_that_was_not(store, config, tmp_path, optimizer):
    config = replace(config, optimizer=optimizer)
    whole = run(new_run(config), store, tmp_path / "whole")
    broken = new_run(config)
    run(broken, store, tmp_path / "broken", stopped=lambda: broken.step == 3)
    ended = run(load_run(tmp_path / "broken" / "last.pt"), store, tmp_path / "broken")
    assert ended.step == whole.step == 8
    for one, other in zip(ended.average.parameters(), whole.average.parameters(), strict=True):
        assert one.equal(other)


def test_channels_are_reordered_when_a_sparse_run_begins(config):
    dense = new_run(replace(config, sparsity=SparsityConfig()))
    pixels = torch.rand(1, 3, 64, 64)

    def begun(*, permute):
        state = run_from(dense, replace(config, sparsity=replace(SPARSITY, permute=permute)))
        Lesson(state, None)
        return state.average

    moved, kept = begun(permute=True), begun(permute=False)
    before = dense.average.neck.merges[0].join[0].weight
    assert kept.neck.merges[0].join[0].weight.equal(before)
    assert not moved.neck.merges[0].join[0].weight.equal(before)
    for (scores, _), (known, _) in zip(moved(pixels), kept(pixels), strict=True):
        torch.testing.assert_close(scores, known, rtol=1e-3, atol=1e-3)


def test_a_teacher_pulls_the_outputs_towards_its_own(store, config, tmp_path):
    torch.manual_seed(7)
    teacher = new_run(replace(config, seed=7)).average
    for parameter in teacher.head.parameters():
        parameter.data.add_(0.05 * torch.randn_like(parameter))
    pixels = torch.rand(1, 3, 96, 96)

    def distance(weight):
        settings = DistillationConfig(weight)
        plain = replace(config, images=60, sparsity=SparsityConfig(), distillation=settings)
        state = run(new_run(plain), store, tmp_path / str(weight), teacher=teacher)
        with torch.no_grad():
            return float(distillation_loss(state.network.eval()(pixels), teacher(pixels)))

    assert distance(200.0) < 0.8 * distance(0.0)


def test_a_network_is_its_own_best_pupil():
    outputs = [(torch.randn(2, 14, 4, 4), torch.rand(2, 8, 4, 4)) for _ in range(3)]
    other = [(scores + 1, boxes + 1) for scores, boxes in outputs]
    assert float(distillation_loss(outputs, outputs)) == 0
    assert float(distillation_loss(other, outputs)) > 0.1


def test_a_teacher_that_is_missing(store, config, tmp_path):
    config = replace(config, distillation=DistillationConfig(1.0))
    with pytest.raises(VistestError, match="no teacher"):
        run(new_run(config), store, tmp_path / "run")


def test_costs_are_uses_of_a_weight(config):
    costs = weight_costs(new_run(config).network, 64)
    assert costs["backbone.stem.0"] == 16 * 16
    assert costs["backbone.stages.3.0.0"] == 1
    assert costs["neck.merges.0.join.0"] == 4 * 4


def test_the_configuration_comes_back(config):
    assert config_from(config_document(config)) == config
    document = config_document(config)
    del document["sparsity"], document["distillation"]  # a checkpoint of a dense run, from before
    assert config_from(document).sparsity == SparsityConfig()


@pytest.mark.parametrize(
    "table", [{"target": 2}, {"goal": 0.5}, {"target": 0.5, "schedule": "square"}, {"lanes": 4}]
)
def test_a_table_that_is_no_sparsity(table):
    with pytest.raises(FormatError, match="not a training configuration"):
        config_from({"version": 1, "sparsity": table})


def test_frozen_stages_must_be_exempt(config):
    assert replace(config, frozen=1).frozen_stages == ("backbone.stem",)
    with pytest.raises(ValueError, match="frozen"):
        replace(config, frozen=2)
    exempt = (*config.sparsity.exempt, "backbone.stages.0")
    assert replace(config, frozen=2, sparsity=replace(SPARSITY, exempt=exempt)).frozen == 2


@pytest.mark.parametrize("frozen", [0, 1, 2, 3])
def test_frozen_stages_are_those_that_do_not_learn(config, frozen):
    plain = replace(config, frozen=frozen, sparsity=SparsityConfig())
    network = new_run(plain).network
    let_learn(network, frozen)
    still = {name for name, parameter in network.named_parameters() if not parameter.requires_grad}
    wanted = tuple(f"{name}." for name in plain.frozen_stages)
    assert still == {name for name, _ in network.named_parameters() if name.startswith(wanted)}
