# ruff: noqa: RUF001 - letters of other scripts are the point
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.devices.x11.keysyms import character_of, keysym_of, keysyms_named, name_of

characters = st.characters(exclude_categories=["Cc", "Cs", "Cn"])


@given(characters)
def test_a_character_comes_back_from_its_keysym(character: str) -> None:
    assert character_of(keysym_of(character)) == character


# Pairs of keysymdef.h.
KEYSYMDEF = {
    0x1B1: "ą", 0x2A1: "Ħ", 0x6C1: "а", 0x6A4: "є", 0x6B3: "Ё", 0x6AF: "џ", 0x7E1: "α", 0x7F3: "ς",
    0xCE0: "א", 0x5C7: "ا", 0xDA1: "ก", 0x13BE: "Ÿ", 0x4B1: "ア", 0x20AC: "€", 0xAD3: "”",
    0xFFB7: "7", 0x1000ABC: "઼", 0xFF0D: "",
}  # fmt: skip


@pytest.mark.parametrize(("keysym", "character"), KEYSYMDEF.items())
def test_keysyms_of_old_layouts_are_understood(keysym: int, character: str) -> None:
    assert character_of(keysym) == character


@given(st.integers(0, 0x1FFFFFFF))
def test_no_keysym_types_a_control_character(keysym: int) -> None:
    assert all(unicodedata.category(character) != "Cc" for character in character_of(keysym))


@pytest.mark.parametrize("name", ["Enter", "Control", "ArrowUp", "F12", "GoBack", "a", "Ж"])
def test_names_and_keysyms_fit(name: str) -> None:
    assert all(name_of(keysym) == name for keysym in keysyms_named(name))


def test_an_unknown_key_has_no_keysym() -> None:
    assert keysyms_named("NoSuchKey") == ()
