"""One rank's share of every batch: the same views in all, whoever makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from models.data.rebalance import pixels
from models.data.rebalance.padding import pad_pictures
from models.train.augment import recolour
from models.train.batches import Batch, store_chances, store_weights, truth_of
from models.train.views import cut_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from models.data.rebalance.plans import Plans
    from models.train.config import TrainConfig
    from models.train.store import Store

_STRIDE = 32
_SMALLEST = 64


@dataclass(frozen=True, slots=True)
class Share:
    """Which views of a batch one rank makes.

    Attributes:
        number: Of the batch.
        places: Which of its views.
    """

    number: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A batch as it is drawn, before a pixel is read.

    Attributes:
        screens: Index of the screen of each view.
        sizes: int64 (n, 2), height and width of each view.
    """

    screens: NDArray[np.int64]
    sizes: NDArray[np.int64]


class Draws:
    """Says what is in every batch; it depends on the seed and the number of the batch alone."""

    def __init__(self, store: Store, config: TrainConfig) -> None:
        self._config = config
        self._chances = store_chances(store, config, store_weights(store, config))
        self._sizes = _view_sizes(store, config.screen_scale) if config.screen_scale else None

    def __len__(self) -> int:
        return self._config.images // self._config.batch

    def draw(self, number: int) -> Drawn:
        """Batch `number`."""
        config = self._config
        random = np.random.default_rng([config.seed, number])
        shape = config.shapes[random.integers(len(config.shapes))]
        chosen = random.choice(len(self._chances), config.batch, p=self._chances)
        sizes = np.tile(shape, (config.batch, 1)) if self._sizes is None else self._sizes[chosen]
        return Drawn(chosen, sizes)


class ShareDataset(Dataset[Batch]):
    """Makes the views of a share. Each view has random numbers of its own."""

    def __init__(self, store: Store, config: TrainConfig, draws: Draws) -> None:
        self._store, self._config, self._draws = store, config, draws
        self._weights = store_weights(store, config)

    def __getitem__(self, share: Share) -> Batch:
        drawn = self._draws.draw(share.number)
        pictures, truths = [], []
        for place in share.places:
            random = np.random.default_rng([self._config.seed, share.number, place])
            screen = self._store.screens[drawn.screens[place]]
            shape = (int(drawn.sizes[place, 0]), int(drawn.sizes[place, 1]))
            pixels = self._store.pixels(screen)
            view = cut_view(pixels, screen, shape, self._config.views, random, self._weights)
            pictures.append(torch.from_numpy(recolour(view.pixels, random)))
            truths.append(truth_of(view))
        return Batch(*pad_pictures(pictures), truths)


class ShareSampler:
    """The shares of one rank, from batch `first` on."""

    def __init__(self, draws: Draws, plans: Plans, first: int, rank: int, workers: int) -> None:
        self._draws, self._plans, self._first = draws, plans, first
        self._rank, self._workers = rank, workers

    def __len__(self) -> int:
        return len(self._draws) - self._first

    def __iter__(self) -> Iterator[Share]:
        for number in range(self._first, len(self._draws)):
            samples = pixels(self._draws.draw(number).sizes)
            parts = self._plans.at((0, number)).split(samples, self._workers)
            yield Share(number, tuple(parts[self._rank].tolist()))


def load_shares(
    dataset: ShareDataset, sampler: ShareSampler, workers: int, prefetch: int
) -> Iterable[Batch]:
    """Shares made by `workers` processes, up to `prefetch` each ahead of time."""
    return DataLoader(
        dataset,
        batch_size=None,
        sampler=sampler,
        num_workers=workers,
        prefetch_factor=prefetch if workers else None,
    )


def _view_sizes(store: Store, scale: float) -> NDArray[np.int64]:
    """(screens, 2), multiples of the network's largest stride."""
    sides = [np.array(store.size(screen)) * (scale / screen.scale) for screen in store.screens]
    steps = np.round(np.array(sides) / _STRIDE).astype(np.int64)
    return np.maximum(steps * _STRIDE, _SMALLEST)
