"""Generated code, read back by a disassembler and run in numpy, makes what plain numpy makes.

So the code for AVX512-VNNI is tested on processors that lack it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.unit.vision.engine.machine import Machine, disassembled
from vistest.vision.engine.engine import is_built

if TYPE_CHECKING:
    from pathlib import Path

if not is_built():
    pytest.skip("the engine was not built here", allow_module_level=True)
if shutil.which("objdump") is None:
    pytest.skip("objdump of binutils is missing", allow_module_level=True)

from vistest.vision.engine._engine import generated, kernel_table

KINDS = [row[0] for row in kernel_table() if row[0] in ("avx2", "avx512-vnni")]
if not KINDS:
    pytest.skip("code is generated for x86-64 only", allow_module_level=True)

TILES = 2
TAPS = 70  # More than the weights that one distance can reach.


@dataclass(frozen=True, slots=True)
class Case:
    """A convolution over flat memory, as a generator is given it."""

    weights: Any  # int8 (outputs, taps, 4)
    offsets: Any
    bias: Any
    scale: Any
    zero_point: int
    lowest: int

    @classmethod
    def random(cls, seed: int, outputs: int, density: float, zero_point: int = 0) -> Case:
        random = np.random.default_rng(seed)
        weights = random.integers(-127, 128, (outputs, TAPS, 4))
        weights *= random.random((outputs, TAPS, 1)) < density
        return cls(
            weights.astype(np.int8),
            (4 * random.integers(0, 900, TAPS)).astype(np.int32),
            random.integers(-99999, 99999, outputs).astype(np.int32),
            random.uniform(1e-4, 2e-3, outputs).astype(np.float32),
            zero_point,
            zero_point,
        )

    def generate(self, kind: str) -> Any:
        quads = np.ascontiguousarray(self.weights).view(np.int32).ravel()
        return generated(
            kind, len(self.weights), quads, self.offsets, self.bias, self.scale,
            self.zero_point, self.lowest,
        )  # fmt: skip

    def expected(self, cells: Any, count: int) -> Any:
        """uint8 (planes, count, 4)."""
        picked = np.stack([cells[offset // 4 :][:count] for offset in self.offsets])
        sums = np.einsum("tni,oti->on", picked.astype(np.int64), self.weights.astype(np.int64))
        real = (sums + self.bias[:, None]).astype(np.float32) * self.scale[:, None]
        steps = np.clip(np.rint(real) + self.zero_point, self.lowest, 255).astype(np.uint8)
        return steps.reshape(-1, 4, count).transpose(0, 2, 1)


def run(case: Case, kind: str, folder: Path) -> tuple[Any, Any, set[str]]:
    """What the code made, what is right, and which instructions were executed."""
    code, units, weights, constants, tile = case.generate(kind)
    program = disassembled(code, folder)
    count = TILES * tile
    cells = np.random.default_rng(9).integers(0, 256, (1024, 4)).astype(np.uint8)
    plane = 4 * count + 64
    parts = [cells.tobytes(), bytes(len(case.weights) // 4 * plane), weights, constants]
    starts = np.cumsum([0, *map(len, parts)])
    memory = np.frombuffer(b"".join(parts) + bytes(4096), np.uint8).copy()
    machine = Machine(memory)
    for entry, first, _, weight, constant in units:
        machine.run(
            program,
            entry,
            rdi=0,
            rsi=int(starts[1]) + first * plane,
            rdx=TILES,
            rcx=int(starts[2]) + 4 * weight,
            r8=int(starts[3]) + constant,
            r9=plane,
            rsp=len(memory) - 8,
        )
    planes = memory[starts[1] : starts[2]].reshape(-1, plane)[:, : 4 * count]
    return planes.reshape(len(planes), count, 4), case.expected(cells, count), machine.executed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("outputs", "density", "zero_point"),
    [(4, 0.0, 0), (4, 1.0, 77), (16, 0.5, 0), (28, 0.15, 0), (28, 0.15, 77)],
)
def test_it_computes_the_convolution(
    kind: str, outputs: int, density: float, zero_point: int, tmp_path: Path
) -> None:
    made, right, _ = run(Case.random(outputs, outputs, density, zero_point), kind, tmp_path)
    np.testing.assert_array_equal(made, right)


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_of_instruction_was_executed(kind: str, tmp_path: Path) -> None:
    _, _, executed = run(Case.random(1, 28, 0.9, 9), kind, tmp_path)
    vector = {name for name in executed if name.startswith("v")} - {"vzeroupper"}
    usual = {"vpbroadcastd", "vcvtdq2ps", "vcvtps2dq", "vmulps", "vpackssdw", "vpackuswb"}
    usual |= {"vpaddsw", "vpmaxub", "vpshufb"}
    of_kind = {
        "avx2": {"vmovdqu", "vpmaddubsw", "vpmaddwd", "vpaddw", "vpaddd"},
        "avx512-vnni": {"vmovdqu32", "vpdpbusd", "vbroadcasti32x4"},
    }
    assert vector == usual | of_kind[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_of_zeros_are_no_instructions(kind: str) -> None:
    sizes = [len(Case.random(2, 16, density).generate(kind)[0]) for density in (0.0, 0.25, 1.0)]
    assert sizes[1] - sizes[0] < 0.35 * (sizes[2] - sizes[0])


def test_sums_of_16_bits_have_room(tmp_path: Path) -> None:
    if "avx2" not in KINDS:
        pytest.skip("sums of 16 bits are those of AVX2")
    case = Case.random(3, 4, 1.0)
    case.weights[:] = np.where(case.weights < 0, -128, 127)
    made, right, _ = run(case, "avx2", tmp_path)
    np.testing.assert_array_equal(made, right)
