# ruff: noqa: RUF001 - characters that look alike are the subject
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.core.scene import ElementClass, UiElement
from vistest.testing.vision import FakeDetector, FakeOcr
from vistest.vision.contracts import Detection, TextLine
from vistest.vision.fusion import Part
from vistest.vision.parse import ScreenParser, in_reading_order


def _frame() -> Frame:
    pixels = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    return Frame.from_bgr(pixels)


def _parse(found: list[Detection], ocr: FakeOcr) -> list[UiElement]:
    return list(ScreenParser(FakeDetector(found), ocr).parse(_frame()).elements)


def _told(elements: list[UiElement]) -> list[tuple[str, str, bool]]:
    return [(element.cls, element.text, element.clickable) for element in elements]


def test_a_button_carries_its_caption_and_the_caption_is_not_clickable() -> None:
    button = Detection("button", Rect(10, 10, 110, 50), 0.9)
    caption = TextLine("Save", Rect(40, 22, 80, 36), 0.95)
    assert _told(_parse([button], FakeOcr([caption]))) == [
        ("button", "Save", True),
        ("text", "Save", False),
    ]


def test_several_lines_are_joined_and_a_free_caption_is_clickable() -> None:
    row = Detection("list_item", Rect(0, 0, 300, 60), 0.5)
    lines = [
        TextLine("Off", Rect(20, 34, 50, 46), 1.0),
        TextLine("Wi-Fi", Rect(20, 10, 60, 24), 1.0),
        TextLine("Skip", Rect(20, 200, 60, 214), 1.0),
    ]
    elements = _parse([row], FakeOcr(lines))
    assert elements[0].text == "Wi-Fi\nOff"
    assert ("text", "Skip", True) in _told(elements)


def test_a_box_around_two_rows_is_two_rows() -> None:
    both = Detection("list_item", Rect(0, 0, 300, 120), 0.5)
    lines = [
        TextLine(text, Rect(20, top, 80, top + 13), 1.0)
        for text, top in (("Roses", 14), ("13 May", 34), ("Leeks", 74), ("2 June", 94))
    ]
    told = _told(_parse([both], FakeOcr(lines)))
    assert [text for cls, text, _ in told if cls == "list_item"] == [
        "Roses\n13 May",
        "Leeks\n2 June",
    ]


@pytest.mark.parametrize(
    ("cls", "box"),
    [
        ("text", Rect(10, 21, 110, 37)),  # the line of the field from end to end
        ("text", Rect(10, 25, 110, 37)),  # shifted a little
        ("icon", Rect(34, 17, 86, 41)),  # the slot that an icon would stand in
    ],
)
def test_a_piece_around_a_line_does_not_say_it_twice(cls: ElementClass, box: Rect) -> None:
    field = Detection("text_field", Rect(5, 5, 115, 50), 0.9)
    line = TextLine("name", Rect(40, 22, 80, 36), 0.95)
    ocr = FakeOcr([line], glyphs=[TextLine("name", box, 0.95)])
    told = _told(_parse([field, Detection(cls, box, 0.6)], ocr))
    assert told == [("text_field", "name", True), ("text", "name", False)]


def test_a_picture_with_words_in_it_stays_one() -> None:
    icon = Detection("icon", Rect(20, 20, 60, 60), 0.8)
    line = TextLine("31", Rect(35, 42, 46, 50), 0.95)
    told = _told(_parse([icon], FakeOcr([line])))
    assert [cls for cls, _, _ in told] == ["icon", "text"]


def test_a_key_that_ocr_overlooked_is_read_by_itself() -> None:
    key = Detection("button", Rect(10, 10, 60, 50), 0.9)
    glyph = Detection("icon", Rect(30, 24, 40, 36), 0.4)
    ocr = FakeOcr(glyphs=[TextLine("7", glyph.box, 0.99)])
    assert _told(_parse([key, glyph], ocr)) == [("button", "7", True), ("text", "7", False)]
    assert len(ocr.asked) == 1


