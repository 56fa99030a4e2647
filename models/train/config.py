"""Everything that decides what a training run gives, in one file with a version."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from models.detector.network import NetworkConfig
from models.sparsify.config import DistillationConfig, SparsityConfig
from models.train.views import ViewConfig
from vistest.core.errors import FormatError, UnsupportedVersion

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1

Optimizer = Literal["adamw", "muon"]


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A training run.

    Attributes:
        seed: Of weights, sampling and views.
        images: Views to train on in all.
        cooldown: Share of them during which the learning rate falls to zero, along a cosine.
            Before, it is constant: a run can so be prolonged from its last checkpoint.
        batch: Views per step.
        shapes: Heights and widths of views; one is drawn per step.
        screen_scale: Views have the size of their screen instead, at so many pixels per dp: large
            ones beside small ones in one batch. 0 for views of `shapes`.
        optimizer: `adamw`, or `muon` for the convolutions.
        learning_rate: Of either, after the warm-up.
        warmup_steps: Steps over which it rises.
        weight_decay: On convolutions only.
        average: Decay of the moving average of the weights, which is what is exported.
        kit_power: How often a kit is drawn: its number of screens to this power. 0 draws all
            kits alike, 1 all screens alike.
        class_power: How much a class weighs when screens and places are chosen: one over its number
            of objects to this power. 0 weighs all alike, so that views are full of text.
        validate_images: Views between two validations; 0 for none.
        validate_screens: Screens of unseen layouts that are validated on.
        frozen: Stages of the backbone, from the pixels on, whose weights stay as they are: 0 for
            none, 1 for the stem, 2 to stride 4. Edges are learnt early, and so near to the pixels
            they cost a third of a step.
        views: How views are cut.
        network: Shape of the network.
        sparsity: How blocks of its weights become zero.
        distillation: How it learns from a trained network.
    """

    seed: int = 0
    images: int = 60_000
    cooldown: float = 0.3
    batch: int = 16
    shapes: tuple[tuple[int, int], ...] = ((384, 384), (512, 288), (288, 512))
    optimizer: Optimizer = "adamw"
    screen_scale: float = 0.0
    learning_rate: float = 2e-3
    warmup_steps: int = 100
    weight_decay: float = 0.02
    average: float = 0.999
    kit_power: float = 0.5
    class_power: float = 0.0
    validate_images: int = 6_400
    validate_screens: int = 64
    frozen: int = 0
    views: ViewConfig = field(default_factory=ViewConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    sparsity: SparsityConfig = field(default_factory=SparsityConfig)
    distillation: DistillationConfig = field(default_factory=DistillationConfig)

    def __post_init__(self) -> None:
        if self.images < self.batch or self.batch < 1:
            raise ValueError("images must be at least one batch")
        if any(side % 32 for shape in self.shapes for side in shape):
            raise ValueError("heights and widths of views must be multiples of 32")
        if self.sparsity.target and not set(self.frozen_stages) <= set(self.sparsity.exempt):
            raise ValueError("frozen stages cannot be made sparse: name them in exempt")
        if self.optimizer not in get_args(Optimizer):
            raise ValueError(f"the optimizer is one of {', '.join(get_args(Optimizer))}")
        if self.screen_scale < 0:
            raise ValueError("screen_scale must not be below 0")

    @property
    def frozen_stages(self) -> tuple[str, ...]:
        """Names of the modules that stay as they are."""
        stages = range(len(self.network.depths))
        return ("backbone.stem", *(f"backbone.stages.{n}" for n in stages))[: self.frozen]


def read_config(path: Path) -> TrainConfig:
    """Read a TOML file; what it does not name keeps its default.

    Raises:
        FormatError: it is not such a file, or names something unknown.
    """
    try:
        return config_from(tomllib.loads(path.read_text()), path.name)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FormatError(f"{path} is not a training configuration: {error}") from error


def config_from(document: dict[str, Any], name: str = "configuration") -> TrainConfig:
    """The configuration in a parsed document that errors call `name`."""
    values = dict(document)
    version = values.pop("version", None)
    if version != VERSION:
        raise UnsupportedVersion(
            f"{name} has version {version}, this program reads {VERSION}",
            hint="Please update, or write the file anew after models/configs.",
        )
    try:
        values["views"] = ViewConfig(**_frozen(values.get("views", {})))
        values["network"] = NetworkConfig(**_frozen(values.get("network", {})))
        values["sparsity"] = SparsityConfig(**_frozen(values.get("sparsity", {})))
        values["distillation"] = DistillationConfig(**values.get("distillation", {}))
        return TrainConfig(**_frozen(values))
    except (TypeError, ValueError) as error:
        raise FormatError(f"{name} is not a training configuration: {error}") from error


def config_document(config: TrainConfig) -> dict[str, Any]:
    """What `config_from` reads, of plain values."""
    return {"version": VERSION, **dataclasses.asdict(config)}


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _tuples(value) for key, value in values.items()}


def _tuples(value: Any) -> Any:  # noqa: ANN401 - any value of a TOML file
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
