"""What a network sees of one screen in two sizes.

A network sees some hundred pixels to each side. Of a field that crosses a desktop it finds an end
and calls that a field; in a smaller picture of the same screen it sees all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.vision.detectors.decoding import CLASS_LAYER, Boxes

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INSIDE = 0.7
_SAME_ROW = 0.5
_SURER = 1.5


def join_looks(near: Boxes, far: Boxes, width: float) -> Boxes:
    """The boxes of `near`, and those holders of `far` that are wider than `width` or as large.

    As large is what covers a ninth of the square of `width`, as the key of a calculator that fills
    a tablet does. A box of `near` that is a part of a holder of the same class and of the same row
    goes, unless it is much surer. Boxes of both are in the same pixels.
    """
    sides = far.corners[:, 2:] - far.corners[:, :2]
    large = (sides[:, 0] > width) | (sides.prod(1) > width**2 / 9)
    whole = far.take(large & (CLASS_LAYER[far.classes] == 1))
    parts = np.asarray(_parts(near, whole).any(1), np.bool_)
    return Boxes.join([near.take(~parts), whole])


def _parts(near: Boxes, whole: Boxes) -> NDArray[np.bool_]:
    """(n, m): whether a box of `near` is only a part of one of `whole`."""
    part, other = near.corners[:, None], whole.corners[None]
    common = np.clip(
        np.minimum(part[..., 2:], other[..., 2:]) - np.maximum(part[..., :2], other[..., :2]),
        0,
        None,
    )
    sides = np.maximum(part[..., 2:] - part[..., :2], 1e-3)
    inside = (common / sides).prod(-1) > _INSIDE
    heights = sides[..., 1] + (other[..., 3] - other[..., 1]) - common[..., 1]
    row = common[..., 1] > _SAME_ROW * heights
    same = near.classes[:, None] == whole.classes[None]
    surer = near.scores[:, None] > _SURER * whole.scores[None]
    return np.asarray(inside & row & same & ~surer, np.bool_)
