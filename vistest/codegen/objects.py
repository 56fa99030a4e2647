"""Which object of a scene a touch means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.codegen.outline import outline_at
from vistest.codegen.rows import Row, row_around, row_in
from vistest.core.geometry import Point, Rect
from vistest.core.scene import Scene, UiElement
from vistest.vision.appearance import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.codegen.options import ObjectOptions
    from vistest.core.frame import Frame

MIDDLE = (0.5, 0.5)
_FEWEST_ENTRIES = 2
_PLACE_MATTERS = frozenset(("slider", "image"))


@dataclass(frozen=True, slots=True)
class Touched:
    """The object that was touched.

    Attributes:
        scene: The scene of the frame, with an element added if the parser saw none there.
        index: The object's position in `scene.elements`.
        grip: Where it was touched, as fractions of its box; the middle unless that matters.
        added: The parser did not see it: its outline or its row was found around the touch.
        blank: Nothing at all was to be seen there.
    """

    scene: Scene
    index: int
    grip: tuple[float, float] = MIDDLE
    added: bool = False
    blank: bool = False

    @property
    def element(self) -> UiElement:
        return self.scene.elements[self.index]


def touched_object(scene: Scene, frame: Frame, point: Point, options: ObjectOptions) -> Touched:
    """What `point` means on `frame`, whose objects are `scene`.

    In this order: the smallest object to click on around the point (of a box around several rows
    only that row), the smallest other one, the nearest one within a few dp, an outline in the
    picture, the row of a list, a background with the place on it.
    """
    index = object_index(scene, point, options)
    if index is not None:
        row = row_in(scene, scene.elements[index], point)
        if row is not None:
            return _on_row(scene, frame, row, point, options)
        return Touched(scene, index, grip_of(scene, index, point, options))
    outline = outline_at(frame, point, options)
    if outline is not None:
        return _added(scene, frame, outline, options)
    row = row_around(scene, point)
    if row is not None:
        return _on_row(scene, frame, row, point, options)
    background = _smallest(scene, lambda element: element.box.contains(point))
    if background is not None:
        grip = _fractions(scene.elements[background].box, point)
        return Touched(scene, background, grip)
    side = options.blank_dp * frame.density / 2
    around = Rect(point.x, point.y, point.x, point.y).expanded(side).clipped(frame.size)
    return replace(_added(scene, frame, around, options), blank=True)


def object_index(scene: Scene, point: Point, options: ObjectOptions) -> int | None:
    """The element that `point` means, backgrounds left out; None if there is none."""
    backgrounds = {element for element in scene.elements if is_background(element, scene, options)}

    def around(element: UiElement) -> bool:
        return element not in backgrounds and element.box.contains(point)

    clickable = _smallest(scene, lambda element: element.clickable and around(element))
    caption = _caption_of_icon(scene, point, backgrounds, options)
    if caption is not None:
        return caption
    if clickable is not None:
        entry = _entry_of_bar(scene, clickable, point, options)
        return _enclosing_glyph(scene, clickable, options) if entry is None else entry
    other = _smallest(scene, around)
    if other is not None:
        return other
    return _nearest(scene, point, options.near_dp * scene.screen.density, backgrounds)


def drop_object(
    scene: Scene, frame: Frame, source: UiElement, end: Point, options: ObjectOptions
) -> Touched | None:
    """What `source` was dropped on at `end`; None if on nothing but what it lies on itself."""
    index = object_index(scene, end, options)
    if index is not None:
        onto = Touched(scene, index)
    elif (outline := outline_at(frame, end, options)) is not None:
        onto = _added(scene, frame, outline, options)
    else:
        return None
    box = onto.element.box
    return None if box.contains(source.box.center) or source.box.contains(box.center) else onto


def regrip(touched: Touched, point: Point) -> Touched:
    """The same object, touched at `point` or as near to it as the object reaches."""
    return replace(touched, grip=_fractions(touched.element.box, point))


def grip_of(scene: Scene, index: int, point: Point, options: ObjectOptions) -> tuple[float, float]:
    """Where the element was touched: the middle unless the place matters on it."""
    element = scene.elements[index]
    long = max(element.box.width, element.box.height)
    matters = element.cls in _PLACE_MATTERS and not _is_icon(element, scene)
    spacious = long > options.large_dp * scene.screen.density and not _is_strip(element, scene)
    if matters or spacious or _middle_is_another(element, scene, point):
        return _fractions(element.box, point)
    return MIDDLE


def is_background(element: UiElement, scene: Scene, options: ObjectOptions) -> bool:
    """Whether the element is what other objects lie on, rather than an object itself."""
    size = scene.screen.size
    if element.box.area > options.container_share * size.width * size.height:
        return True
    held = sum(
        1
        for other in scene.elements
        if other is not element and other.clickable and other.box.covered_by(element.box) > 0.9
    )
    return held >= 3


def _entry_of_bar(scene: Scene, index: int, point: Point, options: ObjectOptions) -> int | None:
    """The text that was meant in a row with several side by side, such as a menu bar.

    The middle of such a row is another entry; in a true list row the text is as good as the row.
    """
    bar = scene.elements[index]
    texts = [
        (_distance(element.box, point), position)
        for position, element in enumerate(scene.elements)
        if element.cls == "text" and element.box.covered_by(bar.box) > 0.8
    ]
    distance, nearest = min(texts, default=(float("inf"), index))
    beside = any(
        _side_by_side(scene.elements[nearest].box, scene.elements[position].box)
        for _, position in texts
    )
    return nearest if beside and distance <= options.entry_dp * scene.screen.density else None


def _caption_of_icon(
    scene: Scene, point: Point, backgrounds: set[UiElement], options: ObjectOptions
) -> int | None:
    """The caption of the entry that was meant in a row of icons with captions below them.

    Icon, caption and the gap between them are one thing to touch, and the caption is what the same
    entry has on a screen where the row lies elsewhere. In a strip, the space around them is too.
    """
    density = scene.screen.density
    reach = options.entry_dp * density
    entries = _captioned_icons(scene, reach)
    rows = [
        (position, box)
        for position, box in entries
        if sum(abs(other.bottom - box.bottom) <= reach / 2 for _, other in entries)
        >= _FEWEST_ENTRIES
    ]
    in_strip = any(_is_strip(one, scene) and one.box.contains(point) for one in backgrounds)
    margin = reach if in_strip else options.near_dp * density
    near = [
        (_distance(box, point), position)
        for position, box in rows
        if box.expanded(margin).contains(point)
    ]
    return min(near)[1] if near else None


def _captioned_icons(scene: Scene, reach: float) -> list[tuple[int, Rect]]:
    """Position of each caption right below an icon, and the box around both."""
    icons = [one for one in scene.elements if one.cls in ("icon", "image")]
    return [
        (position, Rect.bounding([icon.box, element.box]))
        for position, element in enumerate(scene.elements)
        if element.cls == "text"
        for icon in icons
        if 0 <= element.box.top - icon.box.bottom <= reach
        and abs(icon.box.center.x - element.box.center.x) <= reach / 2
    ]


def _side_by_side(one: Rect, other: Rect) -> bool:
    """Whether both are in one line and apart."""
    return one.top < other.center.y < one.bottom and (
        one.right <= other.left or other.right <= one.left
    )


def _enclosing_glyph(scene: Scene, index: int, options: ObjectOptions) -> int:
    """The small object that a piece of it belongs to: the box of a check mark, a cog of its hole.

    It is the largest one that holds nothing to click on beside the piece.
    """
    piece = scene.elements[index]
    longest = options.glyph_dp * scene.screen.density
    found = index
    for outer_index, outer in enumerate(scene.elements):
        if (
            outer.clickable
            and outer.box.area > scene.elements[found].box.area
            and max(outer.box.width, outer.box.height) <= longest
            and piece.box.covered_by(outer.box) > 0.9
            and not _holds_others(scene, outer, piece)
        ):
            found = outer_index
    return found


def _holds_others(scene: Scene, outer: UiElement, piece: UiElement) -> bool:
    return any(
        other is not outer
        and other.clickable
        and other.box.covered_by(outer.box) > 0.9
        and other.box.intersection(piece.box) is None
        for other in scene.elements
    )


def _middle_is_another(element: UiElement, scene: Scene, point: Point) -> bool:
    """Whether a touch in the middle would be on a part of the element that was not touched."""
    middle = element.box.center
    return any(
        other is not element
        and other.box.covered_by(element.box) > 0.8
        and other.box.contains(middle)
        and not other.box.expanded(scene.screen.density).contains(point)
        and (other.clickable or _is_one_of_several(other, element, scene))
        for other in scene.elements
    )


def _is_one_of_several(text: UiElement, bar: UiElement, scene: Scene) -> bool:
    return any(
        other.cls == "text"
        and other.box.covered_by(bar.box) > 0.8
        and _side_by_side(text.box, other.box)
        for other in scene.elements
    )


def _is_icon(element: UiElement, scene: Scene) -> bool:
    """A picture so small that a touch means all of it."""
    side = 96 * scene.screen.density
    return element.cls == "image" and max(element.box.width, element.box.height) <= side


def _is_strip(element: UiElement, scene: Scene) -> bool:
    """A row, a button or a field: long, but one thing to click on."""
    return element.clickable and element.box.height <= 96 * scene.screen.density


def _smallest(scene: Scene, wanted: Callable[[UiElement], bool]) -> int | None:
    found = [index for index, element in enumerate(scene.elements) if wanted(element)]
    return min(found, key=lambda index: scene.elements[index].box.area, default=None)


def _nearest(scene: Scene, point: Point, reach: float, without: set[UiElement]) -> int | None:
    """The element whose box is nearest, one to click on first; None beyond `reach` pixels."""
    found = [
        (not element.clickable, _distance(element.box, point), index)
        for index, element in enumerate(scene.elements)
        if element not in without and _distance(element.box, point) <= reach
    ]
    return min(found)[2] if found else None


def _distance(box: Rect, point: Point) -> float:
    dx = max(box.left - point.x, 0.0, point.x - box.right)
    dy = max(box.top - point.y, 0.0, point.y - box.bottom)
    return Point(0.0, 0.0).distance_to(Point(dx, dy))


def _fractions(box: Rect, point: Point) -> tuple[float, float]:
    across = (point.x - box.left) / box.width if box.width else 0.5
    down = (point.y - box.top) / box.height if box.height else 0.5
    return round(min(max(across, 0.0), 1.0), 4), round(min(max(down, 0.0), 1.0), 4)


def _added(scene: Scene, frame: Frame, box: Rect, options: ObjectOptions) -> Touched:
    """The scene with an object that the parser did not see."""
    small = max(box.width, box.height) <= options.glyph_dp * frame.density
    return _with(scene, frame, UiElement("icon" if small else "image", box, 0.5, clickable=True))


def _on_row(scene: Scene, frame: Frame, row: Row, point: Point, options: ObjectOptions) -> Touched:
    """The scene with the row of a list that the parser did not see by itself."""
    touched = _with(scene, frame, UiElement("list_item", row.box, 0.5, row.text, clickable=True))
    return replace(touched, grip=grip_of(touched.scene, touched.index, point, options))


def _with(scene: Scene, frame: Frame, element: UiElement) -> Touched:
    look = describe(frame, [element.box])[0]
    element = replace(element, appearance=look if look.any() else None)
    elements = (*scene.elements, element)
    return Touched(Scene(elements, scene.screen), len(elements) - 1, added=True)
