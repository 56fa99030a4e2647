"""How good a detector is on stored screens of unseen layouts, as it would be shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.eval.engines import as_boxes
from models.eval.metrics import average_precision
from vistest.core.frame import Frame

if TYPE_CHECKING:
    from models.eval.metrics import Precision
    from models.train.store import Store
    from vistest.vision.contracts import Detector


def precision_of(detector: Detector, layouts: Store, most: int) -> Precision:
    """Over at most `most` screens, evenly spread over the store."""
    count = min(most, len(layouts.screens))
    index = np.linspace(0, len(layouts.screens) - 1, count).round().astype(int)
    screens = [layouts.screens[n] for n in index]
    found = []
    for screen in screens:
        frame = Frame.from_bgr(np.asarray(layouts.pixels(screen)), density=screen.scale)
        found.append(as_boxes(detector.detect(frame)))
    return average_precision(found, [screen.labels for screen in screens])
