"""From a dense checkpoint to a sparse bundle: ramp, long tail, int8, compression, measurement.

Every stage leaves files in one folder, and a second call goes on where the first one ended.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from models.detector.network import parameter_count
from models.eval.engines import engine
from models.export.bundle import write_bundle
from models.export.calibration import calibration_pictures
from models.export.graph import float_graph, with_byte_input
from models.export.quantise import quantised
from models.sparsify.masks import sparsity_of
from models.sparsify.measure import precision_of
from models.train.config import read_config
from models.train.loop import Session, train
from models.train.state import load_run, run_from
from vistest.core.errors import VistestError
from vistest.vision.bundle import compress, load_bundle, save_bundle
from vistest.vision.engine.instruction_set import instruction_set
from vistest.vision.engine.onnx_reader import graph_from_onnx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.train.config import TrainConfig
    from models.train.state import RunState
    from models.train.store import Store
    from vistest.vision.bundle import ModelBundle

STEM = "detector"
BUNDLE = f"{STEM}.vmodel"
RESULT = "recipe.json"
_CALIBRATION_SCREENS = 64


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a sparse model is made of.

    Attributes:
        config: A file of models/configs with [sparsity].
        dense: Checkpoint of the dense network, which is the teacher too.
        folder: Where everything is kept.
        name: Name and version of the model.
        most: Screens that are validated on in the end.
    """

    config: Path
    dense: Path
    folder: Path
    name: str
    most: int = 200


def sparse_config(path: Path, dense: RunState) -> TrainConfig:
    """The configuration in `path`; the network is that of the dense run unless it names one.

    Raises:
        VistestError: it asks for no sparsity.
    """
    config = read_config(path)
    if "network" not in tomllib.loads(path.read_text()):
        config = replace(config, network=dense.config.network)
    if not config.sparsity.target:
        raise VistestError(f"{path} asks for no sparsity", hint="Give it a table [sparsity].")
    return config


def begin(recipe: Recipe, device: str = "cpu") -> tuple[RunState, RunState]:
    """The sparse run, where it stands, and the dense one.

    Raises:
        VistestError: the folder holds a run of another configuration.
    """
    dense = load_run(recipe.dense, device)
    config = sparse_config(recipe.config, dense)
    last = recipe.folder / "last.pt"
    if not last.exists():
        return run_from(dense, config, device), dense
    state = load_run(last, device)
    if state.config != config:
        raise VistestError(
            f"{last} is of another configuration than {recipe.config}",
            hint="Give another folder with --out, or the configuration it was begun with.",
        )
    return state, dense


def is_trained(state: RunState) -> bool:
    """Whether all views of the configuration were trained on."""
    return state.step >= state.config.images // state.config.batch


def train_sparse(
    state: RunState,
    dense: RunState,
    store: Store,
    session: Session,
    validate: Callable[[RunState], float | None],
    report: Callable[[RunState], None],
) -> None:
    """Ramp and tail, with the dense network as the teacher."""
    teacher = dense.average if state.config.distillation.weight else None
    train(state, store, replace(session, teacher=teacher), validate, report)


def export(state: RunState, store: Store, recipe: Recipe) -> ModelBundle:
    """Write ONNX in fp32 and int8, and the bundle of the latter; returns the bundle.

    Raises:
        VistestError: int8 lost zero blocks.
    """
    graph = float_graph(state.average)
    facts = {
        "parameters": parameter_count(state.average),
        "views": state.step * state.config.batch,
        "seed": state.config.seed,
        "block_sparsity": sparsity_of(state.masks),
    }
    folder = recipe.folder
    named = {"name": f"{recipe.name} fp32", **facts}
    write_bundle(with_byte_input(graph), folder, f"{STEM}-fp32", named)
    pictures = calibration_pictures(store, _CALIBRATION_SCREENS, state.config.seed)
    small = with_byte_input(quantised(graph, pictures))
    manifest = write_bundle(small, folder, STEM, {"name": f"{recipe.name} int8", **facts})
    document = json.loads(manifest.read_text())
    kept = {key: document[key] for key in ("classes", "strides", *facts)}
    target = instruction_set(state.config.sparsity.instruction_set)
    network = graph_from_onnx(manifest.with_suffix(".onnx"))
    bundle = compress(network, f"{recipe.name} int8", target, facts=kept)
    save_bundle(bundle, folder / BUNDLE)
    _check_zeros(bundle, state)
    return bundle


def measure(state: RunState, dense: RunState, layouts: Store, recipe: Recipe) -> dict[str, Any]:
    """Precision of the dense network and of the sparse one, in fp32 and int8; also written."""
    from models.eval.layouts import precision_on_store
    from vistest.vision.detectors.learned import LearnedOptions

    options = LearnedOptions()
    result: dict[str, Any] = {
        "name": recipe.name,
        "block_sparsity": sparsity_of(state.masks),
        "views": state.step * state.config.batch,
        "bundle_bytes": (recipe.folder / BUNDLE).stat().st_size,
        "weights_left_out": load_bundle(recipe.folder / BUNDLE).block_sparsity,
        "screens": min(recipe.most, len(layouts.screens)),
    }
    if layouts.screens:
        shipped = engine("learned", recipe.folder / f"{STEM}.json")
        result |= {
            "map50_dense": precision_on_store(dense.average, layouts, recipe.most, options).map50,
            "map50_fp32": precision_on_store(state.average, layouts, recipe.most, options).map50,
            "map50_int8": precision_of(shipped, layouts, recipe.most).map50,
        }
    (recipe.folder / RESULT).write_text(json.dumps(result, indent=1) + "\n")
    return result


def _check_zeros(bundle: ModelBundle, state: RunState) -> None:
    """Each weight that a mask drops is exactly zero in int8, so no layer has fewer zeros."""
    kept = sum(
        int(np.count_nonzero(layer.weight))
        for layer in bundle.graph.convolutions
        if layer.output not in bundle.graph.outputs
    )
    most = sum(
        int((parameter != 0).sum())
        for name, parameter in state.average.named_parameters()
        if parameter.ndim == 4 and not name.startswith(("head.scores", "head.boxes"))
    )
    if kept > most:
        raise VistestError(f"int8 made zeros of the masks non-zero: {kept} weights, not {most}")
