"""Replays real applications on screens that the script was not recorded on.

Four parts: galculator on four screens; the same intention on other calculators; a text editor with
menus, a dialog and Unicode text; a game that draws itself. What an application shows is asked of
the application itself (its clipboard, its file, its log), never of OCR.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench.replaying import canvas, editor, other_apps, same_app
from tests.bench.replaying.stage import Stage

if TYPE_CHECKING:
    from tests.bench.figures import Bench


def run(bench: Bench, *, quick: bool) -> None:
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="vistest-bench-") as folder:
        stage = Stage(Path(folder), console)
        same_app.measure(bench, stage, runs=2 if quick else 20)
        other_apps.measure(bench, stage)
        editor.measure(bench, stage, runs=2 if quick else 10)
        canvas.measure(bench, stage, runs=2 if quick else 10)
        bench.samples("step_overhead_ms", stage.own_ms, "ms")
        deciles = statistics.quantiles(stage.own_ms, n=10)
        bench.count("step_overhead_p90_ms", deciles[-1], "ms", len(stage.own_ms))
