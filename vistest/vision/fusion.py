"""Boxes with the lines in them -> elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect
from vistest.core.scene import UiElement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.geometry import Screen
    from vistest.core.scene import ElementClass
    from vistest.vision.contracts import Detection, TextLine

CLICKABLE: frozenset[ElementClass] = frozenset(
    (
        "icon",
        "button",
        "text_field",
        "checkbox",
        "switch",
        "radio",
        "slider",
        "dropdown",
        "tab",
        "list_item",
    )
)
LONGEST_CAPTION = 40
ICON_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """An element and where its look is taken from.

    Attributes:
        element: Without appearance.
        content: The glyph or caption in it, else its box: what stays alike when a toolkit draws
            another border around it.
    """

    element: UiElement
    content: Rect


def fuse(found: Sequence[Detection], lines: Sequence[TextLine], screen: Screen) -> list[Part]:
    """One part per object and one per line; an object carries the text of the lines in it."""
    free = [one for one in found if one.cls != "text"]
    parts = [_object(one, free, lines) for one in free]
    holders = [part.element.box for part in parts if part.element.cls in CLICKABLE]
    return parts + [_line(line, holders) for line in lines if line.box.area > 0]


def _object(one: Detection, found: Sequence[Detection], lines: Sequence[TextLine]) -> Part:
    held = [line for line in lines if line.box.covered_by(one.box) >= 0.8]
    held.sort(key=lambda line: (line.box.center.y, line.box.left))
    text = "" if one.cls == "image" else "\n".join(line.text for line in held)
    glyphs = [
        other.box
        for other in found
        if other.cls == "icon" and other is not one and other.box.covered_by(one.box) >= 0.9
    ]
    inner = [line.box for line in held] + glyphs
    takes_content = one.cls in ("button", "dropdown", "tab", "text_field", "list_item")
    content = Rect.bounding(inner) if inner and takes_content else one.box
    box = _roomy(one.box) if one.cls == "icon" else one.box
    return Part(UiElement(one.cls, box, one.score, text, one.cls in CLICKABLE), content)


def _roomy(ink: Rect) -> Rect:
    """The square slot that an icon stands in; toolkits leave about a tenth around the ink."""
    long = max(ink.width, ink.height)
    wide = max(0.0, 0.75 * long - ink.width) / 2 + ICON_MARGIN * long
    high = max(0.0, 0.75 * long - ink.height) / 2 + ICON_MARGIN * long
    return Rect(ink.left - wide, ink.top - high, ink.right + wide, ink.bottom + high)


def _line(line: TextLine, holders: Sequence[Rect]) -> Part:
    """A caption that stands free may be a flat button or a menu entry; in a box, the box is."""
    is_held = any(line.box.covered_by(box) >= 0.8 for box in holders)
    clickable = not is_held and len(line.text) <= LONGEST_CAPTION
    return Part(UiElement("text", line.box, line.score, line.text, clickable), line.box)
