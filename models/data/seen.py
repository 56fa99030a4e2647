"""Drops labels of what cannot be seen: an unchecked radio of a kit that then draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INK = frozenset({"text", "icon", "image", "checkbox", "radio", "switch", "slider"})
_LEAST_CONTRAST = 8


def seen(
    elements: list[dict[str, Any]], picture: NDArray[np.uint8], density: float
) -> list[dict[str, Any]]:
    """The elements, boxes in dp, of which `picture` (H, W, 3) shows something.

    Only for classes that consist of ink; a button may be a plain area.
    """
    return [
        element
        for element in elements
        if element["class"] not in _INK
        or _contrast(element["box"], picture, density) >= _LEAST_CONTRAST
    ]


def _contrast(box: list[float], picture: NDArray[np.uint8], density: float) -> int:
    left, top, right, bottom = (round(edge * density) for edge in box)
    part = picture[max(top, 0) : max(bottom, top + 1), max(left, 0) : max(right, left + 1)]
    if part.size == 0:
        return 0
    flat = part.reshape(-1, part.shape[-1]).astype(np.int16)
    return int((flat.max(axis=0) - flat.min(axis=0)).max())
