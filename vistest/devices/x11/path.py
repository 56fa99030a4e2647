"""The path of a drag as a hand would move."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from vistest.core.events import Waypoint
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP_MS = 16.0


def smooth(path: tuple[Waypoint, ...]) -> Iterator[Waypoint]:
    """`path` with points in between where it jumps; its own points stay."""
    yield path[0]
    for start, end in itertools.pairwise(path):
        lasts_ms = end.after_ms - start.after_ms
        still = start.at.point == end.at.point
        steps = 1 if still else max(1, int(lasts_ms / _STEP_MS))
        for step in range(1, steps):
            share = step / steps
            between = Position(_between(start.at.point, end.at.point, share), end.at.screen)
            yield Waypoint(start.after_ms + share * lasts_ms, between)
        yield end


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
