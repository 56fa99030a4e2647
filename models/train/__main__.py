"""`python -m models.train store | run`: screens into a store, a store into a checkpoint."""

from __future__ import annotations

import dataclasses
import os
from datetime import datetime, timedelta
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import torch
import typer

from models.train.command import console, report, run_command, stop_requested, validation
from models.train.config import TrainConfig, read_config
from models.train.loop import Session, train
from models.train.split import refuse_held_out
from models.train.state import RunState, change_config, load_run, new_run, run_from
from models.train.store import build_store, open_store
from models.train.team import joined, local_processes
from vistest.core.errors import VistestError

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def store(
    sources: Annotated[list[Path], typer.Argument(help="Folders of rendered screens.")],
    to: Annotated[Path, typer.Option(help="Folder of the store.")],
) -> None:
    """Store rendered screens as pixels, once; what is stored already is kept."""
    made = build_store(sources, to)
    console.print(f"{len(made.screens)} screens in {to}")


@app.command()
def run(
    screens: Annotated[Path, typer.Option(help="The store.")],
    out: Annotated[Path, typer.Option(help="Folder for checkpoints and curves.")],
    config: Annotated[Path | None, typer.Option(help="A file of models/configs.")] = None,
    resume: Annotated[Path | None, typer.Option(help="Go on from this checkpoint.")] = None,
    start: Annotated[Path | None, typer.Option(help="A new run from these weights.")] = None,
    images: Annotated[int | None, typer.Option(help="Views to train on in all.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Stop after this time.")] = None,
    stop_at: Annotated[str | None, typer.Option(help="Stop at this time of day, HH:MM.")] = None,
    threads: Annotated[
        int | None, typer.Option(help="Of the computation; all of the machine if not given.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes that make views.")] = 1,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    precision: Annotated[str, typer.Option(help="fp32 or bf16.")] = "fp32",
    teacher: Annotated[Path | None, typer.Option(help="Checkpoint to distil from.")] = None,
) -> None:
    """Train, or go on training; stops cleanly when the images or the time are used up.

    In several processes: torchrun --nproc-per-node 2 -m models.train run ...
    """
    torch.set_num_threads(threads or max(1, (os.cpu_count() or 1) // local_processes()))
    out.mkdir(parents=True, exist_ok=True)
    everything = open_store(screens)
    refuse_held_out({screen.kit for screen in everything.screens})
    training, layouts = everything.part("train"), everything.part("layouts")
    if not training.screens:
        raise VistestError(
            f"{screens} holds no screens to train on",
            hint="Screens of even seeds train, those of odd seeds validate.",
        )
    with joined(device) as own_device:
        state = _state(config, resume, start, images, own_device)
        session = Session(
            out,
            _seconds(minutes, stop_at),
            workers=workers,
            precision=precision,
            device=own_device,
            stopped=stop_requested(),
            teacher=load_run(teacher, own_device).average if teacher else None,
        )
        validate = validation(layouts, own_device)
        train(state, training, session, validate, lambda now: report(now, out))


def _state(
    config: Path | None,
    resume: Path | None,
    start: Path | None,
    images: int | None,
    device: str,
) -> RunState:
    chosen = read_config(config) if config else TrainConfig()
    if start is not None:
        state = run_from(load_run(start, device), chosen, device)
    elif resume is None:
        state = new_run(chosen, device)
    else:
        state = load_run(resume, device)
        if config is not None:
            change_config(state, chosen)
    if images is not None:
        state.config = dataclasses.replace(state.config, images=images)
    return state


def _seconds(minutes: float | None, stop_at: str | None) -> float | None:
    limits = [] if minutes is None else [minutes * 60]
    if stop_at is not None:
        now = datetime.now().astimezone()
        hour, minute = (int(part) for part in stop_at.split(":"))
        end = now.replace(hour=hour, minute=minute, second=0)
        limits.append(((end - now) % timedelta(days=1)).total_seconds())
    return min(limits, default=None)


run_command(app)
