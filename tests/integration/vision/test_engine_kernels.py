"""What the compiler made of the kernels: traps that cost half the speed, or a crash elsewhere."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(platform.machine() != "x86_64", reason="kernels of x86-64"),
]

ROOT = Path(__file__).parents[3]
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
_JUMP = re.compile(r"^\s*([0-9a-f]+):\s+j\w+\s+([0-9a-f]+)")
_ON_STACK = re.compile(r"\[r[sb]p")


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Object files of a release build, by the name of their source."""
    folder = tmp_path_factory.mktemp("build")
    for tool in ("cmake", "ninja", "g++", "objdump"):
        if shutil.which(tool, path=PATH) is None:
            pytest.skip(f"{tool} is missing")
    for command in (
        ["cmake", "-S", str(ROOT), "-B", str(folder), "-G", "Ninja"],
        ["cmake", "--build", str(folder)],
    ):
        done = subprocess.run(
            command, env={**os.environ, "PATH": PATH}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {path.name.removesuffix(".cpp.o"): path for path in folder.rglob("kernel_*.o")}


def inner_loop(path: Path, instruction: str, times: int) -> list[str]:
    """The shortest loop that holds an instruction so many times."""
    command = ["objdump", "-d", "--no-show-raw-insn", "-M", "intel", str(path)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in text.splitlines() if re.match(r"^\s*[0-9a-f]+:", line)]
    places = {int(line.split(":")[0], 16): n for n, line in enumerate(lines)}
    loops = []
    for n, line in enumerate(lines):
        match = _JUMP.match(line)
        start = places.get(int(match[2], 16), n) if match else n
        body = lines[start : n + 1]
        if start < n and sum(instruction in one for one in body) >= times:
            loops.append(body)
    return min(loops, key=len)


@pytest.mark.parametrize(
    ("kernel", "instruction", "times"),
    [("kernel_avx512vnni", "vpdpbusd", 16), ("kernel_avx2", "vpmaddubsw", 8)],
)
def test_sums_stay_in_registers(
    objects: dict[str, Path], kernel: str, instruction: str, times: int
) -> None:
    loop = inner_loop(objects[kernel], instruction, times)
    assert sum(instruction in line for line in loop) == times
    assert not [line for line in loop if _ON_STACK.search(line)]


def test_kernels_define_nothing_that_others_could_be_linked_to(objects: dict[str, Path]) -> None:
    """An inline function compiled for AVX2 could be taken for all, and stop older processors."""
    for path in objects.values():
        text = subprocess.run(
            ["nm", "-C", str(path)], capture_output=True, text=True, check=True
        ).stdout
        weak = [line for line in text.splitlines() if re.search(r" [WVu] ", line)]
        assert not weak, f"{path.name}: {weak}"
