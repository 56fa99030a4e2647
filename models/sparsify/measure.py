"""How good an exported detector is on rendered screens that were not trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.eval.engines import as_boxes, engine
from models.eval.metrics import average_precision
from models.eval.truth import sets_of, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from models.eval.truth import Example

LAYOUTS, KITS = "layouts", "unseen_kits"
_NAMES = {"layouts": LAYOUTS, "kits": KITS}


def judging_sets(folder: Path, most: int) -> dict[str, list[Example]]:
    """Unseen layouts of the kits that are trained on, and kits never trained on.

    Args:
        folder: Rendered screens; what is not in it is left out.
        most: Screens of a set at most, evenly spread.
    """
    found = sets_of(folder, None, None)
    return {_NAMES[name]: spread(examples, most) for name, examples in found.items()}


def precisions(manifest: Path, sets: Mapping[str, Sequence[Example]]) -> dict[str, float]:
    """mAP@.5 by set of the detector that `manifest` describes, as it would be shipped."""
    detector = engine("learned", manifest)
    return {
        name: average_precision(
            [as_boxes(detector.detect(example.frame())) for example in examples],
            [example.labels for example in examples],
        ).map50
        for name, examples in sets.items()
    }
