"""Screens from which the target was taken, and what tempts to tap something else instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from vistest.core.scene import Scene, UiElement

_WIDTH_PER_LETTER = 0.55


def without(scene: Scene, boxes: Iterable[Rect]) -> Scene:
    """The scene less all that a tap on would be right."""
    gone = list(boxes)
    rest = [
        element
        for element in scene.elements
        if not any(box.contains(element.box.center) for box in gone)
    ]
    return replace(scene, elements=tuple(rest))


def with_stray(scene: Scene, model: UiElement, rng: random.Random) -> Scene:
    """The scene with the words of `model` elsewhere: a title or a note that is no such control."""
    size = scene.screen.size
    lines = [e.box.height for e in scene.elements if e.cls == "text"] or [model.box.height]
    height = rng.choice(lines) * rng.choice([1.0, 1.0, 1.4])
    width = min(_WIDTH_PER_LETTER * height * len(model.text), size.width - 1)
    left, top = rng.uniform(0, size.width - width), rng.uniform(0, size.height - height)
    stray = replace(
        model, cls="text", box=Rect(left, top, left + width, top + height), clickable=False
    )
    return replace(scene, elements=(*scene.elements, stray))
