"""Both OCR engines read the same drawn screens, light and dark."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vistest.core.errors import ModelError
from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.contracts import OcrEngine
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine
from vistest.vision.ocr.tesseract_engine import TesseractEngine, TesseractOptions

pytestmark = pytest.mark.slow

LINES = {"Account settings": (30, 30), "Change password": (30, 80), "Sign out": (30, 130)}


def _screen(dark: bool) -> Frame:
    paper, ink = ((28, 28, 30), (235, 235, 235)) if dark else ((250, 250, 250), (25, 25, 25))
    image = Image.new("RGB", (420, 190), paper)
    draw = ImageDraw.Draw(image)
    for text, at in LINES.items():
        draw.text(at, text, ink, ImageFont.truetype("DejaVuSans.ttf", 18))
    return Frame.from_bgr(np.asarray(image)[:, :, ::-1].copy())


@pytest.fixture(scope="module", params=[RapidOcrEngine, TesseractEngine])
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    return request.param()


@pytest.mark.parametrize("dark", [False, True])
def test_every_line_is_read_where_it_stands(engine: OcrEngine, dark: bool) -> None:
    lines = {line.text: line.box for line in engine.read(_screen(dark))}
    assert set(lines) == set(LINES)
    for text, (left, top) in LINES.items():
        assert Rect(left - 2, top, left + 200, top + 24).contains(lines[text].center)
        assert abs(lines[text].left - left) < 5
        assert lines[text].height < 20


@pytest.mark.parametrize("dark", [False, True])
def test_boxes_are_read_one_by_one(engine: OcrEngine, dark: bool) -> None:
    boxes = [Rect(25, 125, 130, 156), Rect(300, 20, 400, 60), Rect(25, 75, 200, 106)]
    first, blank, last = engine.read_boxes(_screen(dark), boxes)
    assert (first.text, last.text) == ("Sign out", "Change password")
    assert blank.text == "" or blank.score < 0.4
    assert [line.box for line in (first, blank, last)] == boxes


def test_what_is_read_in_a_box_does_not_depend_on_the_others(engine: OcrEngine) -> None:
    frame, box = _screen(False), Rect(25, 125, 130, 156)
    alone = engine.read_boxes(frame, [box])[0]
    among = engine.read_boxes(frame, [Rect(25, 25, 220, 56), box, Rect(25, 75, 200, 106)])[1]
    assert alone.text == among.text
    assert alone.score == pytest.approx(among.score, abs=1e-4)


def test_a_box_off_the_screen_is_empty(engine: OcrEngine) -> None:
    assert engine.read_boxes(_screen(False), [Rect(900, 900, 950, 950)])[0].text == ""


def test_a_missing_language_is_named_with_a_hint() -> None:
    with pytest.raises(ModelError, match="xyz") as caught:
        TesseractEngine(TesseractOptions(languages="eng+xyz"))
    assert "apt-get install" in caught.value.hint
