"""What to read besides the lines that OCR finds by itself, and what lone glyphs mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection, TextLine
from vistest.vision.glyphs import (
    DRAWN_SIGNS,
    ON_KEYPADS,
    drawn_sign,
    is_keypad,
    lone_glyph,
    shows_ideographs,
)
from vistest.vision.ocr.lines import reading_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.frame import Frame
    from vistest.vision.contracts import OcrEngine

CONTROLS = ("button", "text_field", "dropdown", "tab", "list_item")
MARKS = ("checkbox", "radio", "switch", "slider")
PIECES = ("text", "icon")
WIDEST_SIGN_DP = 40
SMALLEST_ICON_DP = 3.5
# Among the keys of a keypad a glyph is a sign, even if it is read with little confidence.
LOWEST_ON_KEYPAD = 0.35
# Least share of an icon's slot that a letter fills: four fifths of its height, half of its width.
GLYPH_SHARE = 0.4


def separate_lines(
    ocr: OcrEngine, frame: Frame, lines: Sequence[TextLine], found: Sequence[Detection]
) -> list[TextLine]:
    """Lines that run across several objects, or over a check mark, read again part by part."""
    whole: list[TextLine] = []
    parts: list[Rect] = []
    for line in lines:
        cut = _parts_of(line.box, found)
        if cut is None:
            whole.append(line)
        else:
            parts += cut
    readings = ocr.read_boxes(frame, [reading_box(part, frame.density) for part in parts])
    whole += [
        TextLine(reading.text, part, reading.score)
        for part, reading in zip(parts, readings, strict=True)
        if reading.text and reading.score >= 0.5
    ]
    return sorted(whole, key=lambda line: (line.box.top, line.box.left))


def read_leftovers(
    ocr: OcrEngine,
    frame: Frame,
    found: Sequence[Detection],
    lines: Sequence[TextLine],
    lowest_score: float,
) -> tuple[list[Detection], list[TextLine]]:
    """Read the ink that no line covers, such as the digit of a key that OCR overlooked.

    Returns:
        The detections without those that are letters or words, and the lines as they were meant.
    """
    glyphs = Glyphs.on(frame, lines, found, lowest_score)
    texts = [line for line in map(glyphs.meant, lines) if line.text]
    kept = [one for one in found if not _is_lettering(one, texts) and not _is_read(one, texts)]
    pieces = [one for one in kept if one.cls in PIECES]
    readings = ocr.read_boxes(frame, [reading_box(one.box, frame.density) for one in pieces])
    leftovers = [
        TextLine(reading.text, one.box, reading.score)
        for one, reading in zip(pieces, readings, strict=True)
    ]
    glyphs = Glyphs.on(frame, [*lines, *leftovers], found, lowest_score)
    read = [glyphs.meant(line) for line in leftovers]
    unread = [
        replace(one, cls="icon")
        for one, line in zip(pieces, read, strict=True)
        if not line.text and _may_be_icon(one, frame.density) and not glyphs.is_caret(one.box)
    ]
    objects = [one for one in kept if one.cls not in PIECES]
    texts = [*map(glyphs.meant, texts), *(line for line in read if line.text)]
    return [*objects, *unread], texts


@dataclass(frozen=True, slots=True)
class Glyphs:
    """How lone glyphs of one screen are to be understood.

    Attributes:
        keys: Boxes of buttons.
        fields: Boxes of text fields.
        ideographs: Whether the screen is written in Chinese or Japanese.
        keypad: Whether it shows a keypad.
    """

    frame: Frame
    keys: tuple[Rect, ...]
    fields: tuple[Rect, ...]
    lowest_score: float
    ideographs: bool
    keypad: bool

    @classmethod
    def on(
        cls,
        frame: Frame,
        lines: Sequence[TextLine],
        found: Sequence[Detection],
        lowest_score: float,
    ) -> Glyphs:
        """For a screen with these lines and objects."""
        keys = tuple(one.box for one in found if one.cls == "button")
        keypad = is_keypad(line.text for line in lines)
        fields = tuple(one.box for one in found if one.cls in ("text_field", "dropdown"))
        return cls(frame, keys, fields, lowest_score, shows_ideographs(lines), keypad)

    def meant(self, line: TextLine) -> TextLine:
        """The line with the text that was meant; empty if it is no text."""
        sign = self._drawn(line)
        if sign:
            return replace(line, text=sign)
        text = line.text if self.ideographs else lone_glyph(line.text)
        if self.is_caret(line.box):
            return replace(line, text="")
        lowest = LOWEST_ON_KEYPAD if self.keypad and len(text) == 1 else self.lowest_score
        if text in DRAWN_SIGNS or line.score < lowest:
            text = ""
        return replace(line, text=ON_KEYPADS.get(text, text) if self.keypad else text)

    def is_caret(self, box: Rect) -> bool:
        """Whether it is the mark of where one types."""
        slim = box.width <= min(3 * self.frame.density, 0.25 * box.height)
        return slim and any(box.covered_by(field) > 0.9 for field in self.fields)

    def _drawn(self, line: TextLine) -> str:
        """The sign that a lone glyph on a key is by its drawing, or nothing."""
        if len(line.text) > 1:
            return ""
        if not self.keypad and not any(line.box.covered_by(key) > 0.9 for key in self.keys):
            return ""
        crop = self.frame.crop(line.box.expanded(2))[:, :, :3]
        return drawn_sign(np.asarray(crop), self.frame.density)


def _may_be_icon(piece: Detection, density: float) -> bool:
    """Whether ink that could not be read is a picture, neither dirt nor a word."""
    size = max(piece.box.width, piece.box.height) / density
    return size >= SMALLEST_ICON_DP and (piece.cls == "icon" or size <= WIDEST_SIGN_DP)


def _parts_of(line: Rect, found: Sequence[Detection]) -> list[Rect] | None:
    """The parts of a line that belong to different objects; None if it is whole."""
    crossed = [
        one.box
        for one in found
        if one.cls in CONTROLS
        and 0.05 < line.covered_by(one.box) < 0.85
        and one.box.covered_by(line) < 0.6
    ]
    apart = [
        box
        for box in crossed
        if not any(other is not box and box.covered_by(other) > 0.8 for other in crossed)
    ]
    if len(apart) >= 2:
        return [part for box in apart if (part := line.intersection(box)) is not None]
    marks = [one.box for one in found if one.cls in MARKS and one.box.covered_by(line) > 0.6]
    return _beside_marks(line, marks, found) if marks else None


def _beside_marks(
    line: Rect, marks: Sequence[Rect], found: Sequence[Detection]
) -> list[Rect] | None:
    """The parts of a line between check marks; None if these are letters after all.

    A mark stands at the head of the line or is higher than the letters, and there is a space
    between it and its caption.
    """
    space = 0.22 * line.height
    ink = [one.box for one in found if one.cls in PIECES and line.contains(one.box.center)]
    free = [one for one in ink if not any(one.covered_by(mark) > 0.5 for mark in marks)]
    tallest = 1.1 * max((one.height for one in free), default=0.0)
    real = [
        mark
        for mark in marks
        if (mark.height >= tallest or all(mark.left < one.left for one in free))
        and all(max(one.left - mark.right, mark.left - one.right) >= space for one in free)
    ]
    if not real or not free:
        return None
    parts = []
    ends = [line.left, *(end for mark in sorted(real, key=lambda m: m.left)
            for end in (mark.left, mark.right)), line.right]  # fmt: skip
    for left, right in zip(ends[::2], ends[1::2], strict=True):
        between = [one for one in free if left <= one.center.x <= right]
        if between:
            edge = Rect.bounding(between)
            parts.append(Rect(edge.left, line.top, edge.right, line.bottom))
    return parts or None


def _is_read(one: Detection, lines: Sequence[TextLine]) -> bool:
    """Whether a loose piece holds nothing but lines, which reading it again would double."""
    held = [line.box for line in lines if line.box.covered_by(one.box) > 0.6]
    if one.cls == "icon":
        return bool(held) and Rect.bounding(held).area >= GLYPH_SHARE * one.box.area
    return one.cls == "text" and bool(held)


def _is_lettering(one: Detection, lines: Sequence[TextLine]) -> bool:
    """Whether a detection is a letter, a word or a part of one of the lines."""
    small = one.cls in (*PIECES, "checkbox", "radio")
    for line in lines:
        covered = one.box.covered_by(line.box.expanded(1.5))
        if small and covered > 0.6:
            return True
        if one.cls in ("button", "slider") and covered > 0.9:
            return True
    return False
