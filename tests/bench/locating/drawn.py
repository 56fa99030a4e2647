"""What drawn pairs of screens have in common: the pair, and how a detector sees known boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    import random

    from vistest.core.scene import Scene


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """Two looks of a screen; `counterpart` holds, per element of the first, the box on the second.

    It is None for what is missing there.
    """

    first: Scene
    second: Scene
    counterpart: tuple[Rect | None, ...]


def seen(box: Rect, rng: random.Random) -> Rect:
    """The box as a detector gives it, a pixel or so off."""
    edges = [edge + rng.uniform(-1.5, 1.5) for edge in box.as_list()]
    return Rect(edges[0], edges[1], max(edges[0], edges[2]), max(edges[1], edges[3]))
