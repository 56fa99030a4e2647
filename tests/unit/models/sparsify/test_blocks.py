import numpy as np
import pytest
from hypothesis import given

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.blocks import block_norms, spread
from tests.unit.vision.engine.conftest import sparse_weights
from vistest.vision.engine.compression import BlockGrid, concentrate


@given(sparse_weights(np.float32, linear=False))
def test_norms_are_numbered_as_the_engine_numbers_blocks(drawn):
    weights, block = drawn
    blocks = BlockGrid(weights.shape, block).split(weights)
    norms = block_norms(torch.from_numpy(weights), block)
    np.testing.assert_allclose(norms, np.sqrt((blocks**2).sum((2, 3))), rtol=1e-5)


@given(sparse_weights(np.float32, linear=False))
def test_a_mask_that_is_spread_drops_whole_blocks(drawn):
    weights, block = drawn
    weight = torch.from_numpy(weights)
    kept = block_norms(weight, block) > 0
    found = concentrate(weights, block)
    assert np.array_equal(found.mask.table(found.grid.columns), kept)
    everything = torch.ones_like(weight)
    masked = everything * spread(kept, weight, block)
    again = concentrate(masked.numpy(), block)
    assert np.array_equal(again.mask.columns, found.mask.columns)
    assert (weight * spread(kept, weight, block)).equal(weight)
