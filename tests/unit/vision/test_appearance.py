import cv2
import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.appearance import LENGTH, OUTLINE, describe, likeness

RED, GREEN, DULL = (40, 40, 220), (60, 180, 40), (128, 128, 128)


def _icon(kind: str, side: int, ink: int, paper: int) -> Frame:
    return _coloured(kind, side, (ink, ink, ink), paper)


def _coloured(kind: str, side: int, colour: tuple[int, int, int], paper: int) -> Frame:
    pixels = np.full((side, side, 3), paper, np.uint8)
    middle, reach, thick = side // 2, side // 3, max(1, side // 12)
    if kind == "cross":
        cv2.line(pixels, (middle, middle - reach), (middle, middle + reach), colour, thick)
        cv2.line(pixels, (middle - reach, middle), (middle + reach, middle), colour, thick)
    elif kind == "ring":
        cv2.circle(pixels, (middle, middle), reach, colour, thick)
    elif kind == "disc":
        cv2.circle(pixels, (middle, middle), reach, colour, -1)
    else:
        cv2.line(pixels, (side // 5, side // 5), (4 * side // 5, 4 * side // 5), colour, thick)
    return Frame.from_bgr(pixels)


def _look(frame: Frame) -> np.ndarray:
    return describe(frame, [Rect(0, 0, frame.size.width, frame.size.height)])


def test_polarity_and_size_do_not_matter_but_the_figure_does() -> None:
    base = _look(_icon("cross", 48, 20, 240))
    inverted = _look(_icon("cross", 96, 250, 30))
    others = [_look(_icon(kind, 48, 20, 240)) for kind in ("ring", "slash")]

    assert likeness(base, inverted).outline[0, 0] > 0.9
    assert likeness(base, inverted).filling[0, 0] > 0.8
    assert all(likeness(base, other).outline[0, 0] < 0.7 for other in others)


def test_filled_and_outlined_twins_differ_in_their_filling() -> None:
    disc, ring = _look(_icon("disc", 48, 20, 240)), _look(_icon("ring", 48, 20, 240))
    dark_disc = _look(_icon("disc", 96, 250, 30))

    assert likeness(disc, ring).outline[0, 0] > 0.8
    assert likeness(disc, ring).filling[0, 0] < 0.6
    assert likeness(disc, dark_disc).filling[0, 0] > 0.9


def test_hues_count_where_both_have_some() -> None:
    looks = np.concatenate([_look(_coloured("disc", 48, c, 240)) for c in (RED, GREEN, DULL)])
    dark = np.concatenate([_look(_coloured("disc", 64, c, 30)) for c in (RED, GREEN, DULL)])
    like = likeness(looks, dark)

    assert like.same_hue.round().tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert like.other_hue.round().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert like.one_grey.round().tolist() == [[0, 0, 1], [0, 0, 1], [1, 1, 0]]


def test_rows_have_unit_length_and_a_blank_box_gives_zeros() -> None:
    frame = _icon("ring", 48, 0, 255)
    looks = describe(frame, [Rect(0, 0, 48, 48), Rect(0, 0, 4, 4), Rect(60, 60, 70, 70)])

    assert looks.shape == (3, LENGTH)
    assert looks.dtype == np.float32
    assert np.isclose(np.linalg.norm(looks[0]), 1, atol=1e-5)
    assert not looks[1].any()
    assert not looks[2].any()
    like = likeness(looks, looks)
    assert like.one_grey[0, 1] == like.filling[0, 1] == like.outline[0, 1] == 0


@pytest.mark.parametrize("wide", [True, False])
def test_outlines_of_older_scripts_are_still_compared(wide: bool) -> None:
    look = _look(_icon("ring", 48, 0, 255))
    older = look[:, :OUTLINE] / np.linalg.norm(look[:, :OUTLINE])
    first, second = (look, older) if wide else (older, look)

    assert likeness(first, second).outline[0, 0] == pytest.approx(1, abs=1e-5)
    assert likeness(first, second).filling[0, 0] == 1
    assert likeness(first, look[:, :7]).outline[0, 0] == 0


def test_nothing_to_describe() -> None:
    assert describe(_icon("ring", 8, 0, 255), []).shape == (0, LENGTH)
