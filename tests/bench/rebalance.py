"""Batch rebalance: simulated on the sizes of the detector's screens, measured in two processes.

The simulation draws the sizes by the seeded code that draws the screens, without rendering them.
The measured part needs PyTorch and 200 screens, which Qt draws into out/rebalance the first time
(models/data/native/setup); where either is missing, its figures are.
VISTEST_REBALANCE_SCREENS names another folder of rendered screens.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench.rebalancing.screens import rendered_screens, screen_sizes
from tests.bench.rebalancing.simulate import simulate, time_assigning

if TYPE_CHECKING:
    from tests.bench.figures import Bench

_ROOT = Path(__file__).parents[2]
_OUT = _ROOT / "out" / "rebalance"
_SCREENS = 200


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    _OUT.mkdir(parents=True, exist_ok=True)
    sizes = screen_sizes(pages=100 if quick else 1000)
    simulate(bench, sizes, quick=quick)
    time_assigning(bench, sizes, quick=quick)
    if importlib.util.find_spec("torch") is None:
        console.print("PyTorch is missing: pip install --group train", markup=False)
        return
    from tests.bench.rebalancing.plot import draw

    draw(bench.cases, _OUT / "rebalance.png")
    console.print(f"plot: {_OUT / 'rebalance.png'}", markup=False)
    named = os.environ.get("VISTEST_REBALANCE_SCREENS")
    screens = Path(named) if named else rendered_screens(_OUT, _SCREENS)
    if screens is None:
        console.print("no screens: run models/data/native/setup", markup=False)
        return
    from tests.bench.rebalancing import measure

    store = measure.store_of(screens, _OUT)
    measure.measure_throughput(bench, store, _OUT, quick=quick)
    measure.measure_loss(bench, store, _OUT, quick=quick)
