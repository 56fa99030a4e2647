"""Random networks, some of them absurd, and every kind of layer through the C++ engine itself:
under the sanitizers, for Arm under an emulator, and what `scripts/emulate-avx512` runs, here."""

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
    """A folder with the programs of tests/engine."""
    flags = ["-G", "Ninja", "-DVISTEST_CHECKS=ON", *options]
    for command in (["cmake", "-S", ROOT, "-B", folder, *flags], ["cmake", "--build", folder]):
        done = subprocess.run(
            command, env={**os.environ, "PATH": PATH}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def output(command: list[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_networks(command: list[str | Path], networks: int) -> str:
    """What the program says; most networks must have been compared, some refused."""
    said = output([*command, "1", str(networks)])
    numbers = dict(re.findall(r"(\w+)=(\d+)", said))
    assert int(numbers["networks"]) == networks
    assert 0 < int(numbers["refused"]) < networks / 2
    assert int(numbers["compared"]) > networks
    return said


def run_kinds(command: list[str | Path], row: str, count: int) -> None:
    """Every kind of layer by one row; where it generates code, that must have been run."""
    said = output([*command, row, str(count)]).splitlines()
    numbers = {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", said[-1])}
    assert numbers["cases"] == count * (len(said) - 1) > 0
    generating = sum("generated:" in line for line in said[:-1])
    assert numbers["generated"] == (count * generating if row.startswith("avx") else 0)
    assert numbers["different"] == numbers["writable_code"] == 0


@pytest.fixture(autouse=True)
def _tools() -> None:
    for tool in ("cmake", "ninja", "g++"):
        if shutil.which(tool, path=PATH) is None:
            pytest.skip(f"{tool} is missing")


def test_under_the_sanitizers(tmp_path: Path) -> None:
    folder = build(tmp_path, "-DVISTEST_SANITIZE=ON", "-DCMAKE_BUILD_TYPE=RelWithDebInfo")
    run_networks([folder / "random_networks"], 300)
    kinds: Path = folder / "kernel_cases"
    run_kinds([kinds], output([kinds, "chosen"]).strip(), 12)
    assert subprocess.run([kinds, "none such", "1"], check=False).returncode == 2


@pytest.mark.skipif(platform.machine() == "aarch64", reason="the other tests run on Arm here")
def test_arm_under_an_emulator(tmp_path: Path) -> None:
    for tool in (ARM_COMPILER, ARM_EMULATOR):
        if shutil.which(tool, path=PATH) is None:
            pytest.skip(f"{tool} is missing")
    folder = build(
        tmp_path,
        "-DCMAKE_SYSTEM_NAME=Linux",
        "-DCMAKE_SYSTEM_PROCESSOR=aarch64",
        f"-DCMAKE_CXX_COMPILER={ARM_COMPILER}",
        "-DCMAKE_EXE_LINKER_FLAGS=-static",
    )
    program, kinds = folder / "random_networks", folder / "kernel_cases"
    assert "neon-dotprod" in run_networks([ARM_EMULATOR, "-cpu", "max", program], 100)
    run_kinds([ARM_EMULATOR, "-cpu", "max", kinds], "neon-dotprod", 4)
    without = subprocess.run(
        [ARM_EMULATOR, "-cpu", "cortex-a53", program, "1", "3"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert without.stdout.startswith("scalar ")


def test_the_detector_by_every_row(tmp_path: Path) -> None:
    bundle = ROOT / "models/zoo/detector.vmodel"
    python = [sys.executable, "-m"]
    output([*python, "tests.engine.emulator.sparse_bundles", bundle, tmp_path])
    bundles = [bundle, *tmp_path.glob("*.vmodel")]
    assert len(bundles) == 3
    said = output([*python, "tests.engine.detector_rows", *bundles])
    assert "different=0" in said
    assert "different=1" not in said
