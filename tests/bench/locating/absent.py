"""Screens from which a target was taken, and what tempts to tap something else instead."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect
from vistest.core.scene import UiElement
from vistest.vision.fusion import LONGEST_CAPTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vistest.core.scene import ElementClass, Scene

ROLES = ("title", "note", "control")
_CONTROLS: tuple[ElementClass, ...] = ("button", "list_item", "tab")
_PLACES = 60
_AROUND = 0.4  # lines of text that stay free around a stray


def without(scene: Scene, boxes: Iterable[Rect]) -> Scene:
    """The scene less all that a tap on would be right."""
    gone = list(boxes)
    rest = [element for element in scene.elements if not _in_one(element, gone)]
    return replace(scene, elements=tuple(rest))


def words_at(scene: Scene, boxes: Iterable[Rect]) -> UiElement | None:
    """The first line of text in `boxes`; None if nothing is written there."""
    there = list(boxes)
    lines = [e for e in scene.elements if e.cls == "text" and e.text and _in_one(e, there)]
    return lines[0] if lines else None


def negatives(
    scene: Scene, target: UiElement, boxes: Sequence[Rect], seed: str
) -> Iterator[tuple[str, Scene]]:
    """Kind and screen: without the target, and the same with its words in another role."""
    rest, words = without(scene, boxes), words_at(scene, boxes)
    yield "removed", rest
    if target.text and words is not None:
        stray = with_stray(rest, words, target, boxes, random.Random(f"stray {seed}"))
        if stray is not None:
            yield "stray", stray


def with_stray(
    scene: Scene, words: UiElement, target: UiElement, keep_off: Iterable[Rect], rng: random.Random
) -> Scene | None:
    """The scene with `words` in free space, in a role that is not the one of `target`.

    They are a title, a note, or in a control of another kind; None if no space is free.

    Args:
        scene: Without the target.
        words: A line of text, with its look.
        target: What is looked for.
        keep_off: Where the target was.
        rng: Chooses role and place.
    """
    role = rng.choice(ROLES)
    height = words.box.height * (rng.uniform(1.3, 1.8) if role == "title" else 1.0)
    width = words.box.width * height / max(words.box.height, 1.0)
    margin = _AROUND * height
    size = (width + 4 * margin, height + 4 * margin) if role == "control" else (width, height)
    taken = [element.box for element in scene.elements if element.box.area < _half(scene)]
    place = _free_place(scene, size, [*taken, *keep_off], margin, rng)
    if place is None:
        return None
    if role != "control":
        added = [replace(words, box=place, clickable=len(words.text) <= LONGEST_CAPTION)]
    else:
        kind = rng.choice([cls for cls in _CONTROLS if cls != target.cls])
        inner = place.expanded(-2 * margin)
        added = [
            UiElement(kind, place, 1.0, words.text, True, words.appearance),
            replace(words, box=inner, clickable=False),
        ]
    return replace(scene, elements=(*scene.elements, *added))


def _free_place(
    scene: Scene,
    size: tuple[float, float],
    taken: Sequence[Rect],
    margin: float,
    rng: random.Random,
) -> Rect | None:
    width, height = scene.screen.size.width - size[0], scene.screen.size.height - size[1]
    if min(width, height) <= 0:
        return None
    for _ in range(_PLACES):
        left, top = rng.uniform(0, width), rng.uniform(0, height)
        place = Rect(left, top, left + size[0], top + size[1])
        if not any(place.expanded(margin).intersection(box) for box in taken):
            return place
    return None


def _in_one(element: UiElement, boxes: Sequence[Rect]) -> bool:
    return any(box.contains(element.box.center) for box in boxes)


def _half(scene: Scene) -> float:
    """Larger things are backgrounds, on which words may stand."""
    return scene.screen.size.width * scene.screen.size.height / 2
