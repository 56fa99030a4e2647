from hypothesis import given
from hypothesis import strategies as st

from vistest.core.geometry import Point, Screen, Size
from vistest.devices.android.getevent import AxisRange
from vistest.devices.android.panel import Panel

PHONE = Screen(Size(1080, 2400), 2.625)
RANGE = (AxisRange(0, 4095), AxisRange(0, 8191))


def test_a_turned_phone_has_its_corner_elsewhere() -> None:
    corner = 10, 20  # near the corner that is top left when the phone is upright
    upright, left, over, right = (
        Panel(*RANGE, PHONE, quarters).position(*corner) for quarters in range(4)
    )
    assert upright.point == Point(2, 5)
    assert left.point == Point(5, 1077)
    assert left.screen.size == Size(2400, 1080)
    assert over.point == Point(1077, 2394)
    assert right.point == Point(2394, 2)


@given(
    st.integers(0, 3),
    st.integers(-50, 50),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
)
def test_a_pixel_comes_back_through_the_panel(
    quarters: int, low: int, across: float, down: float
) -> None:
    panel = Panel(AxisRange(low, low + 4095), AxisRange(low, low + 8191), PHONE, quarters)
    size = panel.screen.size
    x, y = int(across * size.width), int(down * size.height)
    assert panel.position(*panel.units(x, y)).point == Point(x, y)


def test_a_finger_at_the_rim_stays_on_the_screen() -> None:
    panel = Panel(*RANGE, PHONE)
    assert panel.position(4096, 9000).point == Point(1079, 2399)
    assert panel.position(-3, -3).point == Point(0, 0)
