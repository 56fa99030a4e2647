import cv2
import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.appearance import LENGTH, describe, similarity


def _icon(kind: str, side: int, ink: int, paper: int) -> Frame:
    pixels = np.full((side, side, 3), paper, np.uint8)
    middle, reach, thick = side // 2, side // 3, max(1, side // 12)
    colour = (ink, ink, ink)
    if kind == "cross":
        cv2.line(pixels, (middle, middle - reach), (middle, middle + reach), colour, thick)
        cv2.line(pixels, (middle - reach, middle), (middle + reach, middle), colour, thick)
    elif kind == "ring":
        cv2.circle(pixels, (middle, middle), reach, colour, thick)
    else:
        cv2.line(pixels, (side // 5, side // 5), (4 * side // 5, 4 * side // 5), colour, thick)
    return Frame.from_bgr(pixels)


def _look(frame: Frame) -> np.ndarray:
    return describe(frame, [Rect(0, 0, frame.size.width, frame.size.height)])


def test_polarity_and_size_do_not_matter_but_the_figure_does() -> None:
    base = _look(_icon("cross", 48, 20, 240))
    inverted = _look(_icon("cross", 96, 250, 30))
    others = [_look(_icon(kind, 48, 20, 240)) for kind in ("ring", "slash")]

    assert similarity(base, inverted)[0, 0] > 0.9
    assert all(similarity(base, other)[0, 0] < 0.7 for other in others)


def test_rows_have_unit_length_and_a_blank_box_gives_zeros() -> None:
    frame = _icon("ring", 48, 0, 255)
    looks = describe(frame, [Rect(0, 0, 48, 48), Rect(0, 0, 4, 4), Rect(60, 60, 70, 70)])

    assert looks.shape == (3, LENGTH)
    assert looks.dtype == np.float32
    assert np.isclose(np.linalg.norm(looks[0]), 1, atol=1e-5)
    assert not looks[1].any()
    assert not looks[2].any()


def test_nothing_to_describe() -> None:
    assert describe(_icon("ring", 8, 0, 255), []).shape == (0, LENGTH)
