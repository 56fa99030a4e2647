"""What an outline or a piece of ink is, judged by its geometry in dp and by what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vistest.core.scene import ElementClass
    from vistest.vision.detectors.shapes import Shape

LARGEST_ICON_DP = 64
LARGEST_DRAWING_DP = 160

Verdict = tuple["ElementClass", float]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The whole picture that a shape is judged in.

    Attributes:
        pixels: BGR.
        density: Pixels of the picture per dp.
        boxes: Outlines as an array (n, 4) of left, top, right, bottom.
        ink: Pieces of ink likewise.
    """

    pixels: NDArray[np.uint8]
    density: float
    boxes: NDArray[np.float64]
    ink: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        pixels: NDArray[np.uint8],
        density: float,
        boxes: Sequence[Shape],
        ink: Sequence[Shape],
    ) -> Surroundings:
        """From shapes."""
        return cls(pixels, density, _array(boxes), _array(ink))

    @property
    def width_dp(self) -> float:
        return float(self.pixels.shape[1]) / self.density

    @property
    def height_dp(self) -> float:
        return float(self.pixels.shape[0]) / self.density

    def inside(self, box: Rect) -> list[Rect]:
        """Pieces of ink wholly inside `box` and clearly smaller."""
        return _within(self.ink, box, 1.0)

    def pieces(self) -> list[Rect]:
        """All pieces of ink."""
        return [Rect(*row) for row in self.ink.tolist()]

    def knobs(self) -> list[Rect]:
        """Outlines and pieces of about the size and the proportions of a slider's knob."""
        everything = [Rect(*row) for row in np.concatenate([self.boxes, self.ink]).tolist()]
        return [
            one
            for one in everything
            if 9 <= max(one.width, one.height) / self.density <= 32
            and 0.4 <= one.width / max(1.0, one.height) <= 2.5
        ]

    def is_part_of_piece(self, box: Rect) -> bool:
        """Whether a clearly larger glyph encloses `box`: it is a part of an icon."""
        ink, slack = self.ink, 1.0
        around = (
            (ink[:, 0] <= box.left + slack)
            & (ink[:, 1] <= box.top + slack)
            & (ink[:, 2] >= box.right - slack)
            & (ink[:, 3] >= box.bottom - slack)
        )
        beyond = abs(ink - np.array(box.as_list())).max(axis=1) > 3 * self.density
        glyph = (ink[:, 2:] - ink[:, :2]).max(axis=1) <= LARGEST_ICON_DP * self.density
        return bool((around & beyond & glyph).any())

    def boxes_inside(self, box: Rect, margin: float) -> list[Rect]:
        """Outlines inside `box` by `margin` pixels at least on some side."""
        return [other for other in _within(self.boxes, box, 0.0) if _clearance(other, box) > margin]


def classify_box(shape: Shape, around: Surroundings) -> Iterator[Verdict]:
    """The class of an outline with a score, or nothing if it is a mere container."""
    box, dp = shape.box, around.density
    width, height = box.width / dp, box.height / dp
    children = around.boxes_inside(box, 2.5 * dp)
    content = around.inside(box)
    if max(width, height) <= 34 and 0.75 <= width / height <= 1.33:
        if not around.is_part_of_piece(box):
            yield from _small_square(shape, width, content, around)
    elif _is_switch(shape, width, height, children, content):
        yield "switch", 0.8
    elif height < 14 or width < 14:
        return
    elif _is_picture(box, around):
        if not _holds_controls(children, around):
            yield "image", 0.6
    elif not _is_bar(box, around) and not _is_container(box, children, content, around):
        yield from _control(box, width, height, content, around)


def classify_piece(shape: Shape, around: Surroundings) -> Iterator[Verdict]:
    """The class of a piece of ink: a glyph, a word, a picture without a border, or nothing."""
    box, dp = shape.box, around.density
    width, height = box.width / dp, box.height / dp
    if width >= 60 and 8 <= height <= 34 and _is_slider(box, around):
        yield "slider", 0.7
    elif height < 6 and width > 8 * height:
        return
    elif height <= 40 and width > 2.2 * height:
        yield "text", 0.4
    elif max(width, height) <= LARGEST_ICON_DP:
        yield "icon", 0.4
    elif min(width, height) >= 32 and shape.fill > 0.35 and _is_picture(box, around):
        yield "image", 0.4
    elif _is_drawing(width, height) and len(around.inside(box)) < 3:
        yield "image", 0.3


def _is_drawing(width: float, height: float) -> bool:
    """A shape that stands free, larger than an icon: its outline says little, its size enough."""
    return max(width, height) <= min(LARGEST_DRAWING_DP, 2 * min(width, height))


