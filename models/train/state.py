"""All that a run needs to go on: weights, their average, the optimizer, the curves."""

from __future__ import annotations

import copy
import os
from dataclasses import asdict, dataclass, field
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

import torch

from models.detector.network import Network
from models.train.config import TrainConfig, config_document, config_from
from models.train.muon import Muon
from models.train.schedule import Cooldown
from vistest.core.errors import FormatError, UnsupportedVersion, VistestError

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1


@dataclass
class Point:
    """One point of the curves: means since the point before."""

    images: int
    seconds: float
    scores: float
    boxes: float
    clickable: float
    rate: float
    map50: float | None = None
    sparsity: float = 0.0


@dataclass(frozen=True, slots=True)
class KnownCost:
    """What was learned from measured times; see `models.data.rebalance`.

    Attributes:
        first: Step from which batches are split by it.
        factors: Of `LinearCost`.
        speeds: Of the processes that took part.
    """

    first: int
    factors: tuple[float, ...]
    speeds: tuple[float, ...]


@dataclass
class RunState:
    """A run, where it stands.

    Attributes:
        config: Of the run.
        network: The weights being trained.
        average: Their moving average: what is validated and exported.
        optimizer: AdamW with its moments.
        step: Steps done.
        cooldown: The fall of the learning rate, once it has begun in time for the end of a session.
        seconds: Time spent, over all sessions of the run.
        curve: Points of the curves.
        masks: Blocks that are kept, by layer; empty for a dense network (`models/sparsify`).
        costs: What local batches were found to cost, each with the step from which it holds.
    """

    config: TrainConfig
    network: Network
    average: Network
    optimizer: torch.optim.Optimizer
    step: int = 0
    cooldown: Cooldown | None = None
    seconds: float = 0.0
    curve: list[Point] = field(default_factory=list)
    masks: dict[str, torch.Tensor] = field(default_factory=dict)
    costs: list[KnownCost] = field(default_factory=list)


def new_run(config: TrainConfig, device: str = "cpu") -> RunState:
    """A fresh run of `config`."""
    torch.manual_seed(config.seed)
    network = Network(config.network).to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval().requires_grad_(requires_grad=False)
    return RunState(config, network, average, _optimizer(network, config))


def run_from(trained: RunState, config: TrainConfig, device: str = "cpu") -> RunState:
    """A new run of `config` that begins with the averaged weights of `trained`.

    Raises:
        VistestError: they are of another network.
    """
    check_network(trained, config)
    state = new_run(config, device)
    for network in (state.network, state.average):
        network.load_state_dict(trained.average.state_dict())
    return state


def check_network(trained: RunState, config: TrainConfig) -> None:
    """Stop before weights meet a network that they are not for.

    Raises:
        VistestError: the checkpoint and the configuration differ.
    """
    if config.network != trained.config.network:
        raise VistestError(
            "the checkpoint is of another network than the configuration",
            hint="Give the configuration the [network] of the checkpoint.",
        )


def change_config(state: RunState, config: TrainConfig) -> None:
    """Go on with other settings; the learning rate starts anew, the network stays what it is.

    Raises:
        VistestError: the checkpoint is of another network or optimizer.
    """
    check_network(state, config)
    if config.optimizer != state.config.optimizer:
        raise VistestError(
            f"the checkpoint was trained by {state.config.optimizer}, not by {config.optimizer}",
            hint="Name that optimizer in the configuration, or begin anew with --start.",
        )
    state.config, state.cooldown = config, None


def save_run(state: RunState, path: Path) -> None:
    """Write a checkpoint; a run that is killed while writing keeps the one before."""
    document = {
        "version": VERSION,
        "config": config_document(state.config),
        "network": state.network.state_dict(),
        "average": state.average.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "step": state.step,
        "cooldown": asdict(state.cooldown) if state.cooldown else None,
        "seconds": state.seconds,
        "curve": [asdict(point) for point in state.curve],
        "masks": state.masks,
        "costs": [asdict(cost) for cost in state.costs],
    }
    partial = path.with_suffix(f".{os.getpid()}.partial")  # survivors of a lost process all write
    torch.save(document, partial)
    partial.replace(path)


def load_run(path: Path, device: str = "cpu") -> RunState:
    """Read a checkpoint."""
    document = read_checkpoint(path, device)
    state = new_run(config_from(document["config"], path.name), device)
    state.network.load_state_dict(document["network"])
    state.average.load_state_dict(document["average"])
    if "optimizer" in document:
        state.optimizer.load_state_dict(document["optimizer"])
    state.step = document["step"]
    state.cooldown = Cooldown(**document["cooldown"]) if document["cooldown"] else None
    state.seconds = document["seconds"]
    state.curve = [Point(**point) for point in document["curve"]]
    state.masks = document.get("masks", {})
    state.costs = [KnownCost(**cost) for cost in document.get("costs", [])]
    return state


def read_checkpoint(path: Path, device: str = "cpu") -> dict[str, Any]:
    """The plain content of a checkpoint; only tensors and plain values are ever unpickled.

    Raises:
        FormatError: it is none, or of another version.
    """
    try:
        document = torch.load(path, map_location=device, weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, UnpicklingError) as error:
        raise FormatError(f"{path} is not a checkpoint, or was damaged") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise UnsupportedVersion(f"{path} is a checkpoint of another version")
    return document


@torch.no_grad()
def follow(average: Network, network: Network, decay: float, step: int) -> None:
    """Move the average towards the weights, faster in the first steps."""
    decay = min(decay, (1 + step) / (20 + step))
    for mean, now in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(now, 1 - decay)
        else:
            mean.copy_(now)


def _optimizer(network: Network, config: TrainConfig) -> torch.optim.Optimizer:
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": config.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    rates = {"lr": config.learning_rate, "betas": (0.9, 0.99)}
    if config.optimizer == "adamw":
        return torch.optim.AdamW(groups, **rates)
    outputs = {
        id(p) for module in (network.head.scores, network.head.boxes) for p in module.parameters()
    }
    groups[0]["params"] = [p for p in decayed if id(p) not in outputs]
    groups[1]["params"] += [p for p in decayed if id(p) in outputs]
    groups[0]["orthogonal"] = True
    return Muon(groups, **rates)
