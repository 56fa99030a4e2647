import copy

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.blocks import block_norms, spread
from models.sparsify.config import SparsityConfig
from models.sparsify.masks import sparsity_of
from models.sparsify.pruner import Pruner
from vistest.vision.engine.compression import concentrate

BATCH = 4
SPARSE = SparsityConfig(
    target=0.75,
    lanes={"conv1x1": 1, "conv3x3": 4},
    first=20,
    ramp=80,
    every=20,
    exempt=("stem", "out"),
    lasso=0.05,
)


class Training:
    """A network that learns to give back its input's mean colours."""

    def __init__(self, network, config, masks=None):
        self.network = network.train()
        self.pruner = Pruner(network, config, {} if masks is None else masks)
        self.optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
        self.views = 0

    def step(self):
        pixels = torch.rand(BATCH, 3, 32, 32, generator=torch.Generator().manual_seed(self.views))
        self.views += BATCH
        wanted = pixels.mean(1, keepdim=True)[:, :, ::2, ::2].expand(-1, 5, -1, -1)
        loss = (self.network(pixels) - wanted).square().mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.pruner.before_update(self.views, BATCH)
        self.optimizer.step()
        self.pruner.after_update(self.views, BATCH, self.optimizer.param_groups[0]["lr"])
        return loss.item()

    def until(self, views):
        while self.views < views:
            self.step()
        return self


def zero_share(pruner):
    blocks = [block_norms(layer.weight, layer.pattern.block) == 0 for layer in pruner.layers]
    return float(torch.cat([zero.flatten() for zero in blocks]).double().mean())


def test_sparsity_rises_and_zero_blocks_are_exactly_zero(network):
    training = Training(network, SPARSE)
    shares = []
    for views in range(BATCH, 140, BATCH):
        training.until(views)
        shares.append(sparsity_of(training.pruner.masks))
        for layer in training.pruner.layers:
            kept = training.pruner.masks.get(layer.name)
            if kept is not None:
                dropped = ~spread(kept, layer.weight, layer.pattern.block)
                assert not layer.weight[dropped].any()
    assert shares[3] == 0  # 16 views: the ramp has not begun
    assert shares == sorted(shares)
    assert 0 < shares[10] < shares[-1]
    assert shares[-1] == pytest.approx(0.75, abs=0.02)
    assert zero_share(training.pruner) == pytest.approx(0.75, abs=0.02)


def test_the_engine_finds_the_same_blocks(network):
    pruner = Training(network, SPARSE).until(120).pruner
    for layer in pruner.layers:
        found = concentrate(layer.weight.detach().numpy(), layer.pattern.block)
        kept = pruner.masks[layer.name]
        assert found.sparsity == pytest.approx(1 - float(kept.double().mean()))
        assert (torch.from_numpy(found.mask.table(kept.shape[1])) == kept).all()


def test_masks_are_locked_after_the_ramp(network):
    training = Training(network, SPARSE).until(100)
    before = {name: kept.clone() for name, kept in training.pruner.masks.items()}
    weight = training.pruner.layers[0].weight.detach().clone()
    training.until(240)
    assert all(kept.equal(before[name]) for name, kept in training.pruner.masks.items())
    assert not training.pruner.layers[0].weight.equal(weight)  # what is kept goes on learning


def test_the_lasso_pulls_before_the_ramp_and_not_after_it(network):
    plain, pulled = (copy.deepcopy(network) for _ in range(2))
    Training(plain, changed(lasso=0.0)).until(16)
    training = Training(pulled, changed(lasso=2.0)).until(16)
    shorter = [
        float(block_norms(one.weight, one.pattern.block).mean())
        < 0.95 * float(block_norms(plain.get_submodule(one.name).weight, one.pattern.block).mean())
        for one in training.pruner.layers
    ]
    assert all(shorter)
    training.until(104)
    before = copy.deepcopy(training.network.state_dict())
    training.pruner.after_update(108, BATCH, 3e-3)
    after = training.network.state_dict()
    assert all(value.equal(after[name]) for name, value in before.items())


def test_exempt_layers_stay_dense(network):
    training = Training(network, SPARSE).until(120)
    names = {layer.name for layer in training.pruner.layers}
    assert "stage.join.0" in names
    assert not names & {"stem.0", "out"}
    assert (network.stem[0].weight != 0).all()
    assert (network.out.weight != 0).all()


