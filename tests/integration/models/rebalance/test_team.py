"""The detector's training in several processes, as torchrun starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch, which CI does not install")

from models.train.state import load_run
from models.train.store import build_store
from tests.unit.models.conftest import draw_screen
from vistest.core.clock import Deadline, MonotonicClock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]
CONFIG = """
version = 1
images = 48
batch = 4
screen_scale = 0.25
validate_images = 0
warmup_steps = 1

[network]
channels = [8, 8, 16, 16, 16]
depths = [1, 1, 1, 1]
head_width = 16
"""


@pytest.fixture(scope="module")
def screens(tmp_path_factory):
    """A store of a watch, phones and a desktop."""
    folder = tmp_path_factory.mktemp("drawn")
    for seed, size in enumerate([(200, 200), (320, 560), (360, 780), (200, 240), (1280, 800)]):
        draw_screen(folder, 2 * seed, "plain", size, 1.0)
    store = tmp_path_factory.mktemp("store")
    build_store([folder], store)
    return store


def start(processes: int, screens: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """The command of models/README.md."""
    config = out.with_suffix(".toml")
    config.write_text(CONFIG)
    torchrun = ["torch.distributed.run", "--standalone", f"--nproc-per-node={processes}", "-m"]
    command = ["-m", *(torchrun if processes > 1 else ()), "models.train", "run"]
    options = ["--screens", str(screens), "--out", str(out), "--threads", "1", "--workers", "0"]
    if "--resume" not in more:
        options += ["--config", str(config)]
    return subprocess.Popen(
        [sys.executable, *command, *options, *more],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "300"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(processes: int, screens: Path, out: Path, *more: str):
    process = start(processes, screens, out, *more)
    said, _ = process.communicate(timeout=200)
    assert process.returncode == 0, said
    return load_run(out / "last.pt")


def steps(processes: int, screens: Path, out: Path):
    """What `few_steps.py` writes in that many processes."""
    torchrun = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
    program = str(Path(__file__).with_name("few_steps.py"))
    subprocess.run(
        [sys.executable, *torchrun, program, str(screens), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        check=True,
        timeout=200,
    )
    return torch.load(out, weights_only=True)


def test_two_processes_learn_what_one_learns(screens, tmp_path):
    alone, team = (steps(count, screens, tmp_path / f"{count}.pt") for count in (1, 2))
    assert team["losses"] == pytest.approx(alone["losses"], rel=1e-6)
    assert max(team["views"]) < 8 == max(alone["views"])
    for name, wanted in alone["weights"].items():
        assert torch.allclose(team["weights"][name], wanted, rtol=1e-4, atol=1e-6), name


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_process_ends_the_run_with_a_checkpoint(screens, tmp_path, lost):
    out = tmp_path / "out"
    process = start(2, screens, out, "--images", "100000")
    assert process.stdout is not None
    said = ""
    while " views " not in said:  # the first point of the curves
        line = process.stdout.readline()
        assert line, said
        said += line
    victim = next(
        child
        for child in psutil.Process(process.pid).children()
        if child.environ().get("RANK") == str(lost)
    )
    victim.send_signal(signal.SIGKILL)
    deadline = Deadline.after(60, MonotonicClock())
    rest, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert not deadline.passed
    assert f"process {1 - lost} lost another process of this run at step" in rest
    assert f"--resume {out / 'last.pt'}" in rest
    saved = load_run(out / "last.pt")
    assert saved.step >= 50
    assert len(saved.curve) == saved.step // 50
    more = str((saved.step + 3) * saved.config.batch)
    resumed = run(1, screens, out, "--resume", str(out / "last.pt"), "--images", more)
    assert resumed.step == saved.step + 3
