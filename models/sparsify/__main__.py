"""`python -m models.sparsify run | frontier`: a sparse model by one command, and which is best."""

from __future__ import annotations

import os
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import torch
import typer

from models.sparsify.frontier import measure_nets
from models.sparsify.frontier_report import draw, section, with_section, write_points
from models.sparsify.measure import judging_sets
from models.sparsify.nets import read_nets
from models.sparsify.recipe import Recipe, begin, export, is_trained, measure, train_sparse
from models.train.command import console, report, run_command, stop_requested, validation
from models.train.loop import Session
from models.train.split import refuse_held_out
from models.train.store import open_store
from vistest.core.errors import FormatError

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def run(
    config: Annotated[Path, typer.Option(help="A file of models/configs with [sparsity].")],
    dense: Annotated[Path, typer.Option(help="Checkpoint of the trained dense network.")],
    screens: Annotated[Path, typer.Option(help="The store of models.train.")],
    out: Annotated[Path, typer.Option(help="Folder of the run; a second call goes on in it.")],
    name: Annotated[str, typer.Option(help="Name and version of the model.")] = "detector sparse",
    rendered: Annotated[
        Path | None, typer.Option(help="Rendered screens to judge by: unseen layouts and kits.")
    ] = None,
    most: Annotated[int, typer.Option(help="Screens of each of both at most.")] = 100,
    views: Annotated[
        int | None, typer.Option(help="To train on in all; the configuration is scaled to it.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="Pause after this time.")] = None,
    finish_in: Annotated[
        float | None, typer.Option(help="Minutes in which to end: the rate falls in time.")
    ] = None,
    threads: Annotated[int, typer.Option(help="Of the computation.")] = os.cpu_count() or 1,
    workers: Annotated[int, typer.Option(help="Processes that make views.")] = 1,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
) -> None:
    """Dense checkpoint -> ramp -> long tail -> int8 -> bundle; call it again to go on."""
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(config, dense, out, name, views)
    store = open_store(screens)
    refuse_held_out({screen.kit for screen in store.screens})
    state, teacher = begin(recipe, device)
    session = Session(
        out,
        None if finish_in is None else finish_in * 60,
        workers=workers,
        precision=precision,
        device=device,
        stopped=stop_requested(minutes),
    )
    training = store.part("train")
    if not is_trained(state):
        validate = validation(store.part("layouts"), device)
        train_sparse(state, teacher, training, session, validate, lambda now: report(now, out))
    if not is_trained(state):
        done, all_views = state.step * state.config.batch, state.config.images
        console.print(f"paused at {done} of {all_views} views; the same command goes on")
        return
    bundle = export(state, teacher, training, recipe)
    console.print(
        f"{bundle.block_sparsity:.1%} of the weights are left out of {out}/detector.vmodel"
    )
    sets = {} if rendered is None else judging_sets(rendered, most)
    for key, value in measure(state, recipe, sets).items():
        console.print(f"{key}: {value}")


@app.command()
def frontier(
    nets: Annotated[Path, typer.Argument(help="TOML file that lists the nets to compare.")],
    rendered: Annotated[
        Path, typer.Option(help="Rendered screens to judge by: unseen layouts and kits.")
    ],
    to: Annotated[Path, typer.Option(help="Folder for frontier.json and frontier.png.")],
    card: Annotated[Path | None, typer.Option(help="Model card to write the result into.")] = None,
    most: Annotated[int, typer.Option(help="Screens of each of both at most.")] = 200,
    runs: Annotated[int, typer.Option(help="Timed runs of each net, taking turns.")] = 20,
) -> None:
    """Precision against latency of dense and sparse nets; which one is the best."""
    sets = judging_sets(rendered, most)
    if "layouts" not in sets:
        raise FormatError(
            f"{rendered} holds no unseen layouts", hint="Draw some with scripts/detector-data."
        )
    points = measure_nets(read_nets(nets), sets, runs)
    to.mkdir(parents=True, exist_ok=True)
    write_points(points, to / "frontier.json")
    draw(points, to / "frontier.png")
    text = section(points, "frontier.png")
    console.print(text, markup=False)
    if card is not None:
        card.write_text(with_section(card.read_text(), text))


if __name__ == "__main__":
    run_command(app)
