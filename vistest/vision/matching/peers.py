"""Does a pair agree as well as the pairs that are certain on the same two screens?

What another place, another row or another role is worth depends on the screens. On a screen that
is arranged anew most things stand elsewhere, so that says little; where everything else stayed in
its row and its role, words that stand elsewhere in another role are other words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.vision.matching.solution import Solution


def peer_signals(solution: Solution, row: int, column: int) -> dict[str, float]:
    """How the pair compares to the anchors of its screens.

    Returns:
        `row`, `place` and `caption`: by how much it agrees less than they do, -1 to 0, and
        0 where there is nothing to compare. `role`: how usual it is that something in the role of
        `row` has the role of `column` on the other screen, 0 to 1.
    """
    first, evidence = solution.first, solution.evidence
    named = _some(first.captions) & ~_some(first.texts)
    every = np.ones_like(named)
    compared = {
        "row": (evidence["neighbours_row"], every),
        "place": (evidence["position_share"], every),
        "caption": (evidence["caption_same"], named),
    }
    told = {
        name: _shortfall(values, has, solution.anchors, (row, column))
        for name, (values, has) in compared.items()
    }
    return told | {"role": _role(solution, row, column)}


def _some(texts: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([bool(text) for text in texts], bool)


def _shortfall(
    values: NDArray[np.float64],
    has: NDArray[np.bool_],
    anchors: NDArray[np.intp],
    pair: tuple[int, int],
) -> float:
    """The value of `pair` less the mean of the anchors that have such a value, 0 at most."""
    rows, columns = anchors[has[anchors[:, 0]]].T
    if not has[pair[0]] or not len(rows):
        return 0.0
    return min(0.0, float(values[pair] - values[rows, columns].mean()))


def _role(solution: Solution, row: int, column: int) -> float:
    """Counted over the anchors; the pair itself counts as one."""
    first, second = solution.first.roles, solution.second.roles
    rows, columns = solution.anchors.T
    alike = columns[first[rows] == first[row]]
    same = np.count_nonzero(second[alike] == second[column]) + (first[row] == second[column])
    return float(same / (len(alike) + 1))
