"""Block-sparse patterns: which weights are zero together, so that the hardware gains by it.

A block is written REDUCTION x LANES: so many input channels of one kernel position, which one
lane of a register sums up, times so many output channels, one a lane. The register gives its size:

    lanes     = register bits / accumulator bits
    reduction = accumulator bits / operand bits

which gives 4x16 for int8 and 1x16 for fp32 in 512 bits, 4x8 for int8 in 256 bits, and 4x4 for the
128-bit dot product of ARM. That is the full-register block. Finer ones keep the reduction and take
fewer lanes (4x4, 4x1): they cost less accuracy, and code that is generated for one model runs them
at the same speed.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from vistest.core.errors import FormatError, ModelError
from vistest.vision.engine.instruction_set import instruction_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.vision.engine.instruction_set import InstructionSet

Operator = Literal["convolution", "linear"]
Mode = Literal["full-register", "sub-register"]
DataType = Literal["int8", "bf16", "fp32"]

SUB_REGISTER_LANES = (4, 1)
_OPERAND_BITS: dict[DataType, int] = {"int8": 8, "bf16": 16, "fp32": 32}
_ACCUMULATOR_BITS = 32  # int32 for int8, fp32 for the others
_LARGEST_SIDE = 64
_WRITTEN = re.compile(r"([1-9]\d?)x([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Block:
    """The size of a block.

    Attributes:
        inputs: Input channels: the reduction.
        outputs: Output channels: the lanes.
    """

    inputs: int
    outputs: int

    def __post_init__(self) -> None:
        if not (1 <= self.inputs <= _LARGEST_SIDE and 1 <= self.outputs <= _LARGEST_SIDE):
            raise ValueError(f"a block of {self.inputs}x{self.outputs} is out of range")

    def __str__(self) -> str:
        return f"{self.inputs}x{self.outputs}"

    @classmethod
    def parse(cls, text: object) -> Block:
        """The block written as `4x16`.

        Raises:
            FormatError: it is not written so.
        """
        written = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
        if written is None or max(int(side) for side in written.groups()) > _LARGEST_SIDE:
            raise FormatError(
                f"{text!r} is not a block size", hint="Write REDUCTIONxLANES, such as 4x16 or 4x1."
            )
        return cls(int(written[1]), int(written[2]))


def register_block(target: InstructionSet, data_type: DataType) -> Block:
    """The block that fills a register of `target`, by the formula of this module."""
    lanes = target.register_bits // _ACCUMULATOR_BITS
    return Block(_ACCUMULATOR_BITS // _OPERAND_BITS[data_type], lanes)


def sub_register_blocks(target: InstructionSet, data_type: DataType) -> tuple[Block, ...]:
    """Blocks of the same reduction with fewer lanes than a register has, coarse to fine."""
    full = register_block(target, data_type)
    return tuple(Block(full.inputs, n) for n in SUB_REGISTER_LANES if n < full.outputs)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The sparsity of one operator of a model.

    Attributes:
        operator: The kind of operator that it holds for.
        instruction_set: Name of the instructions that the block was computed for.
        data_type: Of the weights.
        block: What is zero as a whole, or kept.
        sparsity: Share of the blocks that are zero, 0 to 1.
    """

    operator: Operator
    instruction_set: str
    data_type: DataType
    block: Block
    sparsity: float

    def __post_init__(self) -> None:
        if not 0 <= self.sparsity <= 1:
            raise ValueError(f"sparsity {self.sparsity} is not a share")
        target = instruction_set(self.instruction_set)
        full = register_block(target, self.data_type)
        if self.block != full and self.block not in sub_register_blocks(target, self.data_type):
            raise ValueError(
                f"{self.block} is no block of {self.data_type} for {self.instruction_set}"
            )

    @property
    def mode(self) -> Mode:
        """Whether a block fills a register."""
        full = register_block(instruction_set(self.instruction_set), self.data_type)
        return "full-register" if self.block == full else "sub-register"

    def document(self) -> dict[str, Any]:
        """As a JSON object."""
        return {**asdict(self), "block": str(self.block), "mode": self.mode}


def make_pattern(
    operator: Operator,
    target: InstructionSet,
    data_type: DataType,
    sparsity: float,
    lanes: int | None = None,
) -> Pattern:
    """A pattern for `target`: the full register, or `lanes` of it.

    Raises:
        ValueError: `target` has no block of so many lanes.
    """
    full = register_block(target, data_type)
    block = full if lanes is None else Block(full.inputs, lanes)
    return Pattern(operator, target.name, data_type, block, sparsity)


def pattern_from(document: Mapping[str, Any], where: str) -> Pattern:
    """The pattern in a JSON object; errors say `where`.

    Raises:
        FormatError: it is none.
    """
    try:
        operator, data_type = document["operator"], document["data_type"]
        if operator not in get_args(Operator) or data_type not in get_args(DataType):
            raise ValueError(f"operator {operator!r}, data type {data_type!r}")
        pattern = Pattern(
            operator,
            str(document["instruction_set"]),
            data_type,
            Block.parse(document["block"]),
            float(document["sparsity"]),
        )
        if document["mode"] != pattern.mode:
            raise ValueError(f"mode {document['mode']!r} for a block of {pattern.block}")
    except (KeyError, TypeError, ValueError, FormatError, ModelError) as error:
        raise FormatError(
            f"{where}: not a sparsity pattern ({error})",
            hint="The model is damaged; compress it again.",
        ) from error
    return pattern