def _small_square(
    shape: Shape, side: float, content: Sequence[Rect], around: Surroundings
) -> Iterator[Verdict]:
    """Checkbox, radio, or a small button around a glyph."""
    even = 0.87 <= shape.box.width / shape.box.height <= 1.15
    is_mark = even and side <= 26 and _has_caption(shape.box, around)
    if is_mark and shape.fill >= 0.9:
        yield "checkbox", 0.7
    elif is_mark:
        yield "radio", 0.6
    elif content and side >= 18:
        yield "button", 0.5
    else:
        yield "icon", 0.4


def _is_switch(
    shape: Shape, width: float, height: float, children: Sequence[Rect], content: Sequence[Rect]
) -> bool:
    """A pill about twice as wide as high with a knob at one end."""
    if not (24 <= width <= 72 and 12 <= height <= 38 and 1.4 <= width / height <= 2.8):
        return False
    box = shape.box
    knobs = [
        one
        for one in (*children, *content)
        if 0.4 * box.height <= one.height and 0.75 <= one.width / max(1.0, one.height) <= 1.4
    ]
    return any(
        min(one.left - box.left, box.right - one.right) <= 0.25 * box.height
        and abs(one.center.x - box.center.x) > 0.15 * box.width
        for one in knobs
    )


def _control(
    box: Rect, width: float, height: float, content: Sequence[Rect], around: Surroundings
) -> Iterator[Verdict]:
    """Button, text field, dropdown or list item, by where the content stands."""
    slot = width >= 64 and 20 <= height <= 68 and width >= 2.2 * height
    if not content:
        if slot:
            yield "text_field", 0.5
        elif max(width, height) <= 200:
            yield "button", 0.3
        elif min(width, height) >= 60:
            yield "text_field", 0.3
        return
    ink = Rect.bounding(content)
    left, right = ink.left - box.left, box.right - ink.right
    centred = abs(left - right) <= max(4 * around.density, 0.12 * box.width)
    dense = _widest_gap(content) <= max(40 * around.density, 0.3 * box.width)
    inset = _is_inset(box, around)
    if slot and inset and _has_chevron(box, content, around.density):
        yield "dropdown", 0.6
    elif centred and dense:
        yield "button", 0.6
    elif width >= 2.5 * height and not inset:
        yield "list_item", 0.5
    elif _captions(content, around.density) >= 3:
        return
    elif slot or (width >= 2.5 * height and dense and ink.height <= 40 * around.density):
        yield "text_field", 0.5
    elif height <= 130:
        yield "list_item" if width >= 1.6 * height else "button", 0.4
    elif left <= 16 * around.density and width >= 100:
        yield "text_field", 0.3


def _is_inset(box: Rect, around: Surroundings) -> bool:
    """Whether it stands free: no other outline of the same width directly above or below."""
    if box.width > 0.97 * around.pixels.shape[1]:
        return False
    others = around.boxes
    if not len(others):
        return True
    slack = 3 * around.density
    same = (abs(others[:, 0] - box.left) <= slack) & (abs(others[:, 2] - box.right) <= slack)
    touching = (abs(others[:, 1] - box.bottom) <= slack) | (abs(others[:, 3] - box.top) <= slack)
    return not bool((same & touching).any())


def _has_chevron(box: Rect, content: Sequence[Rect], density: float) -> bool:
    """A small glyph near the right end, apart from the rest."""
    last = max(content, key=lambda one: one.right)
    rest = [one.right for one in content if one is not last]
    small = 5 <= last.width / density <= 18 and 3 <= last.height / density <= 18
    near = box.right - last.right <= 20 * density
    return small and near and (not rest or last.left - max(rest) >= 12 * density)


def _widest_gap(content: Sequence[Rect]) -> float:
    """The widest vertical strip without ink between pieces of ink."""
    widest, reached = 0.0, min(one.right for one in content)
    for one in sorted(content, key=lambda one: one.left):
        widest, reached = max(widest, one.left - reached), max(reached, one.right)
    return widest


def _captions(content: Sequence[Rect], density: float) -> int:
    """How many captions stand side by side: a bar of tabs or menus, not a text field."""
    runs, reached = 0, float("-inf")
    for one in sorted(content, key=lambda one: one.left):
        runs += one.left - reached > 14 * density
        reached = max(reached, one.right)
    return runs


