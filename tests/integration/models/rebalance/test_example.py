from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs PyTorch, which CI does not install")

ROOT = Path(__file__).parents[4]
TORCHRUN = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]


def losses(*start: str):
    program = [sys.executable, *start, "-m", "models.data.rebalance.example_lines"]
    said = subprocess.run(
        program,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
        text=True,
        timeout=200,
    ).stdout
    return [float(line.rpartition(" ")[2]) for line in said.splitlines() if "epoch" in line]


@pytest.mark.slow
def test_the_example_learns_the_same_in_one_process_and_in_two():
    alone, together = losses(), losses(*TORCHRUN)
    assert len(alone) == 3
    assert alone[-1] < alone[0]
    assert together == pytest.approx(alone, rel=1e-3)
