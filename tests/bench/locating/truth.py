"""Scenes from labels instead of the parser: what matching does if seeing were perfect, or noisy."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from models.data.screens import read_screen
from vistest.core.geometry import Rect
from vistest.core.scene import ELEMENT_CLASSES, Scene, UiElement
from vistest.vision.appearance import describe
from vistest.vision.fusion import CLICKABLE
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from models.data.screens import LabelledElement, LabelledScreen

_AROUND_CONTENT = ("button", "dropdown", "tab", "text_field", "list_item")
_GLYPHS = "aeilo0159 "


@lru_cache(maxsize=16)
def labelled_scene(picture: Path) -> Scene:
    """The labels of a picture as the parser would give them, in the order of the labels."""
    screen = read_screen(picture.with_suffix(".json"))
    frame = read_frame(picture, screen.density)
    parts = [_element(element, screen) for element in screen.elements]
    looks = describe(frame, [content for _, content in parts])
    elements = [
        replace(element, appearance=look if look.any() else None)
        for (element, _), look in zip(parts, looks, strict=True)
    ]
    return Scene(tuple(elements), frame.screen)


def _element(element: LabelledElement, screen: LabelledScreen) -> tuple[UiElement, Rect]:
    text, content = element.text, element.box
    if element.cls not in ("text", "image"):
        held = [
            other
            for other in screen.elements
            if other.cls == "text" and other.box.covered_by(element.box) >= 0.8
        ]
        held.sort(key=lambda other: (other.box.center.y, other.box.left))
        text = "\n".join(other.text for other in held)
        if held and element.cls in _AROUND_CONTENT:
            content = Rect.bounding(other.box for other in held)
    made = UiElement(element.cls, element.box, 1.0, text, element.cls in CLICKABLE)
    return made, content


def noisy(scene: Scene, rng: random.Random) -> Scene:
    """The scene as an imperfect parser sees it: missed, invented, misnamed and misread elements."""
    kept = [
        _disturbed(element, rng)
        for element in scene.elements
        if rng.random() >= (0.03 if element.cls == "text" else 0.1)
    ]
    invented = [_invented(rng.choice(kept), rng) for _ in range(len(kept) // 16)]
    return replace(scene, elements=tuple(kept + invented))


def _disturbed(element: UiElement, rng: random.Random) -> UiElement:
    height = element.box.height
    edges = [edge + rng.gauss(0, 0.05) * height for edge in element.box.as_list()]
    box = Rect(edges[0], edges[1], max(edges[0], edges[2]), max(edges[1], edges[3]))
    cls = element.cls
    if cls != "text" and rng.random() < 0.1:
        cls = rng.choice([other for other in ELEMENT_CLASSES if other not in ("text", cls)])
    text = element.text
    if rng.random() < 0.1:
        text = "".join(rng.choice(_GLYPHS) if rng.random() < 0.1 else sign for sign in text)
    return replace(element, box=box, cls=cls, text=text, appearance=_blurred(element, rng))


def _blurred(element: UiElement, rng: random.Random) -> np.ndarray | None:
    if element.appearance is None:
        return None
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(size=element.appearance.shape)
    changed = np.abs(element.appearance + 0.015 * noise).astype(np.float32)
    return changed / np.linalg.norm(changed)


def _invented(model: UiElement, rng: random.Random) -> UiElement:
    box = model.box.translated(rng.gauss(0, 200), rng.gauss(0, 200))
    return replace(model, box=box, text="", cls=rng.choice(["icon", "button", "image"]))
