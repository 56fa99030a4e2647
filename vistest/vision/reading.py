"""What to read besides the lines that OCR finds by itself, and what lone glyphs mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection, TextLine
from vistest.vision.glyphs import (
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
        The detections without those that are letters or words, and all lines.
    """
    kept = [one for one in found if not _is_lettering(one, lines)]
    pieces = [one for one in kept if one.cls in PIECES]
    readings = ocr.read_boxes(frame, [reading_box(one.box, frame.density) for one in pieces])
    leftovers = [
        TextLine(reading.text, one.box, reading.score)
        for one, reading in zip(pieces, readings, strict=True)
    ]
    meant = _meanings(frame, [*lines, *leftovers], kept, lowest_score, shows_ideographs(lines))
    unread = [
        one for one, text in zip(pieces, meant[len(lines) :], strict=True)
        if not text and one.cls == "icon"
    ]  # fmt: skip
    objects = [one for one in kept if one.cls not in PIECES]
    texts = [
        line if line.text == text else replace(line, text=text)
        for line, text in zip([*lines, *leftovers], meant, strict=True)
        if text
    ]
    return [*objects, *unread], texts


def _meanings(
    frame: Frame,
    lines: Sequence[TextLine],
    found: Sequence[Detection],
    lowest_score: float,
    ideographs: bool,
) -> list[str]:
    """The text of every line as it was meant; empty for what is no text."""
    keys = [one.box for one in found if one.cls == "button"]
    meant = []
    for line in lines:
        on_key = any(line.box.covered_by(key) > 0.9 for key in keys)
        sign = _sign(frame, line, on_key)
        read = line.text if ideographs else lone_glyph(line.text)
        meant.append(sign or (read if line.score >= lowest_score else ""))
    if is_keypad(meant):
        meant = [ON_KEYPADS.get(text, text) for text in meant]
    return meant


def _sign(frame: Frame, line: TextLine, on_key: bool) -> str:
    if len(line.text) > 1 or not on_key:
        return ""
    crop = frame.crop(line.box.expanded(2))[:, :, :3]
    return drawn_sign(np.asarray(crop), frame.density)


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
    marks = [
        one.box
        for one in found
        if one.cls in MARKS and one.box.covered_by(line) > 0.6 and one.box.left <= line.left + 3
    ]
    if marks and (rest := _after(line, marks[0], found)):
        return [rest]
    return None


def _after(line: Rect, mark: Rect, found: Sequence[Detection]) -> Rect | None:
    """The line without the mark at its head, if there is a space behind the mark."""
    following = [
        one.box.left
        for one in found
        if one.cls in PIECES and one.box.left >= mark.right - 1 and line.contains(one.box.center)
    ]
    if not following or min(following) - mark.right < 0.22 * line.height:
        return None
    return Rect(min(following) - 1, line.top, line.right, line.bottom)


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
