# ruff: noqa: RUF001 - letters of other scripts are the point
from Xlib import X

from vistest.devices.x11.keymap import Keymap, KeyStroke

LEVEL3, NUM_LOCK, SECOND_GROUP = 1 << 7, 1 << 4, 1 << 13
CYRILLIC_A, CYRILLIC_CAPITAL_A = 0x6C1, 0x6E1

ROWS = (
    (ord("a"), ord("A"), CYRILLIC_A, CYRILLIC_CAPITAL_A, 0xE4, 0xC4),  # 8
    (ord("1"), ord("!"), ord("1"), ord("!")),  # 9
    (0xFF95, 0xFFB7),  # 10: keypad Home, 7
    (),  # 11
    (0xFFE1, 0),  # 12: Shift
    (0, 0),  # 13
)
KEYMAP = Keymap(8, ROWS, level3=LEVEL3, num_lock=NUM_LOCK, silent=X.ControlMask)


def test_levels_and_groups() -> None:
    typed = {
        (8, 0): "a",
        (8, X.ShiftMask): "A",
        (8, X.LockMask): "A",
        (8, X.LockMask | X.ShiftMask): "a",
        (8, SECOND_GROUP): "а",
        (8, SECOND_GROUP | X.ShiftMask): "А",
        (8, LEVEL3): "ä",
        (8, LEVEL3 | X.ShiftMask): "Ä",
        (9, X.LockMask): "1",
        (9, X.ShiftMask): "!",
        (10, 0): "",
        (10, NUM_LOCK): "7",
        (10, NUM_LOCK | X.ShiftMask): "",
        (11, 0): "",
        (99, 0): "",
    }
    assert {key: KEYMAP.text(*key) for key in typed} == typed


def test_a_chord_has_a_name_and_types_nothing() -> None:
    assert KEYMAP.name(8, X.ControlMask) == "a"
    assert KEYMAP.text(8, X.ControlMask) == ""


def test_how_a_character_is_typed_depends_on_the_group() -> None:
    assert KEYMAP.strokes(0)["A"] == KeyStroke(8, shift=True)
    assert "а" not in KEYMAP.strokes(0)
    assert KEYMAP.strokes(1)["а"] == KeyStroke(8)
    assert "7" not in KEYMAP.strokes(0), "the keypad depends on Num Lock"


def test_free_keys_are_those_without_any_keysym() -> None:
    assert KEYMAP.free() == [13, 11]
