"""From the averaged weights of a training run to the files that the product reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.detector.network import parameter_count
from models.export.bundle import write_bundle
from models.export.calibration import calibration_pictures
from models.export.graph import float_graph, with_byte_input
from models.export.quantise import quantised
from models.sparsify.masks import sparsity_of

if TYPE_CHECKING:
    from pathlib import Path

    from models.train.state import RunState
    from models.train.store import Store
    from vistest.vision.engine.instruction_set import InstructionSet


def facts_of(state: RunState) -> dict[str, Any]:
    """What manifests and bundles say of a run."""
    facts = {
        "parameters": parameter_count(state.average),
        "views": state.step * state.config.batch,
        "seed": state.config.seed,
    }
    return facts | ({"block_sparsity": sparsity_of(state.masks)} if state.masks else {})


def write_floats(state: RunState, folder: Path, stem: str, name: str) -> Path:
    """The model in fp32; returns its manifest."""
    model = with_byte_input(float_graph(state.average))
    return write_bundle(model, folder, stem, {"name": name, **facts_of(state)})


def write_bytes(
    state: RunState,
    store: Store,
    count: int,
    folder: Path,
    stem: str,
    name: str,
    hardware: InstructionSet | None = None,
) -> Path:
    """The model in int8, calibrated on `count` screens of `store`; returns its manifest."""
    pictures = calibration_pictures(store, count, state.config.seed)
    model = with_byte_input(quantised(float_graph(state.average), pictures))
    return write_bundle(model, folder, stem, {"name": name, **facts_of(state)}, hardware)
