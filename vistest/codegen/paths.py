"""The path of a drag, in dp and with no more points than its shape and timing need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vistest.script.model import PathPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.events import Waypoint
    from vistest.core.geometry import Direction


def path_of(waypoints: Sequence[Waypoint], tolerance_dp: float) -> tuple[PathPoint, ...]:
    """The movement from its first waypoint, press and release included.

    A point is left out if the finger, going straight and evenly between the points that stay,
    is within `tolerance_dp` of it at its time (the synchronised distance of Meratnia and de By,
    2004), so that pauses and changes of speed survive as well as corners.
    """
    start = waypoints[0].at.dp
    points = [
        PathPoint(
            round(w.after_ms, 1), round(w.at.dp.x - start.x, 2), round(w.at.dp.y - start.y, 2)
        )
        for w in waypoints
    ]
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        worst = max(
            range(first + 1, last), key=lambda i: _error(points[i], points[first], points[last])
        )
        if _error(points[worst], points[first], points[last]) > tolerance_dp:
            kept.add(worst)
            spans += [(first, worst), (worst, last)]
    return tuple(points[index] for index in sorted(kept))


def direction_of(waypoints: Sequence[Waypoint]) -> tuple[Direction, float]:
    """Where a swipe goes, and its length as a share of the screen's extent that way."""
    start, end = waypoints[0].at, waypoints[-1].at
    size = start.screen.size
    dx, dy = end.point.x - start.point.x, end.point.y - start.point.y
    if abs(dx) > abs(dy):
        return ("right" if dx > 0 else "left"), min(1.0, abs(dx) / size.width)
    return ("down" if dy > 0 else "up"), min(1.0, abs(dy) / size.height)


def _error(point: PathPoint, first: PathPoint, last: PathPoint) -> float:
    """How far the even way from `first` to `last` is from `point` at its time."""
    whole = last.after_ms - first.after_ms
    share = (point.after_ms - first.after_ms) / whole if whole > 0 else 0.0
    dx = first.dx_dp + share * (last.dx_dp - first.dx_dp) - point.dx_dp
    dy = first.dy_dp + share * (last.dy_dp - first.dy_dp) - point.dy_dp
    return math.hypot(dx, dy)
