"""One object, one box."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vistest.core.geometry import Rect
    from vistest.vision.contracts import Detection

Item = TypeVar("Item")

SAME_IOU = 0.8
FARTHEST_SIDE = 6
# What stands in these belongs to them: the tick, the knob.
WHOLE = ("checkbox", "radio", "switch", "slider")
# So many pixels of a photo are edges. A board that a game draws has far fewer, and what stands
# on it are objects.
TEXTURED = 0.25
LOOSE = ("icon", "checkbox", "radio")


def is_same(first: Rect, second: Rect, slack: float) -> bool:
    """Whether two boxes are one object: every side within `slack` pixels, or nearly equal.

    Of a window and the text area in it nearly all is common, and yet they are two.
    """
    sides = zip(first.as_list(), second.as_list(), strict=True)
    apart = max(abs(a - b) for a, b in sides)
    return apart <= slack or (apart <= FARTHEST_SIDE * slack and first.iou(second) >= SAME_IOU)


def keep_first(items: Sequence[Item], box_of: Callable[[Item], Rect], slack: float) -> list[Item]:
    """The items without those whose box is the same as that of an earlier one."""
    kept: list[Item] = []
    for item in items:
        box = box_of(item)
        if not any(is_same(box, box_of(other), slack) for other in kept):
            kept.append(item)
    return kept


def without_parts(found: Sequence[Detection]) -> list[Detection]:
    """The detections without knobs, ticks and other parts of a control that counts as one."""
    whole = [one for one in found if one.cls in WHOLE]
    return [
        one
        for one in found
        if not any(
            one is not other
            and one.box.area < other.box.area
            and one.box.covered_by(other.box) > 0.9
            for other in whole
        )
    ]


def without_texture(found: Sequence[Detection], ink: NDArray[np.uint8]) -> list[Detection]:
    """The detections without the spots of photos.

    Args:
        found: Pixels of the picture that `ink` belongs to.
        ink: 0 or 1, where there is an edge.
    """
    photos = [
        one.box
        for one in found
        if one.cls == "image" and float(_part(ink, one.box).mean()) >= TEXTURED
    ]
    return [
        one
        for one in found
        if one.cls not in LOOSE or not any(one.box.covered_by(photo) > 0.95 for photo in photos)
    ]


def _part(mask: NDArray[np.uint8], box: Rect) -> NDArray[np.uint8]:
    left, top, right, bottom = (round(value) for value in box.as_list())
    return mask[max(0, top) : max(top + 1, bottom), max(0, left) : max(left + 1, right)]
