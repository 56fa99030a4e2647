# ruff: noqa: RUF001 - characters that look alike are the subject
import cv2
import numpy as np
import pytest

from vistest.core.geometry import Rect
from vistest.vision.contracts import TextLine
from vistest.vision.glyphs import drawn_sign, is_keypad, lone_glyph, shows_ideographs


def _lines(*texts: str) -> list[TextLine]:
    return [TextLine(text, Rect(0, 0, 1, 1), 1.0) for text in texts]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("一", "−"),
        ("二", "="),
        ("十", "+"),
        ("土", "±"),
        ("大", "*"),
        ("7", "7"),
        ("√", "√"),
        ("合", ""),
    ],
)
def test_strokes_that_are_signs(read: str, meant: str) -> None:
    assert lone_glyph(read) == meant


def test_words_are_left_alone() -> None:
    assert lone_glyph("Save As") == "Save As"


def test_a_chinese_screen_is_recognised_by_its_words_not_by_single_glyphs() -> None:
    assert shows_ideographs(_lines("设置", "取消", "OK"))
    assert not shows_ideographs(_lines("合", "三", "一", "Settings"))


def _crop(*boxes: tuple[int, int, int, int], dark: bool = False) -> np.ndarray:
    crop = np.full((30, 30, 3), 30 if dark else 250, np.uint8)
    for left, top, right, bottom in boxes:
        cv2.rectangle(crop, (left, top), (right, bottom), (220,) * 3 if dark else (20,) * 3, -1)
    return crop


@pytest.mark.parametrize("dark", [False, True])
def test_signs_of_plain_bars_and_dots_are_known_by_their_drawing(dark: bool) -> None:
    upper, lower = (8, 11, 20, 12), (8, 16, 20, 17)
    assert drawn_sign(_crop(upper, dark=dark), 1) == "−"
    assert drawn_sign(_crop(upper, lower, dark=dark), 1) == "="
    assert drawn_sign(_crop((14, 20, 16, 22), dark=dark), 1) == "."


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("thickness", [1, 2, 3])
def test_a_rising_stroke_is_a_slash(dark: bool, thickness: int) -> None:
    crop = _crop(dark=dark)
    cv2.line(crop, (11, 24), (19, 5), (220,) * 3 if dark else (20,) * 3, thickness, cv2.LINE_AA)
    assert drawn_sign(crop, 1) == "/"


@pytest.mark.parametrize("font", [cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX])
@pytest.mark.parametrize("character", [*"0123456789+x%(){}[]<>√", "l", "I", "Z", "\\"])
def test_digits_and_other_characters_are_no_slash(character: str, font: int) -> None:
    crop = np.full((40, 40, 3), 250, np.uint8)
    cv2.putText(crop, character, (8, 30), font, 0.9, (20,) * 3, 1, cv2.LINE_AA)
    assert drawn_sign(crop, 1) != "/"


def test_three_bars_are_a_menu_icon_and_a_letter_is_no_sign() -> None:
    assert drawn_sign(_crop((8, 6, 20, 7), (8, 12, 20, 13), (8, 18, 20, 19)), 1) == ""
    assert drawn_sign(_crop((8, 6, 9, 20), (8, 6, 18, 7)), 1) == ""
    assert drawn_sign(_crop(), 1) == ""


def test_a_keypad_is_known_by_its_digits() -> None:
    assert is_keypad([*"0123456789", "X"])
    assert not is_keypad(["", "", "1", "1", "1", "1", "1", "1", "2024", "V"])
