from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.codegen.interactions import Interaction
from vistest.codegen.soft_keyboard import LAYOUTS
from vistest.codegen.soft_typing import join_typing
from vistest.codegen.steps import View
from vistest.core.events import KeyPress, LongPress, Swipe, Tap, TextInput, Waypoint
from vistest.core.frame import Frame
from vistest.core.geometry import Point, Position, Rect, Screen, Size
from vistest.core.scene import Scene, UiElement

if TYPE_CHECKING:
    from vistest.core.events import InputEvent

SCREEN = Screen(Size(540, 1200), 1.3125)
FRAME = Frame(np.zeros((1200, 540, 4), np.uint8))
PITCH, ROW, FIRST = 52.0, 70.0, 860.0
BLANK = Scene((), SCREEN)


def place(key: str) -> Position:
    for index, row in enumerate(LAYOUTS[0]):
        if key in row:
            left = (540 - (len(row) - 1) * PITCH) / 2
            return Position(Point(left + row.index(key) * PITCH, FIRST + index * ROW), SCREEN)
    low = FIRST + 3 * ROW
    spots = {
        " ": Point(270, low),
        "Enter": Point(515, low),
        "Erase": Point(515, low - ROW),
        "Shift": Point(25, low - ROW),
    }
    return Position(spots[key], SCREEN)


def keyboard(*, capital: bool = False) -> Scene:
    elements = []
    for key in "".join(LAYOUTS[0]):
        at = place(key).point
        box = Rect(at.x - 10, at.y - 10, at.x + 10, at.y + 10)
        elements.append(UiElement("text", box, text=key.upper() if capital else key))
    return Scene(tuple(elements), SCREEN)


class FakeViewer:
    """Shows the first scene before 1000 ms, the second one from then on."""

    def __init__(self, early: Scene, late: Scene) -> None:
        self._early, self._late = early, late

    def view(self, time_ms: float, at: Position) -> View:
        return View(FRAME, self._early if time_ms < 1000 else self._late)


def did(act: InputEvent, time_ms: float) -> Interaction:
    pointer = None if isinstance(act, KeyPress) else "touch"
    return Interaction(act, time_ms, time_ms + 50, time_ms, (int(time_ms),), pointer)  # type: ignore[arg-type]


def typed(
    *keys: str, start_ms: float = 2000, viewer: FakeViewer | None = None
) -> list[Interaction]:
    taps = [did(Tap(place(key)), start_ms + index) for index, key in enumerate(keys)]
    joined, _ = join_typing(taps, viewer or FakeViewer(BLANK, keyboard()))
    return joined


def test_taps_on_keys_are_one_text_with_its_special_keys() -> None:
    (text,) = typed("t", "e", "a", "Erase", "n", " ", "x", "Enter")
    assert text.act == TextInput("ten x\n")
    assert text.sources == tuple(range(2000, 2008))
    assert (text.pointer, text.remark) == (None, "")


def test_capitals_are_what_the_keys_show() -> None:
    viewer = FakeViewer(keyboard(capital=True), keyboard())
    taps = [did(Tap(place("t")), 500), did(Tap(place("e")), 1500)]
    (text,), _ = join_typing(taps, viewer)
    assert text.act == TextInput("Te")


def test_a_key_that_was_tapped_twice_at_once() -> None:
    (text,), _ = join_typing([did(Tap(place("l"), count=2), 2000)], FakeViewer(BLANK, keyboard()))
    assert text.act == TextInput("ll")


def test_the_same_taps_without_a_keyboard_are_taps() -> None:
    taps = [did(Tap(place("t")), 500), did(Tap(place("e")), 501)]
    joined, dropped = join_typing(taps, FakeViewer(BLANK, keyboard()))
    assert joined == taps
    assert not dropped


def test_what_was_there_before_is_deleted_by_a_key() -> None:
    deleted, text = typed("Erase", "a")
    assert (deleted.act, deleted.pointer) == (KeyPress(("Backspace",)), None)
    assert text.act == TextInput("a")


def test_text_ends_where_something_else_is_touched() -> None:
    field = Tap(Position(Point(270, 200), SCREEN))
    taps = [did(Tap(place("a")), 2000), did(field, 2001), did(Tap(place("b")), 2002)]
    joined, _ = join_typing(taps, FakeViewer(BLANK, keyboard()))
    assert [one.act for one in joined] == [TextInput("a"), field, TextInput("b")]


def test_going_back_only_hid_the_keyboard() -> None:
    acts = [did(Tap(place("a")), 2000), did(KeyPress(("GoBack",)), 2001)]
    joined, dropped = join_typing(acts, FakeViewer(BLANK, keyboard()))
    assert [one.act for one in joined] == [TextInput("a")]
    assert [one.harmless for one in dropped] == [True]


def test_going_back_without_a_keyboard_is_going_back() -> None:
    acts = [did(Tap(place("a")), 500), did(KeyPress(("GoBack",)), 2001)]
    joined, _ = join_typing(acts, FakeViewer(keyboard(), BLANK))
    assert [one.act for one in joined] == [TextInput("a"), KeyPress(("GoBack",))]


def test_what_is_not_sure_is_said() -> None:
    (held,), _ = join_typing([did(LongPress(place("e"), 900), 2000)], FakeViewer(BLANK, keyboard()))
    assert "held" in held.remark
    path = (Waypoint(0, place("t")), Waypoint(300, place("o")))
    joined, (glide,) = join_typing([did(Swipe(path), 2000)], FakeViewer(BLANK, keyboard()))
    assert not joined
    assert not glide.harmless
    (loud,) = typed("a", "b", "c", start_ms=500, viewer=FakeViewer(keyboard(capital=True), BLANK))
    assert "capital" in loud.remark


def test_a_finger_that_slips_on_a_key_still_types_it() -> None:
    at = place("g")
    near = Position(Point(at.point.x + 15, at.point.y), SCREEN)
    slip = Swipe((Waypoint(0, at), Waypoint(90, near)))
    (text,), _ = join_typing([did(slip, 2000)], FakeViewer(BLANK, keyboard()))
    assert text.act == TextInput("g")
