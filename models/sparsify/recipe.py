"""From a dense checkpoint to a sparse bundle: ramp, long tail, int8, compression, measurement.

Every stage leaves files in one folder, and a second call goes on where the first one ended.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from models.export.run import facts_of, write_bytes, write_floats
from models.sparsify.measure import precisions
from models.train.config import read_config
from models.train.loop import Session, train
from models.train.state import load_run, run_from
from vistest.core.errors import VistestError
from vistest.vision.bundle import load_bundle
from vistest.vision.engine.instruction_set import instruction_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from models.eval.truth import Example
    from models.train.config import TrainConfig
    from models.train.state import RunState
    from models.train.store import Store
    from vistest.vision.bundle import ModelBundle

STEM, DENSE_STEM = "detector", "dense-fp32"
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
        views: To train on in place of those that the configuration names; its times are scaled.
    """

    config: Path
    dense: Path
    folder: Path
    name: str
    views: int | None = None


def sparse_config(recipe: Recipe, dense: RunState) -> TrainConfig:
    """The configuration; the network is that of the dense run unless it names one.

    Raises:
        VistestError: it asks for no sparsity.
    """
    config = read_config(recipe.config)
    if "network" not in tomllib.loads(recipe.config.read_text()):
        config = replace(config, network=dense.config.network)
    if not config.sparsity.target:
        raise VistestError(f"{recipe.config} asks for no sparsity", hint="Give it a [sparsity].")
    return config if recipe.views is None else scaled_config(config, recipe.views)


def scaled_config(config: TrainConfig, views: int) -> TrainConfig:
    """The same run in `views`: ramp and regrowth take the same share of it."""
    share = views / config.images
    times = {
        name: round(share * getattr(config.sparsity, name))
        for name in ("first", "ramp", "regrow_until")
    }
    return replace(config, images=views, sparsity=replace(config.sparsity, **times))


def begin(recipe: Recipe, device: str = "cpu") -> tuple[RunState, RunState]:
    """The sparse run, where it stands, and the dense one.

    Raises:
        VistestError: the folder holds a run of another configuration.
    """
    dense = load_run(recipe.dense, device)
    config = sparse_config(recipe, dense)
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
    """Whether all views were trained on, or as many as the time allowed: the rate has fallen."""
    if state.step >= state.config.images // state.config.batch:
        return True
    fallen = state.cooldown is not None and state.cooldown.ended(state.step)
    return fallen and state.step * state.config.batch >= state.config.sparsity.end


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


def export(state: RunState, dense: RunState, store: Store, recipe: Recipe) -> ModelBundle:
    """Write ONNX in fp32 and int8, the bundle of the latter, and the dense network in fp32.

    Raises:
        VistestError: int8 lost zero blocks.
    """
    folder, name = recipe.folder, recipe.name
    write_floats(dense, folder, DENSE_STEM, f"{name}, dense fp32")
    write_floats(state, folder, f"{STEM}-fp32", f"{name} fp32")
    hardware = instruction_set(state.config.sparsity.instruction_set)
    write_bytes(state, store, _CALIBRATION_SCREENS, folder, STEM, f"{name} int8", hardware)
    bundle = load_bundle(folder / BUNDLE)
    _check_zeros(bundle, state)
    return bundle


def measure(
    state: RunState, recipe: Recipe, sets: Mapping[str, Sequence[Example]]
) -> dict[str, Any]:
    """Precision of the dense network and of the sparse one, in fp32 and int8; also written."""
    folder = recipe.folder
    result: dict[str, Any] = {
        "name": recipe.name,
        **facts_of(state),
        "bundle_bytes": (folder / BUNDLE).stat().st_size,
        "weights_left_out": load_bundle(folder / BUNDLE).block_sparsity,
    }
    stems = {"dense_fp32": DENSE_STEM, "fp32": f"{STEM}-fp32", "int8": STEM}
    found = {
        kind: precisions(folder / f"{stem}.json", sets) if sets else {}
        for kind, stem in stems.items()
    }
    for name, examples in sets.items():
        result[f"screens_{name}"] = len(examples)
        result |= {f"map50_{name}_{kind}": by_set[name] for kind, by_set in found.items()}
        result[f"map50_loss_{name}"] = found["dense_fp32"][name] - found["int8"][name]
    (folder / RESULT).write_text(json.dumps(result, indent=1) + "\n")
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
