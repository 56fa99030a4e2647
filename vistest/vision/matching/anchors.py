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
    names = (
        "neighbours_offset",
        "neighbours_row",
        "neighbours_near",
        "neighbours_beside",
        "neighbours_not_beside",
    )
    if not len(anchors):
        return {name: np.zeros((n, m)) for name in names}
    unit_first, unit_second = line_of(first), line_of(first) * scale
    gap_first = gaps(first.boxes[anchors[:, 0]], first.boxes).transpose(1, 0, 2) / unit_first
    gap_second = gaps(second.boxes[anchors[:, 1]], second.boxes) / unit_second
    nearest, weight = _nearest(gap_first, anchors[:, 0], options)
    here = np.take_along_axis(gap_first, nearest[:, :, None], axis=1)[:, :, None, :]
    there = gap_second[nearest]
    agreement = np.exp(-np.abs(here - there) / (_BASE + _GROWTH * np.abs(here)))
    opposite = np.any(here * there < 0, axis=3)
    column, row = agreement[..., 0], np.where(opposite, 0, agreement[..., 1])
    near = np.exp(-np.abs(there).sum(axis=3) / _NEAR_REACH)
    offset = row * column * _inner_agreement(first, second, anchors, nearest, scale)
    taken = anchors[nearest, 1][:, :, None] == np.arange(m)[None, None, :]
    total = weight.sum(axis=1)[:, None] + _DOUBT
    beside = (here[..., 1] == 0) & (there[..., 1] == 0)
    not_beside = (here[..., 1] == 0) & (there[..., 1] != 0)
    kinds = (offset, row, near, beside, not_beside)
    return {
        name: (weight[:, :, None] * np.where(taken, 0, kind)).sum(axis=1) / total
        for name, kind in zip(names, kinds, strict=True)
    }


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
    distance = _ALONG_ROW * np.abs(gap[:, :, 0]) + np.abs(gap[:, :, 1])
    distance[anchor_rows, np.arange(len(anchor_rows))] = np.inf  # nobody vouches for himself
    count = min(options.anchors_each, len(anchor_rows))
    nearest = np.argpartition(distance, count - 1, axis=1)[:, :count]
    weight = np.exp(-np.take_along_axis(distance, nearest, axis=1) / options.anchor_reach)
    return nearest, weight


def _inner_agreement(
    first: Layout,
    second: Layout,
    anchors: NDArray[np.intp],
    nearest: NDArray[np.intp],
    scale: float,
) -> NDArray[np.float64]:
    """(n, k, m): agreement of the vertical middles, which gaps do not tell when boxes overlap."""
    unit = line_of(first) * scale
    middle_first, middle_second = first.centers[:, 1] * scale, second.centers[:, 1]
    here = middle_first[:, None] - middle_first[anchors[:, 0]][nearest]
    there = middle_second[None, None, :] - middle_second[anchors[:, 1]][nearest][:, :, None]
    difference = np.abs(here[:, :, None] - there) / unit
    return np.exp(-difference / (2 * _BASE + _GROWTH * np.abs(here[:, :, None]) / unit))
