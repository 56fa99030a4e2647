"""All elements of one screen matched with all elements of another, at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vistest.vision.matching.anchors import neighbour_evidence, place_trust
from vistest.vision.matching.assignment import NO_MATCH, assign, margin
from vistest.vision.matching.evidence import own_evidence
from vistest.vision.matching.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from vistest.core.scene import Scene
    from vistest.vision.matching.evidence import Evidence
    from vistest.vision.matching.options import MatchingOptions

_STEADY = 2  # lone texts that a screen must share with another to be its first anchors


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What is where, n elements of `first` against m of `second`.

    Attributes:
        first: The screen looked from.
        second: The screen looked at.
        evidence: By kind, each (n, m).
        scores: (n, m): log-odds of being one element, against having no counterpart.
        assigned: (n,): the counterpart, or `NO_MATCH`.
        anchors: (k, 2): the pairs that vouched for the others.
    """

    first: Layout
    second: Layout
    evidence: Evidence
    scores: NDArray[np.float64]
    assigned: NDArray[np.intp]
    anchors: NDArray[np.intp]

    @property
    def agreement(self) -> float:
        """The share of the smaller screen that is matched for certain: is it the same page?"""
        return float(len(self.anchors) / max(1, min(self.scores.shape)))

    def margin(self, row: int, column: int) -> float:
        """By how much `column` beats the best other answer for `row`, in log-odds."""
        twins, place = self.first.same_tap(row), self.second.same_tap(column)
        return margin(self.scores, row, column, twins, place)


def solve(first: Scene, second: Scene, options: MatchingOptions) -> Solution:
    """Match all elements of two scenes."""
    left, right = Layout.of(first), Layout.of(second)
    own, scale = own_evidence(left, right)
    anchors = _first_anchors(own)
    for _ in range(options.rounds):
        evidence = own | neighbour_evidence(left, right, anchors, scale, options)
        for kind, trust in place_trust(own, anchors).items():
            evidence[kind] = trust * own[kind]
        scores = fuse(evidence, options.weights)
        assigned = assign(scores)
        anchors = _anchors(left, right, scores, assigned, options.anchor_margin)
    return Solution(left, right, evidence, scores, assigned, anchors)


def fuse(evidence: Evidence, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Log-odds of each pair: the weighted sum of its evidence."""
    scores = np.full(next(iter(evidence.values())).shape, weights["bias"])
    for kind, values in evidence.items():
        scores += weights[kind] * values
    return scores


def _first_anchors(evidence: Evidence) -> NDArray[np.intp]:
    """Texts that stand once on both screens, each of one class with its counterpart."""
    pairs = np.argwhere((evidence["text_unique"] > 0) & (evidence["class_same"] > 0))
    return pairs if len(pairs) >= _STEADY else np.empty((0, 2), np.intp)


def _anchors(
    left: Layout,
    right: Layout,
    scores: NDArray[np.float64],
    assigned: NDArray[np.intp],
    least: float,
) -> NDArray[np.intp]:
    """Assigned pairs that beat every rival of either side by `least`."""
    rows = np.flatnonzero(assigned != NO_MATCH)
    pairs = [
        (row, column)
        for row, column in zip(rows, assigned[rows], strict=True)
        if scores[row, column] >= least
        and scores[row, column] - _rival(scores[row], right.same_tap(column)) >= least
        and scores[row, column] - _rival(scores[:, column], left.same_tap(row)) >= least
    ]
    return np.array(pairs, np.intp).reshape(-1, 2)


def _rival(scores: NDArray[np.float64], own: NDArray[np.bool_]) -> float:
    others = scores[~own]
    return float(others.max()) if others.size else -np.inf
