"""Engines of vision that answer from a list: no model, no pixels looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vistest.vision.contracts import Detection, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect


@dataclass
class FakeDetector:
    """Finds what it was given, in every frame."""

    found: list[Detection] = field(default_factory=list)
    name: str = "fake detector"

    def detect(self, frame: Frame) -> list[Detection]:
        """What was given."""
        return list(self.found)


@dataclass
class FakeOcr:
    """Reads what it was given: `lines` in every frame, and by box the first of `glyphs` in it.

    Attributes:
        lines: What `read` finds.
        glyphs: What is written where, for `read_boxes`.
        asked: Every box that was asked for, in order.
    """

    lines: list[TextLine] = field(default_factory=list)
    glyphs: list[TextLine] = field(default_factory=list)
    asked: list[Rect] = field(default_factory=list)
    name: str = "fake ocr"

    def read(self, frame: Frame) -> list[TextLine]:
        """The lines."""
        return list(self.lines)

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        """For each box the glyph whose middle is in it, else an empty line."""
        self.asked += boxes
        return [self._in(box) for box in boxes]

    def _in(self, box: Rect) -> TextLine:
        for glyph in self.glyphs:
            if box.contains(glyph.box.center):
                return TextLine(glyph.text, box, glyph.score)
        return TextLine("", box, 0.0)
