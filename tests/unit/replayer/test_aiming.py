import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.events import KeyPress, LongPress, Pinch, Scroll, Swipe, Tap, TextInput
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.devices.base import Capabilities
from vistest.replayer.aiming import grip_point, interaction
from vistest.script.model import (
    DragStep,
    ExpectStep,
    KeyStep,
    PathPoint,
    PinchStep,
    ScrollStep,
    SwipeStep,
    TapStep,
    Target,
    TypeStep,
)

PHONE = Screen(Size(1080, 2400), 2.625)
MIDDLE = Point(540, 1200)
DESKTOP = Capabilities(hover=True, wheel=True, keyboard=True, unicode_text=True)
TOUCH = Capabilities(touch=True, multi_touch=True)
SAVE = Target(text="Save")


def test_a_tap_keeps_count_and_button() -> None:
    event = interaction(TapStep(SAVE, 2, "right"), MIDDLE, PHONE, DESKTOP)
    assert isinstance(event, Tap)
    assert (event.at.point, event.count, event.button) == (MIDDLE, 2, "right")


def test_text_and_keys_need_no_place() -> None:
    assert interaction(TypeStep("héllo"), MIDDLE, PHONE, DESKTOP) == TextInput("héllo")
    assert interaction(KeyStep(("Control", "s")), MIDDLE, PHONE, DESKTOP) == KeyPress(
        ("Control", "s")
    )


def test_the_wheel_becomes_a_slow_finger_where_there_is_none() -> None:
    event = interaction(ScrollStep(dy=3), MIDDLE, PHONE, TOUCH)
    assert isinstance(event, Swipe)
    first, last = event.path[0].at.point, event.path[-1].at.point
    assert first.y - last.y == pytest.approx(3 * 53 * 2.625)
    assert event.path[-1].at == event.path[-2].at, "it must rest before it lifts"


def test_a_swipe_becomes_the_wheel_where_there_is_no_touch() -> None:
    event = interaction(SwipeStep("up", fraction=0.5), MIDDLE, PHONE, DESKTOP)
    assert isinstance(event, Scroll)
    assert event.dy == round(0.5 * 2400 / (53 * 2.625))


def test_a_pinch_becomes_the_wheel_with_control_where_there_is_one_pointer() -> None:
    event = interaction(PinchStep(scale=1.44), MIDDLE, PHONE, DESKTOP)
    assert isinstance(event, Scroll)
    assert (event.dy, event.held) == (-2, ("Control",))
    smaller = interaction(PinchStep(scale=0.9), MIDDLE, PHONE, DESKTOP)
    assert isinstance(smaller, Scroll)
    assert smaller.dy == 1


def test_a_right_click_becomes_a_long_press_where_there_is_no_mouse() -> None:
    event = interaction(TapStep(SAVE, button="right"), MIDDLE, PHONE, TOUCH)
    assert isinstance(event, LongPress)


def test_a_pinch_without_any_way_is_left_to_the_device_to_refuse() -> None:
    assert isinstance(interaction(PinchStep(2.0), MIDDLE, PHONE, Capabilities(touch=True)), Pinch)


def test_pinching_out_zooms_in() -> None:
    event = interaction(PinchStep(scale=2.0), MIDDLE, PHONE, TOUCH)
    assert isinstance(event, Pinch)
    assert event.end_span / event.start_span == pytest.approx(2.0)


def test_a_drag_is_bent_to_its_target_and_keeps_its_timing() -> None:
    path = (PathPoint(0, 0, 0), PathPoint(100, 20, 0), PathPoint(250, 60, 0))
    event = interaction(
        DragStep(SAVE, to=SAVE, path=path), Point(100, 100), PHONE, TOUCH, end=Point(500, 900)
    )
    assert isinstance(event, Swipe)
    assert event.path[0].at.point == Point(100, 100)
    assert event.path[-1].at.point.x == pytest.approx(500)
    assert event.path[-1].at.point.y == pytest.approx(900)
    assert [waypoint.after_ms for waypoint in event.path] == [0, 100, 250]


def test_a_drag_without_a_target_moves_by_dp() -> None:
    path = (PathPoint(0, 0, 0), PathPoint(250, 60, -10))
    event = interaction(DragStep(SAVE, path=path), Point(100, 100), PHONE, TOUCH)
    assert isinstance(event, Swipe)
    assert event.path[-1].at.point.x == pytest.approx(100 + 60 * 2.625)
    assert event.path[-1].at.point.y == pytest.approx(100 - 10 * 2.625)


def test_a_drag_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a target"):
        interaction(DragStep(SAVE), MIDDLE, PHONE, TOUCH)


def test_an_expectation_performs_nothing() -> None:
    with pytest.raises(ValueError, match="performs nothing"):
        interaction(ExpectStep(SAVE), MIDDLE, PHONE, TOUCH)


@given(
    st.floats(0, 1079),
    st.floats(0, 2399),
    st.sampled_from(["up", "down", "left", "right"]),
    st.floats(0.05, 1.0),
)
def test_a_swipe_never_leaves_the_screen(x: float, y: float, direction: str, share: float) -> None:
    event = interaction(SwipeStep(direction, fraction=share), Point(x, y), PHONE, TOUCH)
    assert isinstance(event, Swipe)
    screen = Rect(0, 0, 1080, 2400)
    assert all(screen.contains(waypoint.at.point) for waypoint in event.path)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_grip_lies_in_its_box(across: float, down: float) -> None:
    point = grip_point(Rect(10, 20, 110, 50), (across, down))
    assert 10 <= point.x <= 110
    assert 20 <= point.y <= 50
