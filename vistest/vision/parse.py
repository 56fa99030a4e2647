"""Frame -> Scene: boxes of the detector and lines of the OCR engine, joined to elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.scene import Scene, UiElement
from vistest.vision import appearance
from vistest.vision.cache import BoundedCache, CachedOcr
from vistest.vision.fusion import Part, fuse
from vistest.vision.reading import read_leftovers, separate_lines
from vistest.vision.rows import split_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect
    from vistest.vision.contracts import Detector, OcrEngine


@dataclass(frozen=True, slots=True)
class ParserOptions:
    """How frames are parsed.

    Attributes:
        scenes: Scenes kept, by content of their frame.
        pages: Frames kept, with their text, to reread only what changed.
        crops: Readings of single boxes kept.
        lowest_glyph_score: A lone glyph read with less confidence is a picture, not a text.
    """

    scenes: int = 32
    pages: int = 4
    crops: int = 4096
    lowest_glyph_score: float = 0.6


class ScreenParser:
    """Finds and reads all objects of a frame. Loads its engines once; used from one thread."""

    def __init__(
        self, detector: Detector, ocr: OcrEngine, options: ParserOptions | None = None
    ) -> None:
        self._options = options or ParserOptions()
        self._detector = detector
        self._ocr = CachedOcr(ocr, self._options.pages, self._options.crops)
        self._scenes: BoundedCache[Scene] = BoundedCache(self._options.scenes)

    @classmethod
    def default(cls, options: ParserOptions | None = None) -> ScreenParser:
        """With the engines that work best here.

        Raises:
            ModelError: the OCR engine cannot be loaded.
        """
        from vistest.vision.detectors.contour import ContourDetector
        from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine

        return cls(ContourDetector(), RapidOcrEngine(), options)

    @property
    def name(self) -> str:
        """Names of the engines, for caches and reports."""
        return f"{self._detector.name} + {self._ocr.name}"

    def parse(self, frame: Frame) -> Scene:
        """All objects of the frame in reading order, with text and appearance."""
        digest = frame.digest()
        scene = self._scenes.get(digest)
        if scene is None:
            scene = self._parse(frame)
            self._scenes.put(digest, scene)
        return scene

    def _parse(self, frame: Frame) -> Scene:
        found = self._detector.detect(frame)
        lines = separate_lines(self._ocr, frame, self._ocr.read(frame), found)
        found, lines = read_leftovers(
            self._ocr, frame, found, lines, self._options.lowest_glyph_score
        )
        found = split_rows(found, lines, frame.density)
        parts = in_reading_order(fuse(found, lines, frame.screen), frame.density)
        looks = appearance.describe(frame, [part.content for part in parts])
        return Scene(
            tuple(
                replace(part.element, appearance=look if look.any() else None)
                for part, look in zip(parts, looks, strict=True)
            ),
            frame.screen,
        )


def in_reading_order(parts: Sequence[Part], density: float) -> list[Part]:
    """Row by row from the top, each row from the left; what encloses comes before what is in it."""
    rows: list[list[Part]] = []
    limit = float("-inf")
    for part in sorted(parts, key=_from_top):
        box = part.element.box
        if box.top > limit:
            rows.append([])
            limit = box.top + min(box.height / 2, 12 * density)
        rows[-1].append(part)
    return [part for row in rows for part in sorted(row, key=_from_left)]


def _from_top(part: Part) -> tuple[float, float, float, float, str, str]:
    """A total order, so that the scene does not depend on the order in which things were found."""
    box: Rect = part.element.box
    return (box.top, box.left, box.bottom, box.right, part.element.cls, part.element.text)


def _from_left(part: Part) -> tuple[float, float, float, float, str, str]:
    box: Rect = part.element.box
    element: UiElement = part.element
    return (box.left, -box.area, box.top, box.bottom, element.cls, element.text)
