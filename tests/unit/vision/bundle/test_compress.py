import numpy as np
import pytest

from tests.unit.vision.bundle.conftest import TARGET
from vistest.core.errors import ModelError
from vistest.vision.bundle import compress
from vistest.vision.engine.compression import Concentrated
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.patterns import Block


def test_the_block_of_each_layer_is_found(bundle):
    found = {name: stored.pattern for name, stored in bundle.weights.items()}
    blocks = {name: str(pattern.block) for name, pattern in found.items()}
    assert blocks == {
        "stem": "4x16",  # nothing is zero, so the register is filled
        "coarse": "4x16",
        "middle": "4x4",
        "fine": "4x1",
        "head": "1x16",
    }
    assert found["head"].operator == "linear"
    assert found["head"].data_type == "fp32"
    assert {name: round(p.sparsity, 2) for name, p in found.items()} == {
        "stem": 0.0,
        "coarse": 0.75,
        "middle": 0.75,
        "fine": 0.75,
        "head": 0.0,
    }


def test_layers_that_gain_nothing_stay_as_they_are(bundle):
    stored = {name: isinstance(w.content, Concentrated) for name, w in bundle.weights.items()}
    assert stored == {"stem": False, "coarse": True, "middle": True, "fine": True, "head": False}
    assert bundle.weights["stem"].kept_share == 1


def test_no_weight_is_changed(graph, bundle):
    for layer in graph.convolutions:
        assert np.array_equal(bundle.weights[layer.name].dense(), layer.weight)


def test_a_block_can_be_named(graph):
    patterns = {
        name: stored.pattern
        for name, stored in compress(graph, "small", TARGET, Block(4, 4)).weights.items()
    }
    assert {str(p.block) for p in patterns.values() if p.data_type == "int8"} == {"4x4"}
    assert patterns["coarse"].sparsity == pytest.approx(0.75)  # finer blocks lose no zeros
    assert patterns["fine"].sparsity < 0.5


def test_a_block_that_the_target_lacks(graph):
    with pytest.raises(ModelError, match="4x16 is no block of int8 for avx2") as caught:
        compress(graph, "small", instruction_set("avx2"), Block(4, 16))
    assert "4x8, 4x4, 4x1" in caught.value.hint