def _has_caption(box: Rect, around: Surroundings) -> bool:
    """Ink beside the box, at its height, as near as a caption stands to its check mark."""
    ink = around.ink
    if not len(ink):
        return False
    middle, reach = box.center.y, 28 * around.density
    level = (ink[:, 1] - 3 <= middle) & (middle <= ink[:, 3] + 3)
    right = (ink[:, 0] >= box.right) & (ink[:, 0] - box.right <= reach)
    left = (ink[:, 2] <= box.left) & (box.left - ink[:, 2] <= reach)
    wide = (ink[:, 2] - ink[:, 0]) > 6 * around.density
    return bool((level & wide & (right | left)).any())


def _is_bar(box: Rect, around: Surroundings) -> bool:
    """A strip across the screen along its upper or lower border, as of titles and navigation."""
    height, width = around.pixels.shape[:2]
    at_border = box.top <= 2 or box.bottom >= height - 2
    return at_border and box.width >= 0.97 * width and box.height >= 36 * around.density


def _is_container(
    box: Rect, children: Sequence[Rect], content: Sequence[Rect], around: Surroundings
) -> bool:
    """Whether other objects stand in it so that it is none itself."""
    dp = around.density
    screen = around.pixels.shape[0] * around.pixels.shape[1]
    big = [one for one in children if min(one.width, one.height) >= 14 * dp]
    if box.area > 0.4 * screen or (
        box.width > 0.92 * around.pixels.shape[1] and box.height > 130 * dp
    ):
        return True
    if box.height > 130 * dp and (big or len(content) > 12):
        return True
    apart = [one for one in big if one.area < 0.5 * box.area]
    return len(apart) >= 3 and box.height > 20 * dp


def _holds_controls(children: Sequence[Rect], around: Surroundings) -> bool:
    """Whether several of the boxes inside have a centred glyph or caption: keys, not a photo."""
    count = 0
    for child in children:
        content = around.inside(child)
        if content:
            ink = Rect.bounding(content)
            off = ink.center.distance_to(child.center)
            count += off <= 0.1 * child.width + 3 * around.density
    return count >= 3


def _is_picture(box: Rect, around: Surroundings) -> bool:
    """Whether it is full of colours: no two (of 512) cover most of it."""
    dp = around.density
    if min(box.width, box.height) < 28 * dp:
        return False
    left, top, right, bottom = (int(value) for value in box.as_list())
    step = max(1, int(min(box.width, box.height)) // 48)
    coarse = around.pixels[top:bottom:step, left:right:step].astype(np.int64) >> 5
    codes = (coarse[:, :, 0] * 8 + coarse[:, :, 1]) * 8 + coarse[:, :, 2]
    counts = np.sort(np.bincount(codes.ravel(), minlength=512))[::-1]
    return bool(counts[:2].sum() < 0.6 * codes.size)


def _is_slider(box: Rect, around: Surroundings) -> bool:
    """A thin bar with one knob: nearly all columns are thin, a few neighbouring ones are high."""
    left, top, right, bottom = (int(value) for value in box.as_list())
    crop = around.pixels[top:bottom, left:right].astype(np.int16)
    paper = np.median(np.concatenate([crop[0], crop[-1]]), axis=0)
    ink = abs(crop - paper).max(axis=2) > 20
    rows = np.arange(bottom - top)[:, None]
    lowest = np.where(ink, rows, -1).max(axis=0)
    highest = np.where(ink, rows, bottom - top).min(axis=0)
    extent = np.maximum(0, lowest - highest + 1)
    high = np.flatnonzero(extent > 0.7 * (bottom - top))
    if not 0 < high.size <= 2 * (bottom - top) or high[-1] - high[0] > 2 * (bottom - top):
        return False
    rest = np.concatenate([extent[: max(0, high[0] - 4)], extent[high[-1] + 5 :]])
    return rest.size > 0 and bool((rest <= 0.6 * (bottom - top)).mean() > 0.97)


def _array(shapes: Sequence[Shape]) -> NDArray[np.float64]:
    return np.array([shape.box.as_list() for shape in shapes], np.float64).reshape(-1, 4)


def _within(items: NDArray[np.float64], box: Rect, slack: float) -> list[Rect]:
    inside = (
        (items[:, 0] >= box.left - slack)
        & (items[:, 1] >= box.top - slack)
        & (items[:, 2] <= box.right + slack)
        & (items[:, 3] <= box.bottom + slack)
    )
    small = (items[:, 2] - items[:, 0]) * (items[:, 3] - items[:, 1]) < 0.8 * box.area
    return [Rect(*row) for row in items[inside & small].tolist()]


def _clearance(inner: Rect, outer: Rect) -> float:
    pairs = zip(inner.as_list(), outer.as_list(), strict=True)
    return max(abs(a - b) for a, b in pairs)
