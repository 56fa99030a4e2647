"""The order in which people read: it stays when rows are spread, squeezed, wrapped or turned.

Distances do not: a row that is 3 lines high on one screen may be 2 on the other. That something
stands after "Name" and before "Street" is as true there. Only words are read in an order: pictures
on a board stand in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.vision.matching.layout import Layout

_SAME_LINE = 0.5  # share of the lower of two boxes by which middles may differ in one line
_FEW = 2.0  # anchors whose order may be right by chance
_FORGIVEN = 2.0  # anchors on the wrong side at which order counts 1/e


def sides(layout: Layout, anchors: NDArray[np.intp]) -> NDArray[np.int8]:
    """(k, n): 1 where an element is read after the anchor, -1 before it, 0 at the same place."""
    centers, height = layout.centers, layout.sizes[:, 1]
    across = centers[None, :, 0] - centers[anchors, None, 0]
    down = centers[None, :, 1] - centers[anchors, None, 1]
    one_line = np.abs(down) < _SAME_LINE * np.minimum(height[None, :], height[anchors, None])
    side = np.sign(np.where(one_line, across, down))
    side[layout.same_taps[anchors]] = 0
    return side.astype(np.int8)


def order_agreement(first: NDArray[np.int8], second: NDArray[np.int8]) -> NDArray[np.float64]:
    """(n, m): near 1 where i and j stand alike to all anchors, less for each in between them.

    Args:
        first: `sides` of the anchors on the first screen, (k, n).
        second: Those of their counterparts on the second screen, (k, m).
    """
    after_first, after_second = (first > 0).astype(float), (second > 0).astype(float)
    before_first, before_second = (first < 0).astype(float), (second < 0).astype(float)
    between = after_first.T @ before_second + before_first.T @ after_second
    trust = len(first) / (len(first) + _FEW)
    return np.asarray(trust * np.exp(-between / _FORGIVEN))