def changed(**options):
    values = {name: getattr(SPARSE, name) for name in SPARSE.__slots__}
    return SparsityConfig(**{**values, **options})


def test_one_shot_never_changes_its_mind(network):
    training = Training(network, changed(schedule="one-shot")).until(24)
    first = {name: kept.clone() for name, kept in training.pruner.masks.items()}
    assert sparsity_of(first) == pytest.approx(0.75, abs=0.02)
    training.until(100)
    assert all(kept.equal(first[name]) for name, kept in training.pruner.masks.items())


def test_constant_is_there_from_the_first_step(network):
    training = Training(network, changed(schedule="constant", regrow=0.2, regrow_until=100))
    training.until(BATCH)
    first = {name: kept.clone() for name, kept in training.pruner.masks.items()}
    assert sparsity_of(first) == pytest.approx(0.75, abs=0.02)
    training.until(60)
    assert any(not kept.equal(first[name]) for name, kept in training.pruner.masks.items())
    assert sparsity_of(training.pruner.masks) == pytest.approx(0.75, abs=0.02)


def test_regrowth_exchanges_blocks_and_ends(network):
    training = Training(network, changed(regrow=0.2, regrow_until=200)).until(100)
    before = {name: kept.clone() for name, kept in training.pruner.masks.items()}
    training.until(160)
    after = training.pruner.masks
    assert any(not after[name].equal(kept) for name, kept in before.items())
    assert all(int(after[name].sum()) == int(kept.sum()) for name, kept in before.items())
    grown = next(name for name in before if not after[name].equal(before[name]))
    layer = next(layer for layer in training.pruner.layers if layer.name == grown)
    new = after[grown] & ~before[grown]
    training.step()
    assert (block_norms(layer.weight, layer.pattern.block)[new] > 0).all()
    training.until(200)
    locked = {name: kept.clone() for name, kept in after.items()}
    training.until(280)
    assert all(kept.equal(locked[name]) for name, kept in training.pruner.masks.items())


def test_a_run_that_goes_on_keeps_its_masks(network):
    whole = Training(copy.deepcopy(network), changed(regrow=0.2, regrow_until=200)).until(160)
    first = Training(network, changed(regrow=0.2, regrow_until=200)).until(120)
    second = Training(network, changed(regrow=0.2, regrow_until=200), dict(first.pruner.masks))
    second.optimizer.load_state_dict(first.optimizer.state_dict())
    second.views = first.views
    second.until(160)
    for name, kept in whole.pruner.masks.items():
        assert second.pruner.masks[name].equal(kept)
    for one, other in zip(network.parameters(), whole.network.parameters(), strict=True):
        assert one.equal(other)


def test_an_average_drops_the_same_blocks(network):
    average = copy.deepcopy(network)
    training = Training(network, SPARSE).until(120)
    training.pruner.follow(average)
    assert zero_share(Pruner(average, SPARSE, {})) == zero_share(training.pruner)


def test_a_dense_run_is_left_alone(network):
    pruner = Training(network, SparsityConfig()).until(40).pruner
    assert pruner.layers == []
    assert pruner.masks == {}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"target": 1.0}, "shares"),
        ({"target": -0.1}, "shares"),
        ({"densities": {"stage": 3}}, "shares"),
        ({"ramp": -1}, "negative"),
        ({"every": 0}, "negative"),
        ({"schedule": "sudden"}, "schedule is one of"),
        ({"budget": "all"}, "budget one of"),
        ({"lanes": {"conv3x3": 5}}, "no block"),
    ],
)
def test_absurd_settings_are_refused(options, problem):
    with pytest.raises(ValueError, match=problem):
        changed(**options)


def test_the_densest_beginning_of_a_name_decides(network):
    options = {"stage": 0.5, "stage.blocks.0": 0.9}
    training = Training(network, changed(densities=options)).until(120)
    share = {name: float(kept.double().mean()) for name, kept in training.pruner.masks.items()}
    assert share["stage.join.0"] == pytest.approx(0.5, abs=0.01)
    assert share["stage.blocks.0.first.0"] == pytest.approx(0.9, abs=0.02)
    assert share["down.0"] == pytest.approx(0.25, abs=0.01)
