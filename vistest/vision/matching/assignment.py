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
    assigned: NDArray[np.intp],
    row: int,
    same_place: NDArray[np.bool_],
) -> float:
    """By how much the best assignment beats the best one where `row` goes elsewhere or nowhere.

    Unlike the distance to the second best column, this knows that a rival may be needed by
    another row.

    Args:
        scores: (n, m).
        assigned: What `assign(scores)` gave.
        row: The row in question.
        same_place: (m,): columns that count as the same answer as the row's own.
    """
    without = scores.copy()
    without[row, same_place] = 0
    return total(scores, assigned) - total(without, assign(without))
