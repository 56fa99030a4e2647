"""What the commands of this workshop have in common: when to stop, what to validate and print."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from rich.console import Console

from models.eval.layouts import precision_on_store
from models.train.curves import draw_curves
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import VistestError
from vistest.vision.detectors.learned import LearnedOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.train.state import RunState
    from models.train.store import Store

console = Console()


def stop_requested(minutes: float | None = None) -> Callable[[], bool]:
    """Whether the process was asked to end, or the time is up; it does so after a whole step."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: asked.set())
    if minutes is None:
        return asked.is_set
    deadline = Deadline.after(minutes * 60, MonotonicClock())
    return lambda: asked.is_set() or deadline.passed


def validation(layouts: Store, device: str) -> Callable[[RunState], float | None]:
    """Gives mAP@.5 of the averaged weights on unseen layouts; None if there are none."""

    def validate(state: RunState) -> float | None:
        if not layouts.screens:
            return None
        most = state.config.validate_screens
        return precision_on_store(state.average, layouts, most, LearnedOptions(), device).map50

    return validate


def report(state: RunState, folder: Path) -> None:
    """Print the last point of the curves, and draw them."""
    point = state.curve[-1]
    each_ms = 1000 * state.seconds / max(1, point.images)
    parts = [f"{point.images:7d} views"]
    if state.masks:
        parts.append(f"zero blocks {point.sparsity:.3f}")
    parts += [f"{name} {getattr(point, name):.3f}" for name in ("scores", "boxes", "clickable")]
    parts += [f"rate {point.rate:.1e}", f"{each_ms:.0f} ms a view"]
    if point.map50 is not None:
        parts.append(f"mAP@.5 {point.map50:.3f}")
    draw_curves(state.curve, folder / "curves.png")
    console.print("  ".join(parts), soft_wrap=True)


def run_command(command: Callable[[], object]) -> None:
    """Run it; an error is one sentence and a hint."""
    try:
        command()
    except VistestError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        console.print(error.hint, markup=False, soft_wrap=True)
        raise SystemExit(1) from error
