# ruff: noqa: RUF001 - the look-alike signs are the matter of this module
"""How alike two texts are, tolerant of what OCR does and strict about what it must not blur.

Letters may be misread, cut off or differ in case; digits and single characters are the very
thing that tells "7" from "1", so texts that differ in them are different texts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

EXACT, SAME_LETTERS, SAME_SHAPE = 1.0, 0.97, 0.9
_LONGEST = 200
_SHORTEST_CUT, _SHORTEST_UNMARKED_CUT = 3, 9
_CUT, _UNMARKED_CUT = 0.85, 0.75

# One sign in several fonts and toolkits, or one shape that OCR reads either way.
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−_", "-"),
    **dict.fromkeys("×✕✖╳*∗⨯", "x"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("‘’`´", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("·•∙", "."),
    **dict.fromkeys("⌫←⇐", "<"),
    "±": "+/-",
    "…": "...",
}
_SHAPES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5", "z": "2", " ": ""})
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_KEY = re.compile(r"[\d.,:+\-x/=%<]+")
_ICON_SIGN = re.compile(r"^[^\w\s] | [^\w\s]$")
_LEAST_LETTERS = 3
_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793]")  # what OCR makes of round icons


def normalised(text: str) -> str:
    """Compatibility form, one kind of white space, one kind of each sign, case kept.

    A lone sign before or behind words is left out: it is an icon that was read with its caption.
    """
    composed = unicodedata.normalize("NFKC", _ENCLOSED.sub(" ", text[:_LONGEST]))
    signs = "".join(_SIGNS.get(character, character) for character in composed)
    words = " ".join(signs.split())
    caption = _ICON_SIGN.sub("", words)
    return caption if sum(map(str.isalpha, caption)) >= _LEAST_LETTERS else words


def similarity(first: str, second: str) -> float:
    """Alikeness of two texts, 0 to 1; 0 if one of them is empty or they differ in numbers."""
    return float(similarity_matrix([first], [second])[0, 0])


def similarity_matrix(first: Sequence[str], second: Sequence[str]) -> NDArray[np.float64]:
    """`similarity` of each of `first` with each of `second`, shape (len(first), len(second))."""
    rows, row_of = _distinct(first)
    columns, column_of = _distinct(second)
    distinct = _distinct_matrix(rows, columns)
    return distinct[np.ix_(row_of, column_of)]


def _distinct(texts: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    forms = [normalised(text) for text in texts]
    order = {form: index for index, form in enumerate(dict.fromkeys(forms))}
    return list(order), np.array([order[form] for form in forms], dtype=np.intp)


def _distinct_matrix(rows: list[str], columns: list[str]) -> NDArray[np.float64]:
    scores = np.zeros((len(rows), len(columns)))
    if not rows or not columns:
        return scores
    lower_rows = [row.casefold() for row in rows]
    lower_columns = [column.casefold() for column in columns]
    ratios = process.cdist(
        lower_rows, lower_columns, scorer=Indel.normalized_similarity, dtype=np.float32
    )
    partial = process.cdist(lower_rows, lower_columns, scorer=fuzz.partial_ratio, dtype=np.float32)
    worth = np.argwhere((ratios > 0.4) | (partial > 85.0))
    shapes_match = {row: row.translate(_SHAPES) for row in {*lower_rows, *lower_columns}}
    for i, j in worth:
        scores[i, j] = _pair(rows[i], columns[j], float(ratios[i, j]), shapes_match)
    for i, j in _same_shapes(lower_rows, lower_columns, shapes_match):
        scores[i, j] = max(scores[i, j], _shape_score(rows[i], columns[j]))
    return scores


def _same_shapes(
    rows: list[str], columns: list[str], shapes: dict[str, str]
) -> list[tuple[int, int]]:
    by_shape: dict[str, list[int]] = {}
    for j, column in enumerate(columns):
        by_shape.setdefault(shapes[column], []).append(j)
    return [(i, j) for i, row in enumerate(rows) for j in by_shape.get(shapes[row], ()) if row]


def _pair(first: str, second: str, ratio: float, shapes: dict[str, str]) -> float:
    if not first or not second:
        return 0.0
    if first == second:
        return EXACT
    lower_first, lower_second = first.casefold(), second.casefold()
    if lower_first == lower_second:
        return SAME_LETTERS
    if shapes[lower_first] == shapes[lower_second]:
        return _shape_score(first, second)
    if min(len(first), len(second)) <= 2 or numbers_differ(first, second):
        return 0.0
    return max(SAME_SHAPE * ratio, _truncation(lower_first, lower_second))


def _shape_score(first: str, second: str) -> float:
    """Texts of one shape: "0ption" and "Option" are one text, "10" and "lo" need not be."""
    lower_first, lower_second = first.casefold(), second.casefold()
    if first == second:
        return EXACT
    if lower_first == lower_second:
        return SAME_LETTERS
    if lower_first.replace(" ", "") == lower_second.replace(" ", ""):
        return SAME_LETTERS
    both_numbers = first.isdigit() and second.isdigit()
    return 0.0 if both_numbers else SAME_SHAPE - 0.3 * (min(len(first), len(second)) <= 2)


def is_key(text: str) -> bool:
    """Whether a normalised text is digits and signs alone, as on the keys of a calculator."""
    return _KEY.fullmatch(text) is not None


def numbers_differ(first: str, second: str) -> bool:
    """Whether the texts hold different numbers, so that they name different things."""
    return _NUMBER.findall(first) != _NUMBER.findall(second)


def _truncation(first: str, second: str) -> float:
    """A text cut off at the edge of its field; "Save" is not a cut "Save as", "Save…" may be."""
    short, long = sorted((first, second), key=lambda text: len(text.rstrip(". ")))
    start = short.rstrip(". ")
    if not long.startswith(start):
        return 0.0
    if short.endswith(".."):
        return _CUT if len(start) >= _SHORTEST_CUT else 0.0
    return _UNMARKED_CUT if len(start) >= _SHORTEST_UNMARKED_CUT else 0.0
