import copy

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.detector.network import Network, NetworkConfig
from models.sparsify.config import SparsityConfig
from models.sparsify.permutation import Grouping, best_order, permute_channels
from models.sparsify.spaces import channel_spaces
from tests.unit.models.sparsify.conftest import settled

FINE = {"conv1x1": 1, "conv3x3": 1}
MIXED = {"conv1x1": 1, "conv3x3": 4}


def config(lanes):
    return SparsityConfig(target=0.75, lanes=lanes, exempt=("stem", "out"))


def test_spaces_follow_sums_and_joins(network):
    spaces = {tuple(sorted(space.producers)): space for space in channel_spaces(network)}
    added = spaces[("stage.blocks.0.second.0", "stage.blocks.1.second.0", "stage.worked.0")]
    assert added.size == 10
    assert {(use.layer, use.offset) for use in added.uses} == {
        ("stage.blocks.0.first.0", 0),
        ("stage.blocks.1.first.0", 0),
        ("stage.join.0", 10),
        ("stage.join.0", 20),
        ("stage.join.0", 30),
    }
    joined = spaces[("stage.join.0",)]
    assert {(use.layer, use.offset) for use in joined.uses} == {
        ("down.0", 0),
        ("merge.kept.0", 24),
        ("merge.worked.0", 24),
    }
    assert ("out",) not in spaces  # the order of outputs means something


@pytest.mark.parametrize("lanes", [FINE, MIXED, {}], ids=["4x1", "mixed", "4x16"])
def test_the_results_stay_what_they_are(network, lanes):
    pixels = torch.rand(2, 3, 32, 48)
    before = copy.deepcopy(network)
    gain = permute_channels(network, config(lanes))
    assert gain > 0
    assert not network.down[0].weight.equal(before.down[0].weight)
    torch.testing.assert_close(network(pixels), before(pixels), rtol=1e-4, atol=1e-4)


def test_the_detector_too():
    torch.manual_seed(0)
    network = settled(Network(NetworkConfig((8, 12, 16, 24, 32), (1, 1, 1, 1), 16)))
    pixels = torch.rand(1, 3, 64, 96)
    before = [tensor for level in network(pixels) for tensor in level]
    assert permute_channels(network, SparsityConfig(target=0.75, lanes=FINE)) > 0
    after = [tensor for level in network(pixels) for tensor in level]
    for old, new in zip(before, after, strict=True):
        torch.testing.assert_close(new, old, rtol=1e-3, atol=1e-3)


def test_channels_that_belong_together_are_found():
    random = np.random.default_rng(0)
    energies = 0.01 * random.random((24, 32))
    family = random.permutation(np.arange(32) % 8)  # channels of a family are strong together
    for row in range(24):
        energies[row, family == row % 8] += 1
    grouping = Grouping(energies, np.arange(32) // 4, np.zeros((24, 8)), 1 / 8)
    order = best_order([grouping])
    assert sorted(order) == list(range(32))
    grouped = family[order].reshape(8, 4)
    assert (grouped == grouped[:, :1]).all()


def test_what_other_channels_add_to_a_block_counts():
    energies = np.array([[1.0, 1.0, 0.0, 0.0, 0.9, 0.9, 0.9, 0.0]])
    groups = np.array([0, 0, 1, 1, 1, 1, 2, 2])
    others = np.array([[2.0, 0.0, 0.0]])
    grouping = Grouping(energies, groups, others, 1 / 3)
    assert grouping.sums(np.arange(8)).tolist() == [[4.0, 1.8, 0.9]]
    order = best_order([grouping])
    assert grouping.sums(order).max() >= 4.0


class Strange(torch.nn.Module):
    def __init__(self, groups=1):
        super().__init__()
        self.conv = torch.nn.Conv2d(8, 8, 1, groups=groups)
        self.fold = torch.nn.PixelShuffle(2)

    def forward(self, x):
        return self.fold(self.conv(x))


def test_what_is_not_known_is_refused():
    with pytest.raises(ValueError, match="PixelShuffle fold are not known"):
        channel_spaces(Strange())
    with pytest.raises(ValueError, match="grouped"):
        channel_spaces(Strange(groups=4))
