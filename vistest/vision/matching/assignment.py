"""One-to-one assignment over the whole screen, where an element may have no counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_MATCH = -1


def assign(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The column of each row, or `NO_MATCH`, so that the sum of the scores is largest.

    A pair that scores below 0 is worse than no match, so it never comes about.
    """
    assigned = np.full(len(scores), NO_MATCH, np.intp)
    if scores.size:
        rows, columns = linear_sum_assignment(np.maximum(scores, 0), maximize=True)
        real = scores[rows, columns] > 0
        assigned[rows[real]] = columns[real]
    return assigned


def total(scores: NDArray[np.float64], assigned: NDArray[np.intp]) -> float:
    """The sum of the scores of the assigned pairs."""
    rows = np.flatnonzero(assigned != NO_MATCH)
    return float(scores[rows, assigned[rows]].sum())


def margin(
    scores: NDArray[np.float64],
    row: int,
    column: int,
    same_row: NDArray[np.bool_],
    same_place: NDArray[np.bool_],
) -> float:
    """By how much the best assignment with `row` at `column` beats the best one without.

    Unlike the distance to the second best column, this knows that a rival may be needed by
    another row. Going nowhere counts as another answer.

    Args:
        scores: (n, m).
        row: The row in question.
        column: Its answer.
        same_row: (n,): rows that ask for the same thing, which are no competitors.
        same_place: (m,): columns that count as the same answer.
    """
    others = ~same_row
    others[row] = False
    rest = scores[others]
    with_it = scores[row, column] + _best_total(rest[:, ~same_place])
    own = np.where(same_place, 0, scores[row])
    return max(0.0, float(with_it) - _best_total(np.vstack([own[None], rest])))


def _best_total(scores: NDArray[np.float64]) -> float:
    return total(scores, assign(scores))
