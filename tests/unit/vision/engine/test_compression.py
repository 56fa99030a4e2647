from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from tests.unit.vision.engine.conftest import sparse_weights
from vistest.core.errors import FormatError
from vistest.vision.engine.compression import BlockGrid, Mask, concentrate, restore
from vistest.vision.engine.patterns import Block


@given(sparse_weights())
def test_the_round_trip_loses_nothing(drawn):
    weights, block = drawn
    concentrated = concentrate(weights, block)
    concentrated.check("here")
    back = restore(concentrated)
    assert back.dtype == weights.dtype
    assert back.shape == weights.shape
    assert np.array_equal(back, weights)


@given(sparse_weights())
def test_only_blocks_with_something_in_them_are_kept(drawn):
    weights, block = drawn
    concentrated = concentrate(weights, block)
    assert concentrated.blocks.any(axis=(1, 2)).all()
    assert concentrated.blocks.sum(dtype=float) == weights.sum(dtype=float)
    grid = concentrated.grid
    kept = concentrated.mask.table(grid.columns)
    assert np.array_equal(kept, grid.split(weights).any(axis=(2, 3)))
    assert concentrated.sparsity == pytest.approx(1 - kept.mean())
    again = Mask.of(kept)
    assert np.array_equal(again.starts, concentrated.mask.starts)
    assert np.array_equal(again.columns, concentrated.mask.columns)


@given(sparse_weights(linear=False))
def test_a_block_lies_where_its_column_says(drawn):
    weights, block = drawn
    concentrated = concentrate(weights, block)
    grid = concentrated.grid
    for row in range(grid.rows):
        for number, column in enumerate(concentrated.mask.row(row)):
            tap, group = divmod(int(column), grid.input_groups)
            y, x = divmod(tap, grid.kernel[1])
            outputs = slice(row * block.outputs, (row + 1) * block.outputs)
            inputs = slice(group * block.inputs, (group + 1) * block.inputs)
            there = weights[outputs, inputs, y, x]
            found = concentrated.blocks[concentrated.mask.starts[row] + number]
            assert np.array_equal(found[: there.shape[0], : there.shape[1]], there)


def test_an_example_by_hand():
    weights = np.zeros((3, 6), np.int8)
    weights[0, 5] = 7
    weights[2, :4] = 1, 2, 3, 4
    concentrated = concentrate(weights, Block(4, 2))
    assert concentrated.mask.starts.tolist() == [0, 1, 2]
    assert concentrated.mask.columns.tolist() == [1, 0]
    assert concentrated.blocks.tolist() == [[[0, 7, 0, 0], [0, 0, 0, 0]], [[1, 2, 3, 4], [0] * 4]]
    assert concentrated.sparsity == 0.5


def good():
    weights = np.zeros((10, 10, 3, 3), np.int8)
    weights[::2, ::3] = 1
    return concentrate(weights, Block(4, 4))


def with_mask(concentrated, *, starts=None, columns=None):
    mask = concentrated.mask
    changed = Mask(
        mask.starts if starts is None else np.array(starts, np.int32),
        mask.columns if columns is None else np.array(columns, np.int32),
    )
    return replace(concentrated, mask=changed)


def changed_column(position, value):
    columns = good().mask.columns.copy()
    columns[position] = value
    return with_mask(good(), columns=columns)


def with_tail(row, outputs, inputs):
    concentrated = good()
    blocks = concentrated.blocks.copy()
    blocks[row, outputs, inputs] = 1
    return replace(concentrated, blocks=blocks)


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        (with_mask(good(), starts=[0, 3]), "another size"),
        (with_mask(good(), columns=good().mask.columns[1:]), "another size"),
        (with_mask(good(), starts=[1, *good().mask.starts[1:]]), "do not follow"),
        (with_mask(good(), starts=[0, 50, 20, good().mask.starts[-1]]), "do not follow"),
        (with_mask(good(), starts=[0, 5, 10, 2**30]), "do not follow"),
        (with_mask(good(), starts=[0, -5, 10, good().mask.starts[-1]]), "do not follow"),
        (changed_column(3, -1), "outside"),
        (changed_column(3, 27), "outside"),
        (changed_column(3, 2**31 - 1), "outside"),
        (changed_column(1, 0), "twice or out of order"),
        (replace(good(), blocks=good().blocks[:, :2]), "not blocks of 4x4"),
        (replace(good(), blocks=good().blocks.ravel()), "not blocks of 4x4"),
        (with_tail(-1, 2, 0), "channels that are not"),
        (with_tail(-1, 0, 2), "channels that are not"),
    ],
)
def test_what_does_not_fit_is_refused(damaged, problem):
    good().check("fine")
    with pytest.raises(FormatError, match=f"layer 4: .*{problem}"):
        damaged.check("layer 4")


@pytest.mark.parametrize("shape", [(), (3,), (3, 4, 5), (0, 4), (4, 4, 0, 3), (1, 1, 1, 1, 1)])
def test_shapes_that_no_weight_has(shape):
    with pytest.raises(ValueError, match="has no blocks"):
        BlockGrid(shape, Block(4, 1))
