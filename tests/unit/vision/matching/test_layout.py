from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement
from vistest.vision.matching.layout import Layout


def captions(*elements: UiElement) -> tuple[str, ...]:
    return Layout.of(Scene(elements, Screen(Size(1080, 2400), 2.625))).captions


def text(words: str, top: float, bottom: float) -> UiElement:
    return UiElement("text", Rect(45, top, 158, bottom), text=words)


def test_a_caption_whose_box_reaches_into_its_field_is_its_caption_all_the_same() -> None:
    name, notes = Rect(42, 341, 1041, 474), Rect(42, 621, 1041, 862)
    found = captions(
        text("Name", 296, 344),
        UiElement("text_field", name),
        text("Notes", 575, 623),
        UiElement("text_field", notes),
    )
    assert found == ("", "Name", "", "Notes")


def test_what_is_in_a_field_is_not_its_caption() -> None:
    field = UiElement("text_field", Rect(42, 341, 1041, 474), text="Sage")
    assert captions(text("Name", 280, 325), text("Sage", 390, 430), field)[2] == "Name"
