"""Where an element stands to a text that a person named: below it, right of it, inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.text import printable
from vistest.vision.matching.evidence import line_of
from vistest.vision.matching.layout import gaps
from vistest.vision.matching.text import similarity_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vistest.core.scene import Relation
    from vistest.vision.matching.layout import Layout
    from vistest.vision.matching.options import MatchingOptions

_OUT_OF_LINE = 3.0  # what a step aside counts against a step ahead
_OVERLAP = 0.3  # lines by which boxes may overlap and still be one below the other
_TIE = 0.01


class UnknownText(Exception):
    """The text of a relation is not on the screen."""


def relation_distances(
    relations: Mapping[Relation, str], layout: Layout, options: MatchingOptions
) -> NDArray[np.float64]:
    """(n,): lines of text from the related texts, infinite where a relation does not hold.

    A text that stands several times counts at each place; the nearest one decides.

    Raises:
        UnknownText: a related text is not on the screen.
    """
    total = np.zeros(len(layout.texts))
    for relation, text in relations.items():
        places = _places_of(text, layout, options.described_same)
        if not len(places):
            raise UnknownText(f'the text "{printable(text, 40)}" is not on the screen')
        distances = np.array([_distances(relation, place, layout, options) for place in places])
        total = total + distances.min(axis=0)
    return total


def _places_of(text: str, layout: Layout, least: float) -> NDArray[np.intp]:
    """The elements that bear `text` best; lines of text before the objects they stand on."""
    fit = np.zeros(len(layout.texts))
    for index, element in enumerate(layout.scene.elements):
        lines = [element.text, *element.text.splitlines()]
        fit[index] = similarity_matrix([text], lines)[0].max()
    if not len(fit) or fit.max() < least:
        return np.empty(0, np.intp)
    return np.flatnonzero(fit >= fit.max() - _TIE)


def _distances(
    relation: Relation, place: int, layout: Layout, options: MatchingOptions
) -> NDArray[np.float64]:
    if relation == "inside":
        return np.where(layout.inside[:, place], 0.0, np.inf)
    line = line_of(layout)
    gap = gaps(layout.boxes[[place]], layout.boxes)[0] / line
    across, down = gap[:, 0], gap[:, 1]
    if relation == "near":
        distance = np.abs(across) + np.abs(down)
        holds = distance <= options.near_reach
    else:
        step = layout.centers - layout.centers[place]
        along, aside, forward = {
            "below": (np.abs(down), np.abs(across), step[:, 1]),
            "above": (np.abs(down), np.abs(across), -step[:, 1]),
            "right_of": (np.abs(across), np.abs(down), step[:, 0]),
            "left_of": (np.abs(across), np.abs(down), -step[:, 0]),
        }[relation]
        distance = along + _OUT_OF_LINE * aside
        holds = (forward > _OVERLAP * line) & ((along > 0) | (aside > 0))
    holds[place] = False
    holds &= ~layout.inside[place] & ~layout.inside[:, place]
    return np.where(holds, distance, np.inf)
