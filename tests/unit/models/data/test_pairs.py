from __future__ import annotations

from pathlib import Path

from models.data.pairs import counterparts
from models.data.screens import LabelledElement, LabelledScreen
from vistest.core.geometry import Rect, Size


def element(id: str, part: str, cls: str = "button", text: str = "") -> LabelledElement:
    return LabelledElement(id, part, cls, Rect(0, 0, 10, 10), text, clickable=True)  # type: ignore[arg-type]


def screen(*elements: LabelledElement) -> LabelledScreen:
    return LabelledScreen(Path("x.png"), Size(100, 100), 1.0, 0, "kit", {}, elements)


def test_an_icon_here_may_be_a_button_there() -> None:
    button = element("send", "button")
    assert counterparts(element("send", "icon", "icon"), screen(button)) == [button]


def test_one_of_several_controls_is_only_itself() -> None:
    first, second = element("size", "radio0", "radio"), element("size", "radio1", "radio")
    assert counterparts(first, screen(first, second)) == [first]
    assert counterparts(first, screen(element("other", "button"))) == []


def test_a_look_alike_makes_absence_unsure() -> None:
    save = element("a/save", "button", text="Save")
    assert counterparts(save, screen(element("b/save", "button", text="save"))) is None
    assert counterparts(save, screen(element("b/drop", "button", text="Delete"))) == []
