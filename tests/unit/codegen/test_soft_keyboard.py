"""Keyboards are drawn here as scenes: what a parser makes of them, with what it gets wrong."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.codegen.soft_keyboard import (
    BACKSPACE,
    ENTER,
    LAYOUTS,
    SHIFT,
    SYMBOLS,
    keyboard_on,
    signs_on,
)
from vistest.core.geometry import Point, Rect, Screen, Size
from vistest.core.scene import Scene, UiElement

if TYPE_CHECKING:
    from collections.abc import Sequence

SCREEN = Screen(Size(1080, 2400), 2.625)


def glyph(text: str, x: float, y: float, screen: Screen = SCREEN) -> UiElement:
    half = 8 * screen.density
    return UiElement("text", Rect(x - half, y - half, x + half, y + half), text=text)


def places(rows: Sequence[str], screen: Screen = SCREEN, row_dp: float = 54) -> dict[str, Point]:
    """Where the keys of a keyboard at the bottom are; each row is centred."""
    pitch = screen.size.width / 10.4
    bottom = screen.size.height - 90 * screen.density
    found = {}
    for index, row in enumerate(rows):
        y = bottom - (len(rows) - 1 - index) * row_dp * screen.density
        left = (screen.size.width - (len(row) - 1) * pitch) / 2
        found.update({key: Point(left + pitch * n, y) for n, key in enumerate(row)})
    return found


def scene(keys: dict[str, Point], screen: Screen = SCREEN, *more: UiElement) -> Scene:
    drawn = [glyph(key, point.x, point.y, screen) for key, point in keys.items()]
    return Scene((*drawn, *more), screen)


@pytest.mark.parametrize("layout", LAYOUTS[:4])
@pytest.mark.parametrize("capital", [False, True])
def test_every_letter_of_every_layout(layout: tuple[str, ...], capital: bool) -> None:
    keys = places(layout)
    shown = {key.upper() if capital else key: point for key, point in keys.items()}
    keyboard = keyboard_on(scene(shown))
    assert keyboard is not None
    for key, point in shown.items():
        found = keyboard.key_at(point)
        assert found is not None
        assert (found.name, found.sure) == (key, True)


@given(st.integers(0, 10_000))
def test_letters_that_were_misread_follow_from_the_others(seed: int) -> None:
    chance = random.Random(seed)
    keys = places(LAYOUTS[0])
    shown = []
    for key, point in keys.items():
        fate = chance.random()
        if fate < 0.2:
            continue
        read = chance.choice("il1tTOo0") if fate < 0.3 else key
        jitter = chance.uniform(-4, 4)
        shown.append(glyph(read, point.x + jitter, point.y + jitter))
    keyboard = keyboard_on(Scene(tuple(shown), SCREEN))
    if keyboard is None:
        return  # too little was read: better no keyboard than a wrong one
    for key, point in keys.items():
        found = keyboard.key_at(point)
        assert found is not None
        assert found.name.casefold() == key


def test_the_other_keys_by_their_place() -> None:
    keys = places(LAYOUTS[0])
    keyboard = keyboard_on(scene(keys))
    assert keyboard is not None
    width, low = SCREEN.size.width, keys["z"].y + keyboard.pitch
    found = {
        name: keyboard.key_at(Point(x, y))
        for name, x, y in (
            ("erase", width - 60, keys["m"].y),
            ("shift", 60, keys["z"].y),
            ("space", width / 2, low),
            ("enter", width - 60, low),
            ("symbols", 60, low),
        )
    }
    names = {name: key.name for name, key in found.items() if key is not None}
    assert names == {
        "erase": BACKSPACE,
        "shift": SHIFT,
        "space": " ",
        "enter": ENTER,
        "symbols": SYMBOLS,
    }


def test_a_row_of_digits_above() -> None:
    keys = places(["1234567890", *LAYOUTS[0]])
    keyboard = keyboard_on(scene(keys))
    assert keyboard is not None
    key = keyboard.key_at(keys["7"])
    assert key is not None
    assert key.name == "7"
    assert keyboard.covers(keys["7"])
    assert not keyboard.covers(Point(500, keys["7"].y - 90 * SCREEN.density))


def test_signs_are_known_by_the_digits_above_them_and_only_read() -> None:
    known = keyboard_on(scene(places(LAYOUTS[0])))
    assert known is not None
    keys = places(["1234567890", "@#$_&-+()/", "*\"':;!?"])
    keyboard = signs_on(scene(keys), known)
    assert keyboard is not None
    digit, sign = keyboard.key_at(keys["4"]), keyboard.key_at(keys["#"])
    assert digit is not None
    assert sign is not None
    assert (digit.name, digit.sure) == ("4", True)
    assert (sign.name, sign.sure) == ("#", False)


def test_other_screens_show_no_keyboard() -> None:
    calculator = places(["789", "456", "123"])
    crossword = {
        key: Point(p.x, p.y) for key, p in places(["abcdefg", "hijklmn", "opqrstu"]).items()
    }
    assert keyboard_on(scene(calculator)) is None
    assert keyboard_on(scene(crossword)) is None
    assert keyboard_on(Scene((), SCREEN)) is None
    assert signs_on(Scene((), SCREEN), keyboard_on(scene(places(LAYOUTS[0])))) is None  # type: ignore[arg-type]
