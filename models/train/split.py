"""Which screens train, which validate, and which kits are never trained on."""

from __future__ import annotations

from typing import Literal

from models.data.looks import EVALUATION_KIT_MODES
from models.data.split import trains
from vistest.core.errors import VistestError

# Their results say how the detector does on an application it knows nothing of, so they must stay
# out of training and of every choice made while tuning.
HELD_OUT_KITS = frozenset(EVALUATION_KIT_MODES)

Part = Literal["train", "layouts"]


def part_of(seed: int) -> Part:
    """All pictures of one page fall into one part: it trains, or it validates."""
    return "train" if trains(seed) else "layouts"


def refuse_held_out(kits: set[str]) -> None:
    """Stop before a held-out kit is trained on.

    Raises:
        VistestError: there is one among `kits`.
    """
    forbidden = sorted(kits & HELD_OUT_KITS)
    if forbidden:
        raise VistestError(
            f"the kits {', '.join(forbidden)} are kept for evaluation and cannot be trained on",
            hint="Render the training set without them.",
        )
