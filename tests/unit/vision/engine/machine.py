"""Runs generated machine code as a disassembler reads it, in numpy: no processor is needed that has
the instructions, and an instruction that the disassembler reads otherwise than it was meant shows.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Bytes = np.ndarray[Any, np.dtype[np.uint8]]

_LINE = re.compile(r"^\s*([0-9a-f]+):\t(\S+)\s*(.*)$")
_MEMORY = re.compile(r"(\w+) (PTR|BCST) \[(\w+)(?:([+-])(0x[0-9a-f]+))?\](?:\{1to\d+\})?")
_NO_EFFECT = {"nop", "vzeroupper"}


@dataclass(frozen=True, slots=True)
class Instruction:
    """One line of the disassembly."""

    name: str
    operands: tuple[str, ...]
    after: int


def disassembled(code: bytes, folder: Path) -> dict[int, Instruction]:
    """Instructions by address."""
    path = folder / "code.bin"
    path.write_bytes(code)
    command = ["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel"]
    text = subprocess.run(
        [*command, "--no-show-raw-insn", str(path)], capture_output=True, text=True, check=True
    ).stdout
    found = [match.groups() for line in text.splitlines() if (match := _LINE.match(line))]
    addresses = [int(address, 16) for address, _, _ in found] + [len(code)]
    return {
        addresses[n]: Instruction(name, tuple(filter(None, rest.split(","))), addresses[n + 1])
        for n, (_, name, rest) in enumerate(found)
    }


class Machine:
    """Registers and one block of memory, whose addresses begin at 0."""

    def __init__(self, memory: Bytes) -> None:
        self.memory = memory
        self.registers: dict[str, int] = {}
        self.vectors: Bytes = np.zeros((32, 64), np.uint8)
        self.executed: set[str] = set()

    def run(self, program: dict[int, Instruction], entry: int, **registers: int) -> None:
        """From `entry` to the return."""
        self.registers |= {"rbp": 0, "rax": 0, "r11": 0, **registers}
        address = entry
        while (step := program[address]).name != "ret":
            self.executed.add(step.name)
            address = step.after
            if step.name == "jne":
                if self.registers["rdx"] != 0:
                    address = int(step.operands[0], 16)
            elif step.name.startswith("v") and step.name not in _NO_EFFECT:
                self._vector(step)
            elif step.name not in _NO_EFFECT:
                self._scalar(step)

    def _scalar(self, step: Instruction) -> None:
        registers, operands = self.registers, step.operands
        if step.name == "leave":
            registers["rsp"] = registers["rbp"] + 8
        elif step.name == "push":
            registers["rsp"] -= 8
        elif step.name == "dec":
            registers[operands[0]] -= 1
        else:
            value = registers[operands[1]] if operands[1] in registers else int(operands[1], 16)
            if step.name == "and":
                value -= 1 << 64
            registers[operands[0]] = {
                "mov": lambda _, right: right,
                "add": lambda left, right: left + right,
                "sub": lambda left, right: left - right,
                "and": lambda left, right: left & right,
            }[step.name](registers[operands[0]], value)

    def _vector(self, step: Instruction) -> None:
        width = 64 if any("zmm" in operand for operand in step.operands) else 32
        if "[" in step.operands[0]:
            address = self._address(step.operands[0])
            self.memory[address : address + width] = self._value(step.operands[1], width)
            return
        values = [self._value(operand, width) for operand in step.operands[1:]]
        if step.name == "vpdpbusd":  # adds to its target
            values.append(self._value(step.operands[0], width))
        result = _MEANING[step.name.removesuffix("32")](*values)
        target = self.vectors[_number(step.operands[0])]
        target[:] = 0
        target[:width] = np.ascontiguousarray(result).view(np.uint8)

    def _address(self, operand: str) -> int:
        match = _MEMORY.search(operand)
        assert match, operand
        distance = int(match[5] or "0", 16)
        return self.registers[match[3]] + (-distance if match[4] == "-" else distance)

    def _value(self, operand: str, width: int) -> Bytes:
        match = _MEMORY.search(operand)
        if match is None:
            return self.vectors[_number(operand), :width].copy()
        address = self._address(operand)
        size = {"DWORD": 4, "XMMWORD": 16, "YMMWORD": 32, "ZMMWORD": 64}[match[1]]
        value = self.memory[address : address + size]
        assert len(value) == size, operand
        return np.tile(value, width // size)


def _number(operand: str) -> int:
    return int(operand.strip()[3:])


def _pairs_of_bytes(unsigned: Bytes, signed: Bytes) -> Any:
    products = unsigned.astype(np.int32) * signed.view(np.int8)
    return np.clip(products.reshape(-1, 2).sum(1), -(1 << 15), (1 << 15) - 1).astype(np.int16)


def _pairs_of_words(first: Bytes, second: Bytes) -> Any:
    products = first.view(np.int16).astype(np.int32) * second.view(np.int16)
    return products.reshape(-1, 2).sum(1, dtype=np.int32)


def _dot_products(unsigned: Bytes, signed: Bytes, sums: Bytes) -> Any:
    products = unsigned.astype(np.int32) * signed.view(np.int8)
    return sums.view(np.int32) + products.reshape(-1, 4).sum(1, dtype=np.int32)


def _interleaved(first: Any, second: Any, lanes: int) -> Any:
    """Results of packing: in each 128 bits, first those of the first, then of the second."""
    parts = [first.reshape(lanes, -1), second.reshape(lanes, -1)]
    return np.concatenate(parts, axis=1)


def _packed(kind: Any, source: Any) -> Callable[[Bytes, Bytes], Any]:
    limits = np.iinfo(kind)

    def pack(first: Bytes, second: Bytes) -> Any:
        both = [np.clip(x.view(source), limits.min, limits.max) for x in (first, second)]
        return _interleaved(both[0], both[1], len(first) // 16).astype(kind).ravel()

    return pack


def _shuffled(values: Bytes, order: Bytes) -> Any:
    chosen = order.reshape(-1, 16) & 15
    return np.take_along_axis(values.reshape(-1, 16), chosen.astype(np.int64), axis=1).ravel()


def _lane_wise(kind: Any, function: Callable[[Any, Any], Any]) -> Callable[[Bytes, Bytes], Any]:
    return lambda first, second: function(first.view(kind), second.view(kind))


def _added_saturated(first: Any, second: Any) -> Any:
    limits = np.iinfo(np.int16)
    return np.clip(first.astype(np.int32) + second, limits.min, limits.max).astype(np.int16)


_MEANING: dict[str, Callable[..., Any]] = {
    "vmovdqu": lambda value: value,
    "vpbroadcastd": lambda value: value,
    "vbroadcasti32x4": lambda value: value,
    "vpmaddubsw": _pairs_of_bytes,
    "vpdpbusd": _dot_products,
    "vpmaddwd": _pairs_of_words,
    "vpaddw": _lane_wise(np.int16, np.add),
    "vpaddsw": _lane_wise(np.int16, _added_saturated),
    "vpaddd": _lane_wise(np.int32, np.add),
    "vcvtdq2ps": lambda value: value.view(np.int32).astype(np.float32),
    "vcvtps2dq": lambda value: np.rint(value.view(np.float32)).astype(np.int32),
    "vmulps": _lane_wise(np.float32, np.multiply),
    "vpackssdw": _packed(np.int16, np.int32),
    "vpackuswb": _packed(np.uint8, np.int16),
    "vpmaxub": np.maximum,
    "vpshufb": _shuffled,
}
