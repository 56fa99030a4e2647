"""What two elements have in common, seen each by itself: text, class, looks, size, place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.matching.looks import look_evidence
from vistest.vision.matching.text import is_key, numbers_differ, similarity_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.core.scene import ElementClass
    from vistest.vision.matching.layout import Layout

Evidence = dict[str, "NDArray[np.float64]"]

SAME_TEXT = 0.95
_ALIKE_FROM = 0.5
_SHORT = 2
_FALLBACK_LINE_DP = 14.0
_FEWEST_PAIRS = 3
_EDGE_REACH = 3.0
_SHARE_REACH = 0.15

# Detectors and toolkits disagree most often within these groups.
_RELATED: tuple[tuple[str, ...], ...] = (
    ("button", "list_item", "tab", "text"),
    ("button", "dropdown", "text_field"),
    ("button", "icon", "image", "tab"),
    ("checkbox", "radio", "switch", "icon"),
    ("slider", "text_field"),
)


def _class_table() -> NDArray[np.float64]:
    table = np.zeros((len(ELEMENT_CLASSES), len(ELEMENT_CLASSES)))
    for group in _RELATED:
        members = [ELEMENT_CLASSES.index(cls) for cls in group]
        table[np.ix_(members, members)] = 1.0
    np.fill_diagonal(table, 0.0)
    return table


_RELATED_CLASSES = _class_table()


def related_to(first: ElementClass, second: ElementClass) -> bool:
    """Whether a detector may well take one class for the other."""
    pair = ELEMENT_CLASSES.index(first), ELEMENT_CLASSES.index(second)
    return bool(_RELATED_CLASSES[pair])


def own_evidence(first: Layout, second: Layout) -> tuple[Evidence, float]:
    """Evidence by kind, each (n, m) and mostly 0 to 1, and pixels of `second` per one of `first`.

    Densities are only used where the texts do not tell the scale.
    """
    likeness = similarity_matrix(first.texts, second.texts)
    scale = _scale(first, second, likeness)
    evidence = _text_evidence(first, second, likeness)
    evidence |= _caption_evidence(first.captions, second.captions)
    evidence |= _class_evidence(first, second)
    evidence |= look_evidence(first, second)
    evidence |= _sizes(first, second, scale)
    evidence |= _places(first, second, scale)
    return evidence, scale


def line_of(layout: Layout) -> float:
    """Pixels of one line of text, the unit of length."""
    return layout.line_height or _FALLBACK_LINE_DP * layout.scene.screen.density


def unique_pairs(first: Layout, second: Layout, same: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n, m): same text, and no other element on either screen has it (parts do not count)."""
    one_first, one_second = _only_one(first), _only_one(second)
    return same & one_first[:, None] & one_second[None, :]


def _only_one(layout: Layout) -> NDArray[np.bool_]:
    """Whether an element's text stands once on its screen; a text in its button is one."""
    texts = np.array(layout.texts, dtype=object)
    same = texts[:, None] == texts[None, :]
    part_of_same = np.any(same & layout.inside, axis=1)
    counts = Counter(
        text for text, part in zip(layout.texts, part_of_same, strict=True) if not part
    )
    return np.array([bool(text) and counts[text] <= 1 for text in layout.texts], bool)


def _scale(first: Layout, second: Layout, likeness: NDArray[np.float64]) -> float:
    pairs = unique_pairs(first, second, likeness >= SAME_TEXT)
    text = ELEMENT_CLASSES.index("text")
    pairs &= (first.classes == text)[:, None] & (second.classes == text)[None, :]
    rows, columns = np.nonzero(pairs)
    if len(rows) >= _FEWEST_PAIRS:
        return float(np.median(second.sizes[columns, 1] / np.maximum(first.sizes[rows, 1], 1)))
    if first.scene.screen.density != second.scene.screen.density:
        return second.scene.screen.density / first.scene.screen.density
    return line_of(second) / line_of(first)


def _text_evidence(first: Layout, second: Layout, likeness: NDArray[np.float64]) -> Evidence:
    has_first = np.array([bool(text) for text in first.texts], bool)[:, None]
    has_second = np.array([bool(text) for text in second.texts], bool)[None, :]
    both = has_first & has_second
    same = likeness >= SAME_TEXT
    differs = both & (likeness < _ALIKE_FROM)
    texts = (first.texts, second.texts)
    return {
        "text_same": same.astype(float),
        "text_unique": unique_pairs(first, second, same).astype(float),
        "text_alike": np.where(same, 0, np.clip((likeness - _ALIKE_FROM) / _ALIKE_FROM, 0, 1)),
        "text_differs": differs.astype(float),
        "text_numbers_differ": (differs & _both(*map(_numbered, texts))).astype(float),
        "text_keys_differ": (differs & _both(*map(_keys, texts))).astype(float),
        "text_one_sided": (has_first ^ has_second).astype(float),
    }


def _both(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(first[:, None] & second[None, :])


def _numbered(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Where a difference cannot be OCR noise or another wording: short words and numbers."""
    return np.array([bool(t) and (len(t) <= _SHORT or numbers_differ(t, "")) for t in texts], bool)


def _keys(texts: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([is_key(text) for text in texts], bool)


def _caption_evidence(first: Sequence[str], second: Sequence[str]) -> Evidence:
    likeness = similarity_matrix(first, second)
    has_first = np.array([bool(text) for text in first], bool)[:, None]
    has_second = np.array([bool(text) for text in second], bool)[None, :]
    return {
        "caption_same": np.clip((likeness - _ALIKE_FROM) / _ALIKE_FROM, 0, 1),
        "caption_differs": (has_first & has_second & (likeness < _ALIKE_FROM)).astype(float),
    }


def _class_evidence(first: Layout, second: Layout) -> Evidence:
    same = first.classes[:, None] == second.classes[None, :]
    return {
        "class_same": same.astype(float),
        "class_related": _RELATED_CLASSES[np.ix_(first.classes, second.classes)],
    }


def _sizes(first: Layout, second: Layout, scale: float) -> Evidence:
    """-|log ratio| of height and width, after the change of scale, -1.5 at worst."""
    log_first = np.log(np.maximum(first.sizes * scale, 1.0))
    log_second = np.log(np.maximum(second.sizes, 1.0))
    ratio = -np.minimum(np.abs(log_first[:, None] - log_second[None, :]), 1.5)
    return {"width": ratio[:, :, 0], "height": ratio[:, :, 1]}


def _places(first: Layout, second: Layout, scale: float) -> Evidence:
    """The same distance from an edge of the screen, and the same share of the screen."""
    size_first = np.array([first.scene.screen.size.width, first.scene.screen.size.height], float)
    size_second = np.array([second.scene.screen.size.width, second.scene.screen.size.height], float)
    unit = line_of(first) * scale
    low = np.abs(first.boxes[:, None, :2] * scale - second.boxes[None, :, :2]) / unit
    rest_first, rest_second = size_first - first.boxes[:, 2:], size_second - second.boxes[:, 2:]
    high = np.abs(rest_first[:, None] * scale - rest_second[None, :]) / unit
    edges = np.exp(-np.minimum(low, high).sum(axis=2) / _EDGE_REACH)
    share = np.abs(
        (first.centers / size_first)[:, None] - (second.centers / size_second)[None, :]
    ).sum(axis=2)
    return {"position_edges": edges, "position_share": np.exp(-share / _SHARE_REACH)}