def test_an_icon_that_is_no_letter_stays_an_icon() -> None:
    glyph = Detection("icon", Rect(30, 24, 50, 44), 0.4)
    for read, score in (("", 0.0), ("B", 0.3), ("合", 0.99), ("三", 0.99)):
        ocr = FakeOcr(glyphs=[TextLine(read, glyph.box, score)])
        assert _told(_parse([glyph], ocr)) == [("icon", "", True)]


def test_an_icon_under_a_line_that_is_no_text_is_not_lost() -> None:
    glyph = Detection("icon", Rect(30, 24, 50, 44), 0.4)
    ocr = FakeOcr([TextLine("合", Rect(29, 23, 51, 45), 0.9)])
    assert _told(_parse([glyph], ocr)) == [("icon", "", True)]


def test_a_line_across_two_keys_is_read_key_by_key() -> None:
    keys = [Detection("button", Rect(x, 10, x + 50, 50), 0.9) for x in (10, 70)]
    line = TextLine("7 8", Rect(28, 22, 102, 36), 0.9)
    glyphs = [
        TextLine("7", Rect(30, 22, 40, 36), 0.99),
        TextLine("8", Rect(90, 22, 100, 36), 0.99),
    ]
    elements = _parse(keys, FakeOcr([line], glyphs))
    assert [one.text for one in elements if one.cls == "button"] == ["7", "8"]


def test_a_check_mark_at_the_head_of_a_line_is_no_letter() -> None:
    box = Detection("checkbox", Rect(10, 20, 26, 36), 0.7)
    word = Detection("text", Rect(34, 22, 90, 34), 0.4)
    line = TextLine("O News", Rect(10, 20, 90, 36), 0.9)
    ocr = FakeOcr([line], [TextLine("News", Rect(34, 22, 90, 34), 0.99)])
    assert _told(_parse([box, word], ocr)) == [("checkbox", "", True), ("text", "News", True)]


def test_the_first_letter_of_a_word_is_no_radio_button() -> None:
    letter = Detection("radio", Rect(10, 22, 22, 34), 0.6)
    rest = Detection("text", Rect(23, 22, 60, 34), 0.4)
    line = TextLine("Oak", Rect(10, 22, 60, 34), 0.99)
    assert _told(_parse([letter, rest], FakeOcr([line]))) == [("text", "Oak", True)]


@pytest.mark.parametrize(("read", "meant"), [("V", "√"), ("x", "×"), ("7", "7")])
def test_on_a_keypad_letters_are_signs(read: str, meant: str) -> None:
    digits = [TextLine(str(i), Rect(20 * i, 100, 20 * i + 8, 112), 1.0) for i in range(1, 9)]
    line = TextLine(read, Rect(200, 20, 210, 32), 0.9)
    texts = [one.text for one in _parse([], FakeOcr([*digits, line]))]
    assert texts[0] == meant


boxes = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    *(st.integers(0, 300), st.integers(0, 300), st.integers(1, 90), st.integers(1, 90)),
)


@given(st.lists(boxes, max_size=12), st.randoms())
def test_reading_order_does_not_depend_on_the_order_found(
    found: list[Rect], random: "np.random.Generator"
) -> None:
    parts = [Part(UiElement("icon", box), box) for box in found]
    shuffled = list(parts)
    random.shuffle(shuffled)
    first = [part.element.box for part in in_reading_order(parts, 1.0)]
    assert first == [part.element.box for part in in_reading_order(shuffled, 1.0)]
    assert sorted(map(str, first)) == sorted(map(str, found))


def test_words_of_a_row_are_read_from_the_left() -> None:
    row = [Rect(200, 11, 240, 25), Rect(10, 12, 50, 24), Rect(90, 9, 130, 26)]
    parts = [Part(UiElement("text", box), box) for box in row]
    assert [part.element.box.left for part in in_reading_order(parts, 1.0)] == [10, 90, 200]
