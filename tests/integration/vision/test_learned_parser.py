"""The learned detector as the parser's engine, with a tiny network (models/configs/smoke.toml)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vistest.core.frame import Frame
from vistest.core.geometry import Point
from vistest.vision.detectors.learned import LearnedDetector
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine
from vistest.vision.parse import ScreenParser

pytestmark = pytest.mark.slow

MODEL = Path(__file__).parents[2] / "data" / "detector-smoke" / "detector.json"


@pytest.fixture(scope="module")
def parser() -> ScreenParser:
    return ScreenParser(LearnedDetector(MODEL), RapidOcrEngine())


def two_buttons(density: int) -> Frame:
    image = Image.new("RGB", (200 * density, 300 * density), (225, 225, 225))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("DejaVuSans.ttf", 16 * density)
    for top, words in ((40, "OK"), (160, "Go")):
        box = [50 * density, top * density, 140 * density - 1, (top + 34) * density - 1]
        draw.rectangle(box, (40, 60, 90))
        draw.text((95 * density, (top + 17) * density), words, (255, 255, 255), font, anchor="mm")
    return Frame.from_bgr(np.asarray(image)[:, :, ::-1], density=float(density))


@pytest.mark.parametrize("density", [1, 2])
def test_a_button_carries_its_text(parser: ScreenParser, density: int) -> None:
    scene = parser.parse(two_buttons(density))
    for words, middle in (("OK", 57), ("Go", 177)):
        place = Point(95 * density, middle * density)
        holders = [e for e in scene.elements if e.cls == "button" and e.box.contains(place)]
        named = [holder for holder in holders if holder.text == words]
        assert named
        assert named[0].clickable


def test_the_name_tells_the_model(parser: ScreenParser) -> None:
    assert "smoke 1 int8" in parser.name
