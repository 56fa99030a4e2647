"""`python -m models.export CHECKPOINT --screens STORE --to FOLDER`: ONNX in fp32 and int8."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console

from models.detector.network import parameter_count
from models.export.bundle import write_bundle
from models.export.graph import float_graph, with_byte_input
from models.export.quantise import quantised
from models.train.state import load_run
from models.train.store import Store, open_store
from vistest.core.frame import Frame
from vistest.vision.detectors.learned import LearnedOptions, input_factor, network_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

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
    write_bundle(with_byte_input(graph), to, "detector-fp32", {"name": f"{name} fp32", **facts})
    pictures = calibration_pictures(open_store(screens).part("train"), count, state.config.seed)
    small = with_byte_input(quantised(graph, pictures))
    path = write_bundle(small, to, "detector", {"name": f"{name} int8", **facts})
    console.print(
        f"wrote {path.with_suffix('.onnx')} ({path.with_suffix('.onnx').stat().st_size} bytes)"
    )


def calibration_pictures(store: Store, count: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    """Network inputs of `count` screens, drawn at random."""
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(store.screens))[:count]
    for index in chosen:
        screen = store.screens[index]
        frame = Frame.from_bgr(np.asarray(store.pixels(screen)), density=screen.scale)
        yield network_input(frame, input_factor(frame, LearnedOptions()))


typer.run(main)
