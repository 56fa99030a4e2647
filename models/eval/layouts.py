"""mAP@.5 on stored screens of unseen layouts, for the curves of a training run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.eval.metrics import Precision, average_precision
from models.eval.network_engine import find

if TYPE_CHECKING:
    from models.detector.network import Network
    from models.train.store import Store
    from vistest.vision.detectors.learned import LearnedOptions

LOW_THRESHOLD = 0.02  # average precision needs the doubtful detections too


def precision_on_store(
    network: Network, store: Store, most: int, options: LearnedOptions, device: str = "cpu"
) -> Precision:
    """Over at most `most` screens, evenly spread over the store."""
    count = min(most, len(store.screens))
    index = np.linspace(0, len(store.screens) - 1, count).round().astype(int)
    screens = [store.screens[n] for n in index]
    careful = replace(options, threshold=LOW_THRESHOLD)
    found = [
        find(network, np.asarray(store.pixels(screen)), screen.scale, careful, device)
        for screen in screens
    ]
    return average_precision(found, [screen.labels for screen in screens])
