from hypothesis import given
from hypothesis import strategies as st

from vistest.core.events import Waypoint
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.x11.fake_input import FakeEvent, _stretches
from vistest.devices.x11.keyboard import _missing, _runs
from vistest.devices.x11.path import smooth

SCREEN = Screen(Size(2000, 2000))
steps = st.tuples(st.floats(0, 300), st.integers(0, 1999), st.integers(0, 1999))


@given(st.lists(steps, min_size=1, max_size=20))
def test_a_smooth_path_keeps_its_own_points_and_never_goes_back_in_time(
    points: list[tuple[float, int, int]],
) -> None:
    path, now_ms = [], 0.0
    for after_ms, x, y in points:
        now_ms += after_ms
        path.append(Waypoint(now_ms, Position(Point(x, y), SCREEN)))
    smoothed = list(smooth(tuple(path)))
    assert [point for point in smoothed if point in path] == path
    times = [point.after_ms for point in smoothed]
    assert times == sorted(times)


def test_a_jump_is_walked() -> None:
    ends = [Waypoint(ms, Position(Point(x, 0), SCREEN)) for ms, x in ((0, 0), (160, 100))]
    assert [point.at.point.x for point in smooth(tuple(ends))] == [10.0 * n for n in range(11)]


@given(st.lists(st.floats(0, 500), max_size=50))
def test_stretches_are_the_whole_in_order(waits_ms: list[float]) -> None:
    times = [sum(waits_ms[: index + 1]) for index in range(len(waits_ms))]
    events = [FakeEvent(at_ms, "move") for at_ms in times]
    assert [event for stretch in _stretches(events) for event in stretch] == events


def test_a_long_press_is_timed_by_the_server_alone() -> None:
    events = [FakeEvent(0, "move"), FakeEvent(12, "button_down", 1), FakeEvent(900, "button_up", 1)]
    assert list(_stretches(events)) == [events]


def test_as_much_is_bound_at_once_as_fits() -> None:
    assert _missing("abcabd", {"a": 0}, room=2) == (["b", "c"], 5)
    assert _missing("aaa", {"a": 0}, room=0) == ([], 3)
    assert _missing("b", {}, room=0) == ([], 0)


def test_neighbouring_keycodes_are_changed_together() -> None:
    assert _runs([3, 4, 5, 9, 11, 12]) == [[3, 4, 5], [9], [11, 12]]
