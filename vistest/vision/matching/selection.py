"""Which element of a scene somebody means who gives a point or a box."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.core.scene import UiElement

if TYPE_CHECKING:
    from vistest.core.geometry import Point, Rect
    from vistest.core.scene import ElementClass, Scene

LEAST_IOU = 0.5
_SQUARE = 1.6
_BAR = 10.0
_HELD = 0.6


def index_of_box(scene: Scene, box: Rect) -> int | None:
    """The element that fits `box` best; None if none covers it well."""
    overlaps = [element.box.iou(box) for element in scene.elements]
    best = max(range(len(overlaps)), key=overlaps.__getitem__, default=None)
    return best if best is not None and overlaps[best] >= LEAST_IOU else None


def index_at(scene: Scene, point: Point) -> int | None:
    """The smallest clickable element at `point`, else the smallest of any kind, else None."""
    hit = [i for i, element in enumerate(scene.elements) if element.box.contains(point)]
    clickable = [i for i in hit if scene.elements[i].clickable]
    return min(clickable or hit, key=lambda i: scene.elements[i].box.area, default=None)


def with_box(scene: Scene, box: Rect) -> tuple[Scene, int]:
    """The scene with an element at `box` that the parser did not find, and its index.

    Its text is what was read inside; its class is a guess from text and shape. The caller adds
    the appearance.
    """
    held = [e for e in scene.elements if e.cls == "text" and e.box.covered_by(box) >= _HELD]
    text = "\n".join(element.text for element in held)
    added = UiElement(_guess_class(box, text), box, 0.5, text, clickable=True)
    return replace(scene, elements=(*scene.elements, added)), len(scene.elements)


def _guess_class(box: Rect, text: str) -> ElementClass:
    if text:
        return "button"
    long, short = max(box.width, box.height), min(box.width, box.height)
    if long <= _SQUARE * max(short, 1):
        return "icon"
    return "slider" if long > _BAR * max(short, 1) else "text_field"
