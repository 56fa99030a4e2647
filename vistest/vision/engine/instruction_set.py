"""Which vector instructions the inference hardware has, and how wide its registers are.

A pattern is made for a named instruction set, which need not be that of the machine at hand: a
model is trained on one machine and run on others.
"""

from __future__ import annotations

import logging
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger(__name__)

_CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class InstructionSet:
    """A set of vector instructions.

    Attributes:
        name: As patterns and bundles name it; the rows of the kernel table have names of their own.
        register_bits: Width of a vector register; of an accumulator where there is none.
        machines: `platform.machine()` of the processors that may have it.
        flags: What the operating system lists for a processor that has it.
    """

    name: str
    register_bits: int
    machines: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


_X86 = ("x86_64", "AMD64")
_ARM = ("aarch64", "arm64")
# Best first.
INSTRUCTION_SETS: Mapping[str, InstructionSet] = {
    known.name: known
    for known in (
        InstructionSet(
            "avx512vnni",
            512,
            _X86,
            frozenset({"avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vnni"}),
        ),
        InstructionSet("avxvnni", 256, _X86, frozenset({"avx2", "fma", "avx_vnni"})),
        InstructionSet("avx2", 256, _X86, frozenset({"avx2", "fma"})),
        InstructionSet("neondot", 128, _ARM, frozenset({"asimd", "asimddp"})),
        InstructionSet("scalar", 32),
    )
}


def instruction_set(name: str | None = None) -> InstructionSet:
    """The set called `name`, or the best one of this machine.

    Raises:
        ModelError: none is called so.
    """
    if name is None:
        return detect()
    try:
        return INSTRUCTION_SETS[name]
    except KeyError:
        known = ", ".join(INSTRUCTION_SETS)
        raise ModelError(
            f"there is no instruction set {name!r}", hint=f"Name one of {known}."
        ) from None


def detect() -> InstructionSet:
    """The best set of this machine; `scalar` where the operating system does not say."""
    found = best_of(platform.machine(), listed_flags(_read(_CPUINFO)))
    logger.info("instruction set %s, %d-bit registers", found.name, found.register_bits)
    return found


def best_of(machine: str, flags: frozenset[str]) -> InstructionSet:
    """The best set of a processor of kind `machine` with `flags`."""
    for known in INSTRUCTION_SETS.values():
        if machine in known.machines and known.flags <= flags:
            return known
    return INSTRUCTION_SETS["scalar"]


def listed_flags(cpuinfo: str) -> frozenset[str]:
    """The flags of the first processor in the text of /proc/cpuinfo (x86 and ARM)."""
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in {"flags", "Features"}:
            return frozenset(value.split())
    return frozenset()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
