"""What the looks of two elements say, with colour where both have some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.appearance import likeness
from vistest.vision.matching.layout import FIELD_CLASSES, GLYPH_CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.matching.layout import Layout


# Their looks change with their state and their content, and many of a screen look the same.
_STATEFUL = [ELEMENT_CLASSES.index(cls) for cls in (*GLYPH_CLASSES, *FIELD_CLASSES)]


def look_evidence(first: Layout, second: Layout) -> dict[str, NDArray[np.float64]]:
    """Evidence by kind, each (n, m), 0 to 1.

    Between elements without text, `appearance_alone` says by how much the pair is more alike than
    either is to anything else, and `appearance_behind` by how much the first is more alike to
    something else.
    """
    like = likeness(first.appearance, second.appearance)
    bare_first, bare_second = _bare(first)[:, None], _bare(second)[None, :]
    bare = bare_first & bare_second
    colour = 1 - np.maximum(like.other_hue, like.one_grey) / 2
    alike = like.outline * (1 + like.filling) / 2 * colour
    in_row = _best_other(alike, second.same_taps)
    in_column = _best_other(alike.T, first.same_taps).T
    steady = ~np.isin(first.classes, _STATEFUL)[:, None]
    return {
        "appearance": like.outline,
        "appearance_without_text": like.outline * bare_first,
        "appearance_filling": like.filling,
        "appearance_same_hue": like.same_hue,
        "appearance_other_hue": like.other_hue,
        "appearance_one_grey": like.one_grey,
        "appearance_alone": np.clip(alike - np.maximum(in_row, in_column), 0, 1) * bare,
        "appearance_behind": np.clip(in_row - alike, 0, 1) * bare * steady,
    }


def _bare(layout: Layout) -> NDArray[np.bool_]:
    return np.array([not text for text in layout.texts], bool)


def _best_other(alike: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n, m): the best of the row but for the column itself and what is `same` (m, m) as it.

    An icon and the button around it are one thing, no rivals.
    """
    columns = [np.where(row, 0, alike).max(axis=1) for row in same]
    return np.array(columns).reshape(alike.shape[::-1]).T
