"""Pairs that are certain vouch for the pairs around them: where should the others be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.vision.matching.evidence import line_of
from vistest.vision.matching.layout import gaps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.matching.evidence import Evidence
    from vistest.vision.matching.layout import Layout
    from vistest.vision.matching.options import MatchingOptions

KINDS = (
    "neighbours_offset",
    "neighbours_row",
    "neighbours_near",
    "neighbours_beside",
    "neighbours_not_beside",
)
_ALONG_ROW = 0.15  # a neighbour in the same row is nearer than one in the same column
_BASE, _GROWTH = 0.8, 0.25  # tolerance in lines, and its growth with the distance
_NEAR_REACH = 4.0
_BLIND_TRUST = 0.5
_DOUBT = 0.3  # weight of evidence at which support counts half


def neighbour_evidence(
    first: Layout,
    second: Layout,
    anchors: NDArray[np.intp],
    scale: float,
    options: MatchingOptions,
) -> Evidence:
    """How well each pair (i, j) stands to the anchors near i, by kind, each (n, m), 0 to 1.

    Args:
        first: The screen looked from.
        second: The screen looked at.
        anchors: (k, 2): pairs of indices that are taken for certain.
        scale: Pixels of `second` per pixel of `first`.
        options: How many anchors count, and how far.
    """
    n, m = len(first.texts), len(second.texts)
    support: Evidence = {kind: np.zeros((n, m)) for kind in KINDS}
    if not len(anchors):
        return support
    unit_first, unit_second = line_of(first), line_of(first) * scale
    gap_first = gaps(first.boxes[anchors[:, 0]], first.boxes) / unit_first
    gap_second = gaps(second.boxes[anchors[:, 1]], second.boxes) / unit_second
    rise_first = _rises(first, anchors[:, 0]) / unit_first
    rise_second = _rises(second, anchors[:, 1]) / unit_second
    nearest, weight = _nearest(gap_first, anchors[:, 0], options)
    rows = np.arange(n)
    for anchor, word in zip(nearest.T, weight.T, strict=True):  # one anchor of each row at a time
        here, there = gap_first[anchor, rows][:, None], gap_second[anchor]
        rise = rise_first[anchor, rows][:, None], rise_second[anchor]
        free = word[:, None] * (anchors[anchor, 1][:, None] != np.arange(m))
        for kind, agreement in _agreements(here, there, rise).items():
            support[kind] += free * agreement
    total = weight.sum(axis=1)[:, None] + _DOUBT
    return {kind: values / total for kind, values in support.items()}


def _agreements(
    here: NDArray[np.float64],
    there: NDArray[np.float64],
    rise: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Evidence:
    """By kind (n, m): does j stand to the anchor's counterpart as i does to the anchor?

    Args:
        here: (n, 1, 2): gaps from the anchor in lines; `there`: (n, m, 2) on the other screen.
        there: See above.
        rise: (n, 1) and (n, m): how much lower the middles are, which gaps do not tell when boxes
            overlap.
    """
    agreement = np.exp(-np.abs(here - there) / (_BASE + _GROWTH * np.abs(here)))
    opposite = np.any(here * there < 0, axis=2)
    across, down = agreement[..., 0], np.where(opposite, 0, agreement[..., 1])
    middles = np.exp(-np.abs(rise[0] - rise[1]) / (2 * _BASE + _GROWTH * np.abs(rise[0])))
    beside_here, beside_there = here[..., 1] == 0, there[..., 1] == 0
    return {
        "neighbours_offset": across * down * middles,
        "neighbours_row": down,
        "neighbours_near": np.exp(-np.abs(there).sum(axis=2) / _NEAR_REACH),
        "neighbours_beside": beside_here & beside_there,
        "neighbours_not_beside": beside_here & ~beside_there,
    }


def _rises(layout: Layout, anchors: NDArray[np.intp]) -> NDArray[np.float64]:
    """(k, n): how much lower the middle of each element is than that of each anchor, pixels."""
    middles = layout.centers[:, 1]
    return middles[None, :] - middles[anchors][:, None]


def place_trust(evidence: Evidence, anchors: NDArray[np.intp]) -> dict[str, float]:
    """How far the places of the anchors agree, 0 to 1: what a place is worth on these screens."""
    kinds = [kind for kind in evidence if kind.startswith("position")]
    if not len(anchors):
        return dict.fromkeys(kinds, _BLIND_TRUST)
    rows, columns = anchors.T
    return {kind: float(evidence[kind][rows, columns].mean()) for kind in kinds}


def _nearest(
    gap: NDArray[np.float64], anchor_rows: NDArray[np.intp], options: MatchingOptions
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """(n, few): the nearest anchors of each element and what their word counts."""
    distance = (_ALONG_ROW * np.abs(gap[:, :, 0]) + np.abs(gap[:, :, 1])).T
    distance[anchor_rows, np.arange(len(anchor_rows))] = np.inf  # nobody vouches for himself
    count = min(options.anchors_each, len(anchor_rows))
    nearest = np.argpartition(distance, count - 1, axis=1)[:, :count]
    weight = np.exp(-np.take_along_axis(distance, nearest, axis=1) / options.anchor_reach)
    return nearest, weight
