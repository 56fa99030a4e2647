"""Sizes of the detector's training screens, drawn by the code that draws the screens."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.data.pages.mixed import mixed_page
from models.data.web.screens import looks

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOT = Path(__file__).parents[3]


def screen_sizes(pages: int) -> NDArray[np.int64]:
    """Height and width (n, 2) in pixels of all views of the first pages, without rendering one."""
    sizes = []
    for seed in range(0, 2 * pages, 2):  # even seeds are the training split
        rng = random.Random(f"detector {seed}")
        mixed_page(rng)
        sizes += [(round(v.height * v.density), round(v.width * v.density)) for v in looks(rng)]
    return np.array(sizes)


def rendered_screens(folder: Path, count: int) -> Path | None:
    """At least `count` screens below `folder`, drawn by Qt where they lack; None without Qt."""
    training = folder / "training"
    if sum(1 for _ in training.rglob("*_*.json")) >= count:
        return training
    build = [sys.executable, "-m", "models.data.build", "--source", "qt", "--jobs", "1"]
    command = [*build, "--out", str(folder), "--screens", str(count)]
    done = subprocess.run(command, cwd=_ROOT, check=False, capture_output=True)
    return training if done.returncode == 0 else None
