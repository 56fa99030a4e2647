"""`python -m models.sparsify run | frontier`: a sparse model by one command, and which is best."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import torch
import typer
from rich.console import Console

from models.eval.layouts import precision_on_store
from models.sparsify import frontier as frontiers
from models.sparsify.recipe import Recipe, begin, export, is_trained, measure, train_sparse
from models.train.curves import draw_curves
from models.train.loop import Session
from models.train.split import refuse_held_out
from models.train.store import open_store
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import VistestError
from vistest.vision.detectors.learned import LearnedOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.train.state import RunState
    from models.train.store import Store

app = typer.Typer(add_completion=False, no_args_is_help=True)
console = Console()


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="A file of models/configs with [sparsity].")],
    dense: Annotated[Path, typer.Option(help="Checkpoint of the trained dense network.")],
    screens: Annotated[Path, typer.Option(help="The store of models.train.")],
    out: Annotated[Path, typer.Option(help="Folder of the run; a second call goes on in it.")],
    name: Annotated[str, typer.Option(help="Name and version of the model.")] = "detector sparse",
    minutes: Annotated[float | None, typer.Option(help="Pause after this time.")] = None,
    threads: Annotated[int, typer.Option(help="Of the computation.")] = os.cpu_count() or 1,
    workers: Annotated[int, typer.Option(help="Processes that make views.")] = 1,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
) -> None:
    """Dense checkpoint -> ramp -> long tail -> int8 -> bundle; call it again to go on."""
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(config, dense, out, name)
    store = open_store(screens)
    refuse_held_out({screen.kit for screen in store.screens})
    state, teacher = begin(recipe, device)
    layouts, training = store.part("layouts"), store.part("train")
    session = Session(
        out, workers=workers, precision=precision, device=device, stopped=_stop(minutes)
    )
    if not is_trained(state):
        validate = _validation(layouts, device)
        train_sparse(state, teacher, training, session, validate, lambda now: _report(now, out))
    if not is_trained(state):
        done, all_views = state.step * state.config.batch, state.config.images
        console.print(f"paused at {done} of {all_views} views; the same command goes on")
        return
    bundle = export(state, training, recipe)
    console.print(
        f"{bundle.block_sparsity:.1%} of the weights are left out of {out}/detector.vmodel"
    )
    for key, value in measure(state, teacher, layouts, recipe).items():
        console.print(f"{key}: {value}")


@app.command()
def frontier(
    nets: Annotated[Path, typer.Argument(help="TOML file that lists the nets to compare.")],
    screens: Annotated[Path, typer.Option(help="The store, for its unseen layouts.")],
    to: Annotated[Path, typer.Option(help="Folder for frontier.json and frontier.png.")],
    card: Annotated[Path | None, typer.Option(help="Model card to write the result into.")] = None,
    most: Annotated[int, typer.Option(help="Screens to measure on at most.")] = 200,
    runs: Annotated[int, typer.Option(help="Timed runs of each net, taking turns.")] = 20,
) -> None:
    """Precision against latency of dense and sparse nets; which one is the best."""
    layouts = open_store(screens).part("layouts")
    points = frontiers.measure_nets(frontiers.read_nets(nets), layouts, most, runs)
    to.mkdir(parents=True, exist_ok=True)
    frontiers.write_points(points, to / "frontier.json")
    frontiers.draw(points, to / "frontier.png")
    section = frontiers.section(points, "frontier.png")
    console.print(section, markup=False)
    if card is not None:
        card.write_text(frontiers.with_section(card.read_text(), section))


def _validation(layouts: Store, device: str) -> Callable[[RunState], float | None]:
    def validate(state: RunState) -> float | None:
        if not layouts.screens:
            return None
        most = state.config.validate_screens
        return precision_on_store(state.average, layouts, most, LearnedOptions(), device).map50

    return validate


def _stop(minutes: float | None) -> Callable[[], bool]:
    """Whether the time is up or the process was asked to end."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: asked.set())
    if minutes is None:
        return asked.is_set
    deadline = Deadline.after(minutes * 60, MonotonicClock())
    return lambda: asked.is_set() or deadline.passed


def _report(state: RunState, folder: Path) -> None:
    point = state.curve[-1]
    line = (
        f"{point.images:7d} views  zero blocks {point.sparsity:.3f}  scores {point.scores:.3f}  "
        f"boxes {point.boxes:.3f}  rate {point.rate:.1e}"
    )
    if point.map50 is not None:
        line += f"  mAP@.5 {point.map50:.3f}"
    draw_curves(state.curve, folder / "curves.png")
    console.print(line, soft_wrap=True)


def main() -> None:
    """Run a command; an error is one sentence and a hint."""
    try:
        app()
    except VistestError as error:
        console.print(f"[red]{error}[/red]\n{error.hint}")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
