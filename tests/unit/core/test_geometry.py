from hypothesis import given
from hypothesis import strategies as st

from vistest.core.geometry import Rect, Size

coordinates = st.floats(-1e4, 1e4, allow_nan=False)


@st.composite
def rects(draw: st.DrawFn) -> Rect:
    x0, x1 = sorted((draw(coordinates), draw(coordinates)))
    y0, y1 = sorted((draw(coordinates), draw(coordinates)))
    return Rect(x0, y0, x1, y1)


@given(rects(), rects())
def test_iou_is_symmetric_and_bounded(a: Rect, b: Rect) -> None:
    if a.area + b.area > 0:
        assert a.iou(b) == b.iou(a)
        assert 0.0 <= a.iou(b) <= 1.0


@given(rects())
def test_clipped_lies_on_the_screen(box: Rect) -> None:
    inside = box.clipped(Size(640, 480))
    assert 0 <= inside.left <= inside.right <= 640
    assert 0 <= inside.top <= inside.bottom <= 480


@given(rects(), st.floats(-1e5, 1e5, allow_nan=False))
def test_expanded_never_turns_inside_out(box: Rect, margin: float) -> None:
    grown = box.expanded(margin)
    assert grown.right >= grown.left - 1e-6
    assert grown.bottom >= grown.top - 1e-6


def test_covered_by_is_the_share_inside() -> None:
    assert Rect(0, 0, 10, 10).covered_by(Rect(5, 0, 20, 10)) == 0.5
