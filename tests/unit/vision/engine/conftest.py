"""Weights, activations and blocks of all sizes, sparse by blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from vistest.vision.engine.compression import BlockGrid
from vistest.vision.engine.patterns import Block

BLOCKS = tuple(
    Block(*sides) for sides in [(4, 16), (4, 8), (4, 4), (4, 1), (1, 16), (2, 8), (1, 1)]
)


@st.composite
def sparse_weights(draw, dtype=None, linear=None):
    """A weight and its block; densities of 0 and 1 are drawn often, and so are tails."""
    block = draw(st.sampled_from(BLOCKS))
    outputs = draw(st.integers(1, 2 * block.outputs + 1))
    inputs = draw(st.integers(1, 3 * block.inputs + 1))
    kernel = draw(st.sampled_from([(1, 1), (3, 3), (1, 3), (2, 1)]))
    is_linear = draw(st.booleans()) if linear is None else linear
    shape = (outputs, inputs) if is_linear else (outputs, inputs, *kernel)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    density = draw(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]))
    kind = dtype or draw(st.sampled_from([np.int8, np.float32]))
    weights = random.integers(-127, 128, shape).astype(kind)
    grid = BlockGrid(shape, block)
    blocks = grid.split(weights)
    blocks[random.random(blocks.shape[:2]) >= density] = 0
    return grid.join(blocks), block


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)
