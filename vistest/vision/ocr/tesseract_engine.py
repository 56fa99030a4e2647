"""OCR by Tesseract: scripts that RapidOCR does not read (Cyrillic, Arabic, Korean, ...)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vistest.core.errors import ModelError
from vistest.core.geometry import Rect
from vistest.vision.contracts import TextLine
from vistest.vision.ocr.lines import split_at_gaps, tight_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vistest.core.frame import Frame

INSTALL_HINT = "Install it: apt-get install tesseract-ocr, and tesseract-ocr-LANG per language."
SPARSE_TEXT, SINGLE_LINE = 11, 7
# Letters this high are read best.
DENSITY_TO_READ = 2.0
CROP_HEIGHT = 48


@dataclass(frozen=True, slots=True)
class TesseractOptions:
    """How Tesseract is run.

    Attributes:
        languages: Codes of its language files, joined by a plus.
        timeout_s: Deadline of one call.
        lowest_score: What is read with less confidence is dropped.
    """

    languages: str = "eng"
    timeout_s: float = 60.0
    lowest_score: float = 0.4


class TesseractEngine:
    """Tesseract through pytesseract, on a picture whose polarity and contrast are evened out.

    Raises:
        ModelError: the program or a language file is missing.
    """

    def __init__(self, options: TesseractOptions | None = None) -> None:
        self._options = options or TesseractOptions()
        self._tesseract, version = _load(self._options.languages)
        self._name = f"tesseract {version} {self._options.languages}"

    @property
    def name(self) -> str:
        return self._name

    def read(self, frame: Frame) -> list[TextLine]:
        """Find and read all text lines of the frame."""
        pixels = frame.bgr
        scale = max(1.0, min(3.0, DENSITY_TO_READ / frame.density))
        data = self._run(dark_on_light(pixels, frame.density), scale, SPARSE_TEXT)
        lines = []
        for words in _by_line(data):
            box = tight_box(pixels, Rect.bounding(word.box for word in words).scaled(1 / scale))
            score = sum(word.score for word in words) / len(words)
            for part in split_at_gaps(pixels, box):
                text = " ".join(w.text for w in words if _stands_in(w.box.scaled(1 / scale), part))
                if text and score >= self._options.lowest_score:
                    lines.append(TextLine(text, part, score))
        return lines

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        """Read one line in each of `boxes`: one result per box, text empty where none is."""
        even = dark_on_light(frame.bgr, frame.density)
        return [self._read_box(even, box, frame) for box in boxes]

    def _read_box(self, even: NDArray[np.uint8], box: Rect, frame: Frame) -> TextLine:
        inside = box.clipped(frame.size)
        left, top, right, bottom = (round(value) for value in inside.as_list())
        if right - left < 2 or bottom - top < 2:
            return TextLine("", box, 0.0)
        scale = CROP_HEIGHT / (bottom - top)
        words = list(_words(self._run(even[top:bottom, left:right], scale, SINGLE_LINE)))
        if not words:
            return TextLine("", box, 0.0)
        score = sum(word.score for word in words) / len(words)
        return TextLine(" ".join(word.text for word in words), box, score)

    def _run(self, grey: NDArray[np.uint8], scale: float, layout: int) -> dict[str, list[Any]]:
        large = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        edge = cv2.copyMakeBorder(large, 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=[255])
        try:
            found = self._tesseract.image_to_data(
                edge,
                lang=self._options.languages,
                config=f"--psm {layout}",
                output_type=self._tesseract.Output.DICT,
                timeout=self._options.timeout_s,
            )
        except (RuntimeError, self._tesseract.TesseractError) as error:
            raise ModelError(f"tesseract failed: {error}", hint=INSTALL_HINT) from error
        return dict(found)


def dark_on_light(pixels: NDArray[np.uint8], density: float) -> NDArray[np.uint8]:
    """Black ink on white paper from any theme: the contrast with the surroundings, evened out.

    The distance of each pixel from the median around it, divided by the largest distance near
    by, so that light on dark, dark on light and faint text come out alike.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    reach = 2 * round(10 * density) + 1
    paper = cv2.medianBlur(grey, reach)
    distance = cv2.absdiff(grey, paper)
    around = cv2.dilate(distance, np.ones((reach, reach), np.uint8))
    even = np.where(around > 16, distance / np.maximum(around, 1.0), 0.0)
    return np.asarray(255 - np.clip(even * 255, 0, 255), np.uint8)


def _load(languages: str) -> tuple[Any, str]:
    try:
        import pytesseract

        version = str(pytesseract.get_tesseract_version())
        installed = set(pytesseract.get_languages())
    except Exception as error:
        raise ModelError("the OCR engine tesseract cannot be started", hint=INSTALL_HINT) from error
    missing = [code for code in languages.split("+") if code not in installed]
    if missing:
        raise ModelError(
            f"tesseract has no language file for {', '.join(missing)}", hint=INSTALL_HINT
        )
    return pytesseract, version


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    box: Rect
    score: float
    line: tuple[int, int, int]


def _words(data: dict[str, list[Any]]) -> Iterator[_Word]:
    for index, raw in enumerate(data["text"]):
        text, score = str(raw).strip(), float(data["conf"][index]) / 100
        if not text or score < 0:
            continue
        left, top = float(data["left"][index]) - 10, float(data["top"][index]) - 10
        width, height = float(data["width"][index]), float(data["height"][index])
        place = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
        yield _Word(text, Rect(left, top, left + width, top + height), score, place)


def _by_line(data: dict[str, list[Any]]) -> list[list[_Word]]:
    lines: dict[tuple[int, int, int], list[_Word]] = {}
    for word in _words(data):
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _stands_in(word: Rect, part: Rect) -> bool:
    return part.left - 1 <= word.center.x <= part.right + 1
