# ruff: noqa: RUF001, RUF002 - characters that look alike are the subject
"""Single glyphs, which a recogniser of words and ideographs easily takes for something else."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.vision.ocr.lines import ink_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from vistest.vision.contracts import TextLine

# A recogniser trained on Chinese reads these signs as the ideographs of the same strokes.
LOOKALIKES = {
    "一": "−",
    "—": "−",
    "–": "−",
    "二": "=",
    "十": "+",
    "土": "±",
    "士": "±",
    "乂": "×",
    "大": "*",
    "木": "*",
    "米": "*",
    "几": "π",
    "丌": "π",
}
DRAWN_SIGNS = ("−", "=")
# A recogniser trained on Chinese writes signs in their full width.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Beside the digits of a keypad there are signs of arithmetic, not these letters.
ON_KEYPADS = {"X": "×", "x": "×", "V": "√", "O": "0", "I": "1", "l": "1", "|": "1"}
DIGITS_OF_KEYPAD = 6
# Of the height and the middle of the ink there in a slanted stroke.
STRAIGHT_CORRELATION = 0.98


def shows_ideographs(lines: Sequence[TextLine]) -> bool:
    """Whether the screen is written in Chinese or Japanese: whole words of it were read."""
    return sum(sum(map(_is_ideograph, line.text)) >= 2 for line in lines) >= 2


def is_keypad(texts: Iterable[str]) -> bool:
    """Whether most digits stand alone among the texts of a screen."""
    return len({text for text in texts if text in "0123456789" and text}) >= DIGITS_OF_KEYPAD


def lone_glyph(text: str) -> str:
    """What was meant by `text` on a screen without ideographs; longer texts are left alone.

    Empty if it can only be a picture that was taken for a letter.
    """
    stripped = text.strip().translate(HALF_WIDTH)
    if len(stripped) != 1:
        return stripped
    if stripped in LOOKALIKES:
        return LOOKALIKES[stripped]
    return "" if _is_ideograph(stripped) or _is_ornament(stripped) else stripped


def drawn_sign(crop: NDArray[np.uint8], density: float) -> str:
    """The sign whose drawing in a BGR crop is certain without a recogniser: − = . / or nothing."""
    if min(crop.shape[:2]) < 3:
        return ""
    ink = ink_of(crop).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    strokes = sorted(stats[1:count].tolist(), key=lambda one: one[1])
    if len(strokes) == 1 and _rises(ink):
        return "/"
    if any(area < 0.7 * width * height for _, _, width, height, area in strokes):
        return ""
    bars = [one for one in strokes if 2.2 * one[3] <= one[2] <= 24 * density]
    if len(strokes) == 1:
        _, _, width, height, _ = strokes[0]
        even = 0.6 <= width / height <= 1.6 or max(width, height) <= 3 * density
        is_dot = even and max(width, height) <= 6 * density
        return "−" if bars else "." if is_dot else ""
    return "=" if len(strokes) == len(bars) == 2 and _are_alike(*bars) else ""


def _rises(ink: NDArray[np.uint8]) -> bool:
    """Whether the ink is one straight stroke from the lower left to the upper right."""
    rows, columns = np.nonzero(ink)
    if not rows.size:
        return False
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    if width < 3 or not 0.25 <= width / height <= 1:
        return False
    lines = [columns[rows == row] for row in np.unique(rows)]
    if max(np.ptp(line) for line in lines) > 0.55 * width:
        return False
    middles = [line.mean() for line in lines]
    return bool(np.corrcoef(range(len(middles)), middles)[0, 1] < -STRAIGHT_CORRELATION)


def _are_alike(upper: list[int], lower: list[int]) -> bool:
    """Whether two bars (x, y, width, height, area) lie over each other as in =."""
    width = max(upper[2], lower[2])
    gap = lower[1] - upper[1] - upper[3]
    return (
        abs(upper[0] - lower[0]) <= 0.15 * width
        and abs(upper[2] - lower[2]) <= 0.15 * width
        and 0 < gap <= 0.8 * width
    )


def _is_ideograph(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def _is_ornament(character: str) -> bool:
    """Bullets, boxes, circles: how a recogniser describes an icon."""
    return unicodedata.category(character) == "So" or character in "·•●○◎、。"
