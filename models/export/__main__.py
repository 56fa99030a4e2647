"""`python -m models.export CHECKPOINT --screens STORE --to FOLDER`: ONNX in fp32 and int8."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer
from rich.console import Console

from models.export.agreement import agreement
from models.export.calibration import chosen_frames
from models.export.run import write_bytes, write_floats
from models.train.state import load_run
from models.train.store import open_store
from vistest.vision.detectors.learned import LearnedDetector

console = Console()


def main(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint of models.train.")],
    screens: Annotated[Path, typer.Option(help="The store that it was trained on.")],
    to: Annotated[Path, typer.Option(help="Folder for the models.")],
    name: Annotated[str, typer.Option(help="Name and version of the model.")],
    count: Annotated[int, typer.Option(help="Training screens to calibrate int8 on.")] = 64,
) -> None:
    """Export the averaged weights of a checkpoint."""
    state = load_run(checkpoint)
    store = open_store(screens)
    reference = write_floats(state, to, "detector-fp32", f"{name} fp32")
    path = write_bytes(state, store.part("train"), count, to, "detector", f"{name} int8")
    unseen = chosen_frames(store.part("layouts"), count, state.config.seed)
    share = agreement(LearnedDetector(reference), LearnedDetector(path), unseen)
    console.print(f"int8 finds {share:.1%} of what fp32 finds on unseen layouts")
    console.print(
        f"wrote {path.with_suffix('.onnx')} ({path.with_suffix('.onnx').stat().st_size} bytes)"
    )


typer.run(main)
