"""Two real processes train the detector on screens of mixed sizes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from tests.bench.rebalancing.simulate import ways

if TYPE_CHECKING:
    from tests.bench.figures import Bench

_ROOT = Path(__file__).parents[3]
_GROUPS = 6
_SEEDS = (0, 1, 2)
_CONFIG = """
version = 1
seed = {seed}
images = {images}
batch = {batch}
screen_scale = 0.3
validate_images = 0
warmup_steps = 20
average = 0.98

[network]
channels = [16, 24, 48, 96, 192]
depths = [1, 1, 2, 1]
head_width = 48
"""


def store_of(screens: Path, folder: Path) -> Path:
    """A store of rendered screens, made once."""
    from models.train.store import build_store

    build_store([screens], folder / "store")
    return folder / "store"


def measure_throughput(bench: Bench, store: Path, folder: Path, *, quick: bool) -> None:
    """Images per second and idle time of each way to split, taking turns on the same batches."""
    batch, rounds = 16, 6 if quick else 48
    config = folder / "throughput.toml"
    config.write_text(_CONFIG.format(seed=0, images=10**6, batch=batch))
    worker = ["-m", "tests.bench.rebalancing.worker", str(store), str(config), str(folder)]
    _in_processes(2, [*worker, str(rounds)])
    ranks = [json.loads((folder / f"rank-{rank}.json").read_text()) for rank in (0, 1)]
    rows = [rank["rows"] for rank in ranks]
    walls = {way: _walls(rows, way) for way in ways_by_name()}
    for way, wall in walls.items():
        speeds = [batch / seconds for seconds in wall]
        bench.samples(f"images_per_second_{way}", speeds, "images/s")
        shares = [_idle_share(rank, way) for rank in rows]
        bench.samples(f"idle_share_{way}", shares, "share")  # the value is the mean of two ranks
        bench.samples(f"imbalance_measured_{way}", _imbalances(rows, way), "ratio")
    # Computing time alone tells the same where other programs disturb the machine.
    computed = {way: _slower(rows, way) for way in walls}
    for way in ("distributed_sampler", "bucketing", "greedy", "zigzag"):
        for figure, times in (("throughput", walls), ("computing", computed)):
            ratios = [other / own for other, own in zip(times[way], times["refined"], strict=True)]
            bench.samples(f"{figure}_vs_{way}", ratios, "ratio")
    bench.cases.append({"kind": "measured", "cost": ranks[0]["cost"], "seconds": walls})


def ways_by_name() -> list[str]:
    from models.data.rebalance import PADDED

    return list(ways(PADDED))


def _of(rows: list[dict[str, Any]], way: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["way"] == way]


def _walls(ranks: list[list[dict[str, Any]]], way: str) -> list[float]:
    """Mean seconds of a step in each of some groups of rounds."""
    return _grouped([max(pair) for pair in _pairs(ranks, way, "wall_s")])


def _slower(ranks: list[list[dict[str, Any]]], way: str) -> list[float]:
    """Mean computing seconds of the rank that needed more, in the same groups."""
    return _grouped([max(pair) for pair in _pairs(ranks, way, "busy_s")])


def _pairs(ranks: list[list[dict[str, Any]]], way: str, what: str) -> list[tuple[float, ...]]:
    """What both ranks measured in each step of one way."""
    return list(zip(*([row[what] for row in _of(rows, way)] for rows in ranks), strict=True))


def _grouped(steps: list[float]) -> list[float]:
    each = max(1, len(steps) // _GROUPS)
    return [fmean(steps[start : start + each]) for start in range(0, len(steps), each)]


def _idle_share(rows: list[dict[str, Any]], way: str) -> float:
    """Share of the time of its steps during which one rank did not compute."""
    chosen = _of(rows, way)
    return 1 - sum(row["busy_s"] for row in chosen) / sum(row["wall_s"] for row in chosen)


def _imbalances(ranks: list[list[dict[str, Any]]], way: str) -> list[float]:
    """Largest by mean computing time of each step."""
    return [max(pair) / fmean(pair) for pair in _pairs(ranks, way, "busy_s")]


def measure_loss(bench: Bench, store: Path, folder: Path, *, quick: bool) -> None:
    """The loss at the end of runs in one process and in two, for three seeds."""
    losses = {
        count: [_final_loss(store, folder, seed, count, quick=quick) for seed in _SEEDS]
        for count in (1, 2)
    }
    noise = (stdev(losses[1]) ** 2 + stdev(losses[2]) ** 2) ** 0.5 / len(_SEEDS) ** 0.5
    gap = abs(fmean(losses[2]) - fmean(losses[1]))
    bench.count("loss_gap_sigma", gap / noise, "sigma", len(_SEEDS))
    bench.samples("final_loss_one_process", losses[1], "loss")
    bench.samples("final_loss_two_processes", losses[2], "loss")
    bench.cases.append({"kind": "loss", "one_process": losses[1], "two_processes": losses[2]})


def _final_loss(store: Path, folder: Path, seed: int, processes: int, *, quick: bool) -> float:
    """The mean over the last fifty steps, by the command of models/README.md."""
    from models.train.state import load_run

    name = f"seed-{seed}-by-{processes}"
    config, out = folder / f"{name}.toml", folder / name
    config.write_text(_CONFIG.format(seed=seed, images=8 * (50 if quick else 150), batch=8))
    command = ["-m", "models.train", "run", "--screens", str(store), "--out", str(out)]
    options = ["--config", str(config), "--threads", "1", "--workers", "0"]
    _in_processes(processes, [*command, *options])
    last = load_run(out / "last.pt").curve[-1]
    return last.scores + 5 * last.boxes + 0.5 * last.clickable


def _in_processes(count: int, command: list[str]) -> None:
    torchrun = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={count}"]
    subprocess.run(
        [sys.executable, *(torchrun if count > 1 else ()), *command],
        cwd=_ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(_ROOT)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
