"""Random networks, some of them absurd, through the C++ engine itself: under the sanitizers, and
for Arm under an emulator."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# CMake and Ninja are in the environment that runs the tests.
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
ROOT = Path(__file__).parents[3]
ARM_COMPILER = "aarch64-linux-gnu-g++"
ARM_EMULATOR = "qemu-aarch64"


def build(folder: Path, *options: str) -> Path:
    """The program tests/engine/random_networks.cpp."""
    flags = ["-G", "Ninja", "-DVISTEST_CHECKS=ON", *options]
    for command in (["cmake", "-S", ROOT, "-B", folder, *flags], ["cmake", "--build", folder]):
        done = subprocess.run(
            command, env={**os.environ, "PATH": PATH}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "random_networks"


def run(command: list[str | Path], networks: int) -> str:
    """What the program says; most networks must have been compared, some refused."""
    done = subprocess.run(
        [*command, "1", str(networks)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    numbers = dict(re.findall(r"(\w+)=(\d+)", done.stdout))
    assert int(numbers["networks"]) == networks
    assert 0 < int(numbers["refused"]) < networks / 2
    assert int(numbers["compared"]) > networks
    return done.stdout


@pytest.fixture(autouse=True)
def _tools() -> None:
    for tool in ("cmake", "ninja", "g++"):
        if shutil.which(tool, path=PATH) is None:
            pytest.skip(f"{tool} is missing")


def test_under_the_sanitizers(tmp_path: Path) -> None:
    program = build(tmp_path, "-DVISTEST_SANITIZE=ON", "-DCMAKE_BUILD_TYPE=RelWithDebInfo")
    run([program], 300)


@pytest.mark.skipif(platform.machine() == "aarch64", reason="the other tests run on Arm here")
def test_arm_under_an_emulator(tmp_path: Path) -> None:
    for tool in (ARM_COMPILER, ARM_EMULATOR):
        if shutil.which(tool, path=PATH) is None:
            pytest.skip(f"{tool} is missing")
    program = build(
        tmp_path,
        "-DCMAKE_SYSTEM_NAME=Linux",
        "-DCMAKE_SYSTEM_PROCESSOR=aarch64",
        f"-DCMAKE_CXX_COMPILER={ARM_COMPILER}",
        "-DCMAKE_EXE_LINKER_FLAGS=-static",
    )
    assert "neon-dotprod" in run([ARM_EMULATOR, "-cpu", "max", program], 100)
    without = subprocess.run(
        [ARM_EMULATOR, "-cpu", "cortex-a53", program, "1", "3"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert without.stdout.startswith("scalar ")
