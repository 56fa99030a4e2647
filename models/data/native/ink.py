"""Where the ink is: tight boxes of text lines and glyphs in the area that a toolkit gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of 255, from the colour that fills most of the area. Frames of indicators are faint.
_TEXT_CONTRAST, _GLYPH_CONTRAST = 40, 20
_LINE_GAP_DP = 2.0


def tightened(
    elements: list[dict[str, Any]], picture: NDArray[np.uint8], density: float
) -> list[dict[str, Any]]:
    """The elements, boxes in dp, with `loose` boxes shrunk to the ink of `picture` (H, W, 3).

    A text of several lines becomes one element a line; its words are shared out by length. What
    has no ink is dropped.
    """
    found = []
    for element in elements:
        loose = element.pop("loose", False)
        if not loose:
            found.append(element)
            continue
        boxes = ink_boxes(element["box"], picture, density, lines=element["class"] == "text")
        words = shared_out(element["text"], [box[2] - box[0] for box in boxes])
        for number, (box, text) in enumerate(zip(boxes, words, strict=True), start=1):
            part = element["part"] if number == 1 else f"{element['part']}#{number}"
            found.append({**element, "part": part, "box": box, "text": text})
    return found


def ink_boxes(
    box: list[float], picture: NDArray[np.uint8], density: float, *, lines: bool
) -> list[list[float]]:
    """Boxes in dp around the ink inside `box`: one a line, or one in all."""
    left, top, right, bottom = (max(0, round(edge * density)) for edge in box)
    part = picture[top:bottom, left:right, :3].astype(np.int16)
    if part.size == 0:
        return []
    paper = np.median(part.reshape(-1, 3), axis=0)
    ink = np.abs(part - paper).max(axis=2) > (_TEXT_CONTRAST if lines else _GLYPH_CONTRAST)
    rows = ink.any(axis=1)
    gap = max(1, round(_LINE_GAP_DP * density)) if lines else len(rows)
    boxes = []
    for first, last in _runs(rows, gap):
        columns = np.flatnonzero(ink[first:last].any(axis=0))
        edges = (left + columns[0], top + first, left + columns[-1] + 1, top + last)
        boxes.append([float(edge) / density for edge in edges])
    return boxes


def _runs(rows: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Stretches of true rows; a stretch goes on over fewer than `gap` false ones."""
    runs: list[tuple[int, int]] = []
    for row in np.flatnonzero(rows):
        if runs and row - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], int(row) + 1)
        else:
            runs.append((int(row), int(row) + 1))
    return runs


def shared_out(text: str, widths: list[float]) -> list[str]:
    """`text` cut between words into as many lines as there are widths, in proportion."""
    if len(widths) <= 1:
        return [text] * len(widths)
    words = text.split(" ")
    shares = np.cumsum(widths) / sum(widths) * len(text)
    lines: list[list[str]] = [[] for _ in widths]
    used = 0
    for word in words:
        middle = used + len(word) / 2
        lines[min(int(np.searchsorted(shares, middle)), len(widths) - 1)].append(word)
        used += len(word) + 1
    return [" ".join(line) for line in lines]
