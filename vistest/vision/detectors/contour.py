"""A detector without a model: closed outlines and leftover ink, told apart by their geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.vision.contracts import Detection
from vistest.vision.detectors.classify import Surroundings, classify_box, classify_piece
from vistest.vision.detectors.merging import keep_first, without_parts, without_texture
from vistest.vision.detectors.rules import ruled_objects
from vistest.vision.detectors.shapes import (
    Shape,
    edge_strength,
    ink_mask,
    joined,
    outlines,
    pieces,
    shrunk,
    without,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect


@dataclass(frozen=True, slots=True)
class ContourOptions:
    """What the contour detector looks for; lengths in dp.

    Attributes:
        finest_density: Screens of a higher density are shrunk to this one.
        shortest_side: Outlines smaller than this are letters.
        lowest_fill: Share of its box that an outline must enclose; a circle has 0.79.
        same_slack: Boxes whose sides differ by less are one object.
        join: Ink closer than this is one glyph.
        smallest_piece: Ink smaller than this in both directions is dirt.
    """

    finest_density: float = 2.0
    shortest_side: float = 8.0
    lowest_fill: float = 0.7
    same_slack: float = 2.5
    join: float = 2.5
    smallest_piece: float = 2.0


class ContourDetector:
    """Finds outlined, filled and free-standing objects in frames of any toolkit and theme."""

    def __init__(self, options: ContourOptions | None = None) -> None:
        self._options = options or ContourOptions()

    @property
    def name(self) -> str:
        return "contour 1"

    def detect(self, frame: Frame) -> list[Detection]:
        """All objects; lines of text come as `text`, one for each word or so."""
        scale = min(1.0, self._options.finest_density / frame.density)
        pixels = frame.bgr
        if scale < 1:
            pixels = np.asarray(
                cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            )
        found = self._detect(pixels, frame.density * scale)
        return [
            Detection(one.cls, one.box.scaled(1 / scale).clipped(frame.size), one.score)
            for one in found
        ]

    def _detect(self, pixels: NDArray[np.uint8], density: float) -> list[Detection]:
        edges = edge_strength(pixels)
        slack = max(2.0, self._options.same_slack * density)
        boxes = self._boxes(edges, density, slack)
        ink, rules = self._ink(edges, boxes, density, slack)
        around = Surroundings.of(pixels, density, boxes, ink)
        found = [
            Detection(cls, shape.box, score)
            for shape in boxes
            for cls, score in classify_box(shape, around)
        ]
        found = ruled_objects(rules, around, [one.box for one in found]) + found
        found += [
            Detection(cls, shape.box, score)
            for shape in ink
            for cls, score in classify_piece(shape, around)
        ]
        found = without_parts(keep_first(found, lambda one: one.box, slack))
        return without_texture(found, ink_mask(edges))

    def _boxes(self, edges: NDArray[np.uint8], density: float, slack: float) -> list[Shape]:
        """Outlines, one for each object: the clearest, and the outermost among equally clear."""
        options = self._options
        found = outlines(edges, options.shortest_side * density, options.lowest_fill)
        found.sort(key=lambda shape: (-shape.strength, -shape.box.area, *shape.box.as_list()))
        return keep_first(found, lambda shape: shape.box, slack)

    def _ink(
        self, edges: NDArray[np.uint8], boxes: list[Shape], density: float, slack: float
    ) -> tuple[list[Shape], list[Shape]]:
        """Glyphs and words on the one hand, ruled lines on the other; borders are neither."""
        mask = ink_mask(edges)
        parts, numbers = pieces(mask)
        frames = [i for i, part in enumerate(parts) if self._is_frame(part, boxes, density)]
        rules = [
            part
            for part in parts
            if _is_thin(part, density) and not _is_on_side(shrunk(part.box), boxes, density)
        ]
        free = without(mask, numbers, frames)
        reach = round(self._options.join * density)
        glyphs, _ = pieces(joined(free, reach))
        smallest = self._options.smallest_piece * density
        ink = [
            Shape(shrunk(glyph.box), glyph.fill, glyph.strength)
            for glyph in glyphs
            if max(glyph.box.width, glyph.box.height) - 2 >= smallest
        ]
        return [one for one in ink if not _is_on_side(one.box, boxes, density)], rules

    def _is_frame(self, part: Shape, boxes: list[Shape], density: float) -> bool:
        """Whether a piece of ink is the border of a box or a ruled line, not a glyph."""
        if max(part.box.width, part.box.height) < 26 * density:
            return False
        if _is_rule(part, density):
            return True
        inner = shrunk(part.box)
        return part.fill < 0.5 and any(
            inner.iou(shape.box) > 0.8 and shape.fill > self._options.lowest_fill for shape in boxes
        )


def _is_on_side(piece: Rect, boxes: list[Shape], density: float) -> bool:
    """Whether a thin piece of ink is a stretch of the border of a box."""
    slack = 2 * density
    if min(piece.width, piece.height) > slack + 2 * density:
        return False
    for shape in boxes:
        box = shape.box
        if piece.covered_by(box.expanded(slack)) < 1 or piece.covered_by(box.expanded(-slack)) > 0:
            continue
        share = max(piece.width / box.width, piece.height / box.height)
        if max(box.width, box.height) >= 26 * density and share > 0.4:
            return True
    return False


def _is_thin(part: Shape, density: float) -> bool:
    """A line or a bar, such as the track of a slider."""
    short, long = sorted((part.box.width - 2, part.box.height - 2))
    return short <= 8 * density and long >= 20 * density and long > 3 * short


def _is_rule(part: Shape, density: float) -> bool:
    """A line along the screen: at most three dp thick, and long."""
    short, long = sorted((part.box.width - 2, part.box.height - 2))
    return short <= 3.5 * density and long >= 40 * density
