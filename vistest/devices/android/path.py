"""The path of a finger: whether it is one even, straight line, and points in between."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from vistest.core.events import Waypoint
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STEP_MS = 30.0
_STRAIGHT_DP = 2.0


def is_even(path: Sequence[Waypoint]) -> bool:
    """Whether a finger that goes evenly from the first to the last point follows `path`."""
    first, last = path[0], path[-1]
    lasts_ms = max(last.after_ms - first.after_ms, 1.0)
    tolerance = _STRAIGHT_DP * first.at.screen.density
    return all(
        _between(first.at, last.at, (point.after_ms - first.after_ms) / lasts_ms).distance_to(
            point.at.point
        )
        <= tolerance
        for point in path
    )


def smooth(path: Sequence[Waypoint]) -> Iterator[tuple[Waypoint, bool]]:
    """`path` with points in between where it jumps, and whether each is one of its own."""
    yield path[0], True
    for start, end in itertools.pairwise(path):
        lasts_ms = end.after_ms - start.after_ms
        still = start.at.point == end.at.point
        steps = 1 if still else max(1, int(lasts_ms / _STEP_MS))
        for step in range(1, steps):
            share = step / steps
            place = Position(_between(start.at, end.at, share), end.at.screen)
            yield Waypoint(start.after_ms + share * lasts_ms, place), False
        yield end, True


def _between(start: Position, end: Position, share: float) -> Point:
    one, other = start.point, end.point
    return Point(one.x + share * (other.x - one.x), one.y + share * (other.y - one.y))
