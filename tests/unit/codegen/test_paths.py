from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.codegen.paths import direction_of, path_of
from vistest.core.events import Waypoint
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.script.model import PathPoint

SCREEN = Screen(Size(800, 600), 2.0)


def waypoints(points: list[tuple[float, float, float]]) -> list[Waypoint]:
    return [Waypoint(ms, Position(Point(x, y), SCREEN)) for ms, x, y in points]


def test_an_even_straight_way_is_two_points_in_dp() -> None:
    even = waypoints([(ms, 100 + ms, 50) for ms in range(0, 200, 10)])
    assert path_of(even, 1.0) == (PathPoint(0, 0, 0), PathPoint(190, 95, 0))


def test_a_pause_before_the_movement_survives() -> None:
    held = waypoints([(0, 0, 0), (600, 0, 0), (700, 100, 0), (800, 200, 0)])
    assert [point.after_ms for point in path_of(held, 1.0)] == [0, 600, 800]


@given(
    st.lists(
        st.tuples(st.floats(0, 2000), st.floats(0, 800), st.floats(0, 600)),
        min_size=2,
        max_size=60,
        unique_by=lambda point: round(point[0]),
    ),
    st.floats(0.5, 20),
)
def test_every_point_left_out_is_near_the_path_at_its_time(
    points: list[tuple[float, float, float]], tolerance: float
) -> None:
    points = sorted((float(round(ms)), x, y) for ms, x, y in points)
    path = path_of(waypoints(points), tolerance)
    assert path[0].after_ms == points[0][0]
    assert path[-1].after_ms == points[-1][0]
    for ms, x, y in points:
        expected = ((x - points[0][1]) / 2, (y - points[0][2]) / 2)
        assert math.dist(_position(path, ms), expected) <= tolerance + 0.02


def _position(path: tuple[PathPoint, ...], ms: float) -> tuple[float, float]:
    for first, last in itertools.pairwise(path):
        if first.after_ms <= ms <= last.after_ms:
            share = (ms - first.after_ms) / (last.after_ms - first.after_ms)
            return (
                first.dx_dp + share * (last.dx_dp - first.dx_dp),
                first.dy_dp + share * (last.dy_dp - first.dy_dp),
            )
    raise AssertionError


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ((400, 120), ("up", 0.3)),
        ((600, 310), ("right", 0.25)),
        ((400, 300), ("up", 0.0)),
    ],
)
def test_direction_and_share_of_the_screen(
    end: tuple[float, float], expected: tuple[str, float]
) -> None:
    assert direction_of(waypoints([(0, 400, 300), (100, *end)])) == expected
