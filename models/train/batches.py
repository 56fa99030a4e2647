"""Batches by number: batch k is the same on every run with the same seed, so a run can resume."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from models.detector.loss import Truth
from models.train.augment import recolour
from models.train.views import View, cut_view
from vistest.core.scene import ELEMENT_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.train.config import TrainConfig
    from models.train.store import Store


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures and what is in them.

    Attributes:
        pixels: uint8 (n, H, W, 3), BGR, padded to one size.
        sizes: int64 (n, 2), height and width of each without padding.
        truths: One for each picture.
    """

    pixels: torch.Tensor
    sizes: torch.Tensor
    truths: list[Truth]


class Batches(Dataset[Batch]):
    """Every batch of a run, made when asked for."""

    def __init__(self, store: Store, config: TrainConfig) -> None:
        self._store = store
        self._config = config
        self._weights = store_weights(store, config)
        self._chances = store_chances(store, config, self._weights)

    def __len__(self) -> int:
        return self._config.images // self._config.batch

    def __getitem__(self, number: int) -> Batch:
        config = self._config
        random = np.random.default_rng([config.seed, number])
        shape = config.shapes[random.integers(len(config.shapes))]
        chosen = random.choice(len(self._chances), config.batch, p=self._chances)
        views = []
        for index in chosen:
            screen = self._store.screens[index]
            pixels = self._store.pixels(screen)
            views.append(cut_view(pixels, screen, shape, config.views, random, self._weights))
        pixels = np.stack([recolour(view.pixels, random) for view in views])
        sizes = torch.tensor([shape] * len(views))
        return Batch(torch.from_numpy(pixels), sizes, [truth_of(view) for view in views])


def store_weights(store: Store, config: TrainConfig) -> np.ndarray:
    """One weight per class: how much a view is to show of it."""
    return class_weights([s.labels.classes for s in store.screens], config.class_power)


def store_chances(store: Store, config: TrainConfig, weights: np.ndarray) -> np.ndarray:
    """The chance (n,) of each screen to be drawn, by its kit and by the classes on it."""
    classes = [s.labels.classes for s in store.screens]
    chances = screen_chances([s.kit for s in store.screens], config.kit_power)
    chances = chances * [weights[np.unique(c)].mean() if len(c) else 1.0 for c in classes]
    return chances / chances.sum()


def screen_chances(kits: list[str], power: float) -> np.ndarray:
    """The chance (n,) of each screen to be drawn: kits by their size to `power`."""
    _, index, counts = np.unique(kits, return_inverse=True, return_counts=True)
    share = counts**power / (counts**power).sum()
    chances: np.ndarray = (share / counts)[index]
    return chances / chances.sum()


def class_weights(classes: list[np.ndarray], power: float) -> np.ndarray:
    """One weight per class, 1 on average: its number of objects to the power of `-power`."""
    counts = np.bincount(np.concatenate(classes), minlength=len(ELEMENT_CLASSES))
    weights: np.ndarray = np.maximum(counts, 1.0) ** -power
    return weights / weights.mean()


def load_batches(store: Store, config: TrainConfig, first: int, workers: int) -> Iterable[Batch]:
    """Batches from number `first` on, made by `workers` processes ahead of time."""
    dataset = Batches(store, config)
    return DataLoader(
        dataset,
        batch_size=None,
        sampler=range(first, len(dataset)),
        num_workers=workers,
        prefetch_factor=4 if workers else None,
    )


def truth_of(view: View) -> Truth:
    """What is in a view, as the loss reads it."""
    return Truth(
        torch.from_numpy(view.labels.boxes),
        torch.from_numpy(view.labels.classes),
        torch.from_numpy(view.labels.clickable.astype(np.float32)),
        torch.from_numpy(view.ignored),
    )
