"""Pictures that the ranges of activations are measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.frame import Frame
from vistest.vision.detectors.learned import LearnedOptions, input_factor, network_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from models.train.store import Store


def calibration_pictures(store: Store, count: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    """Network inputs of at most `count` screens, drawn at random."""
    for frame in chosen_frames(store, count, seed):
        yield network_input(frame, input_factor(frame, LearnedOptions()))


def chosen_frames(store: Store, count: int, seed: int) -> Iterator[Frame]:
    """At most `count` screens, drawn at random."""
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(store.screens))[:count]
    for index in chosen:
        screen = store.screens[index]
        yield Frame.from_bgr(np.asarray(store.pixels(screen)), density=screen.scale)
