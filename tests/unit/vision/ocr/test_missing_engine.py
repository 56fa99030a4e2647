import sys

import pytest

from vistest.core.errors import ModelError
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine
from vistest.vision.ocr.tesseract_engine import TesseractEngine


@pytest.mark.parametrize(
    ("module", "engine"), [("rapidocr", RapidOcrEngine), ("pytesseract", TesseractEngine)]
)
def test_a_missing_engine_is_one_sentence_and_a_hint(
    monkeypatch: pytest.MonkeyPatch, module: str, engine: type
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ModelError, match="OCR engine") as caught:
        engine()
    assert "nstall" in caught.value.hint
