from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch, which CI does not install")

ROOT = Path(__file__).parents[4]


def by_processes(count: int, folder: Path):
    """What `batch_gradient.py` writes in that many processes."""
    out = folder / f"{count}.pt"
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    subprocess.run(
        [
            *torchrun,
            f"--nproc-per-node={count}",
            str(Path(__file__).with_name("batch_gradient.py")),
            str(out),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        check=True,
        timeout=200,
    )
    return torch.load(out, weights_only=True)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return by_processes(1, tmp_path_factory.mktemp("alone"))


@pytest.mark.slow
@pytest.mark.parametrize("processes", [2, 3])
def test_unequal_local_batches_give_the_gradient_of_one_worker(alone, processes, tmp_path):
    shared = by_processes(processes, tmp_path)
    assert 1 <= len(shared["local"]) < len(alone["local"]) == 7
    assert 7 / processes != len(shared["local"])
    for name, wanted in alone.items():
        if name != "local":
            assert torch.allclose(shared[name], wanted, rtol=1e-8, atol=1e-11), name
    largest = max(wanted.abs().max() for name, wanted in alone.items() if "gradient" in name)
    assert largest > 0.01
