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
SURE = 0.5
# A glyph or a caption in one of these is a part of it. A row is not among them: the switch in it is
# a target of its own.
_WHOLE: frozenset[ElementClass] = frozenset(("button", "tab", "dropdown"))


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
    wholes = [one.box for one in free if one.cls in _WHOLE and _reacts(one)]
    parts = [_object(one, free, lines, _is_part(one, wholes)) for one in free]
    holders = [part.element.box for part in parts if part.element.clickable]
    return parts + [_line(line, holders) for line in lines if line.box.area > 0]


def _reacts(one: Detection) -> bool:
    """Whether it can be acted upon: by its engine, or else by its class."""
    return one.cls in CLICKABLE if one.clickable is None else one.clickable >= SURE


def _is_part(one: Detection, wholes: Sequence[Rect]) -> bool:
    """Whether a glyph belongs to a button around it, so that the button is the target.

    Outlines alone do not tell a glyph's own shape from a button around it, so this asks for an
    engine that knows what reacts.
    """
    if one.cls != "icon" or one.clickable is None:
        return False
    return any(one.box.covered_by(box) >= 0.9 and one.box.area < box.area for box in wholes)


def _object(
    one: Detection, found: Sequence[Detection], lines: Sequence[TextLine], is_part: bool
) -> Part:
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
    # An engine that was taught what reacts was also taught the slot that an icon stands in.
    is_ink = one.cls == "icon" and one.clickable is None
    box = _roomy(one.box) if is_ink else one.box
    return Part(UiElement(one.cls, box, one.score, text, _reacts(one) and not is_part), content)


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
