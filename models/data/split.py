"""The one place that says which made-up pages train and which are kept to judge by."""

from __future__ import annotations

from typing import Literal

Split = Literal["training", "layouts", "kits"]
SPLITS: tuple[Split, ...] = ("training", "layouts", "kits")


def trains(seed: int) -> bool:
    """Pages of even seeds train, those of odd ones never do, in whatever look and kit."""
    return seed % 2 == 0


def first_seed(split: Split) -> int:
    """The seeds of a split are this one and every second from there."""
    return 0 if split == "training" else 1
