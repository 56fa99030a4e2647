import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.errors import FormatError
from vistest.vision.engine.instruction_set import INSTRUCTION_SETS, instruction_set
from vistest.vision.engine.patterns import (
    Block,
    Pattern,
    make_pattern,
    pattern_from,
    register_block,
    sub_register_blocks,
)


@pytest.mark.parametrize(
    ("name", "data_type", "block"),
    [
        ("avx512vnni", "int8", "4x16"),
        ("avx512vnni", "bf16", "2x16"),
        ("avx512vnni", "fp32", "1x16"),
        ("avx2", "int8", "4x8"),
        ("avx2", "fp32", "1x8"),
        ("neondot", "int8", "4x4"),
        ("scalar", "int8", "4x1"),
    ],
)
def test_the_block_fills_the_register(name, data_type, block):
    target = instruction_set(name)
    found = register_block(target, data_type)
    assert str(found) == block
    operand_bits = {"int8": 8, "bf16": 16, "fp32": 32}[data_type]
    assert found.inputs * found.outputs * operand_bits == target.register_bits


@pytest.mark.parametrize(
    ("name", "data_type", "blocks"),
    [
        ("avx512vnni", "int8", ["4x4", "4x1"]),
        ("avx512vnni", "fp32", ["1x4", "1x1"]),
        ("neondot", "int8", ["4x1"]),
        ("scalar", "int8", []),
    ],
)
def test_finer_blocks_keep_the_reduction(name, data_type, blocks):
    assert [str(b) for b in sub_register_blocks(instruction_set(name), data_type)] == blocks


def test_the_modes_are_named_apart():
    target = instruction_set("avx512vnni")
    assert make_pattern("convolution", target, "int8", 0.75).mode == "full-register"
    fine = make_pattern("convolution", target, "int8", 0.75, lanes=1)
    assert (str(fine.block), fine.mode) == ("4x1", "sub-register")
    arm = make_pattern("convolution", instruction_set("neondot"), "int8", 0.75, lanes=4)
    assert (str(arm.block), arm.mode) == ("4x4", "full-register")


def test_a_block_that_the_hardware_does_not_have():
    with pytest.raises(ValueError, match="4x2 is no block of int8 for avx512vnni"):
        make_pattern("linear", instruction_set("avx512vnni"), "int8", 0.5, lanes=2)
    with pytest.raises(ValueError, match="not a share"):
        make_pattern("linear", instruction_set("avx2"), "int8", 1.5)


@st.composite
def patterns(draw):
    target = draw(st.sampled_from(list(INSTRUCTION_SETS.values())))
    data_type = draw(st.sampled_from(["int8", "bf16", "fp32"]))
    full = register_block(target, data_type)
    block = draw(st.sampled_from([full, *sub_register_blocks(target, data_type)]))
    operator = draw(st.sampled_from(["convolution", "linear"]))
    return Pattern(operator, target.name, data_type, block, draw(st.floats(0, 1)))


@given(patterns())
def test_a_pattern_comes_back_from_json(pattern):
    text = json.dumps(pattern.document(), allow_nan=False)
    assert pattern_from(json.loads(text), "here") == pattern


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("operator", "pooling"),
        ("operator", []),
        ("instruction_set", "mmx"),
        ("data_type", "int4"),
        ("block", "16"),
        ("block", "0x4"),
        ("block", "4x99"),
        ("block", 4),
        ("block", "4x2"),
        ("mode", "full-register"),
        ("mode", None),
        ("sparsity", 2),
        ("sparsity", "much"),
        ("sparsity", float("nan")),
    ],
)
def test_a_document_that_is_no_pattern(member, value):
    good = make_pattern("convolution", instruction_set("avx512vnni"), "int8", 0.5, 4).document()
    with pytest.raises(FormatError):
        pattern_from({**good, member: value}, "layer 3")
    del good[member]
    with pytest.raises(FormatError, match="layer 3"):
        pattern_from(good, "layer 3")


def test_blocks_are_written_as_they_are_read():
    assert Block.parse("4x16") == Block(4, 16)
    assert str(Block(4, 1)) == "4x1"
