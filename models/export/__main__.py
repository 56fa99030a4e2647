"""`python -m models.export CHECKPOINT --screens STORE --to FOLDER`: ONNX in fp32 and int8."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer
from rich.console import Console

from models.detector.network import parameter_count
from models.export.agreement import agreement
from models.export.bundle import write_bundle
from models.export.calibration import calibration_pictures, chosen_frames
from models.export.graph import float_graph, with_byte_input
from models.export.quantise import quantised
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
    graph = float_graph(state.average)
    facts = {
        "parameters": parameter_count(state.average),
        "views": state.step * state.config.batch,
        "seed": state.config.seed,
    }
    plain = with_byte_input(graph)
    reference = write_bundle(plain, to, "detector-fp32", {"name": f"{name} fp32", **facts})
    store = open_store(screens)
    pictures = calibration_pictures(store.part("train"), count, state.config.seed)
    small = with_byte_input(quantised(graph, pictures))
    path = write_bundle(small, to, "detector", {"name": f"{name} int8", **facts})
    unseen = chosen_frames(store.part("layouts"), count, state.config.seed)
    share = agreement(LearnedDetector(reference), LearnedDetector(path), unseen)
    console.print(f"int8 finds {share:.1%} of what fp32 finds on unseen layouts")
    console.print(
        f"wrote {path.with_suffix('.onnx')} ({path.with_suffix('.onnx').stat().st_size} bytes)"
    )


typer.run(main)
