"""A scene as arrays: boxes, texts, captions, and which elements are parts of one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.matching.text import normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.scene import Scene

GLYPH_CLASSES = ("checkbox", "radio", "switch")
FIELD_CLASSES = ("text_field", "dropdown", "slider")
_CLASS_INDEX = {cls: index for index, cls in enumerate(ELEMENT_CLASSES)}
_TOUCHING = 1e-3
_CAPTION_REACH = 4.0  # line heights
_ROW_REACH = 80.0  # line heights: the switch at the far end of a row belongs to its text
_NESTED = 0.85  # share of a box that lies in another one for it to be a part of it


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What matching asks of a scene, n elements.

    Attributes:
        scene: Where it comes from.
        boxes: (n, 4): left, top, right, bottom in device pixels.
        classes: (n,): index in `ELEMENT_CLASSES`.
        texts: Own text of each, normalised.
        captions: Text beside, above or below those that have no text of their own.
        appearance: (n, D), zeros where there is none.
        inside: (n, n): whether element i is a part of element j.
        line_height: Median height of a line of text in pixels; 0 if there is no text.
    """

    scene: Scene
    boxes: NDArray[np.float64]
    classes: NDArray[np.intp]
    texts: tuple[str, ...]
    captions: tuple[str, ...]
    appearance: NDArray[np.float64]
    inside: NDArray[np.bool_]
    line_height: float

    @classmethod
    def of(cls, scene: Scene) -> Layout:
        """The arrays of `scene`."""
        elements = scene.elements
        boxes = np.array([e.box.as_list() for e in elements], float).reshape(-1, 4)
        texts = tuple(normalised(e.text) for e in elements)
        classes = np.array([_CLASS_INDEX[e.cls] for e in elements], np.intp)
        inside = _inside(boxes)
        line_height = _line_height(scene)
        return cls(
            scene=scene,
            boxes=boxes,
            classes=classes,
            texts=texts,
            captions=_captions(scene, boxes, texts, line_height),
            appearance=_appearance(scene),
            inside=inside,
            line_height=line_height,
        )

    @property
    def centers(self) -> NDArray[np.float64]:
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2

    @property
    def sizes(self) -> NDArray[np.float64]:
        return self.boxes[:, 2:] - self.boxes[:, :2]

    @property
    def same_taps(self) -> NDArray[np.bool_]:
        """(n, n): whether a tap on the middle of either element hits the other as well."""
        boxes, centers = self.boxes[:, None], self.centers[None]
        hit = np.all((boxes[..., :2] <= centers) & (centers < boxes[..., 2:]), axis=2)
        return np.asarray(hit & hit.T)

    @property
    def roles(self) -> NDArray[np.intp]:
        """(n,): for a text in something else the class of the smallest such, else the own class."""
        text = self.classes == _CLASS_INDEX["text"]
        around = np.where(self.inside & ~text, np.prod(self.sizes, axis=1)[None, :], np.inf)
        held = text & np.isfinite(around.min(axis=1))
        return np.where(held, self.classes[around.argmin(axis=1)], self.classes)

    def same_tap(self, index: int | np.intp) -> NDArray[np.bool_]:
        """(n,): elements that a tap on the middle of `index` would hit as well, and vice versa."""
        boxes, centers = self.boxes, self.centers
        own, middle = boxes[index], centers[index]
        hit = np.all((boxes[:, :2] <= middle) & (middle < boxes[:, 2:]), axis=1)
        back = np.all((own[:2] <= centers) & (centers < own[2:]), axis=1)
        return np.asarray(hit & back)


def gaps(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Signed gaps from each box of `first` to each of `second`, shape (n, m, 2).

    Positive if the second lies to the right of (below) the first, 0 where they overlap.
    """
    after = second[None, :, :2] - first[:, None, 2:]
    before = second[None, :, 2:] - first[:, None, :2]
    return np.where(after > 0, after, np.where(before < 0, before, 0.0))


def _inside(boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    covered = common >= _NESTED * np.maximum(area, 1e-9)[:, None]
    return np.asarray(covered & (area[:, None] < area[None, :]))


def _line_height(scene: Scene) -> float:
    heights = [e.box.height for e in scene.elements if e.cls == "text" and e.text]
    return float(np.median(heights)) if heights else 0.0


def _appearance(scene: Scene) -> NDArray[np.float64]:
    vectors = [e.appearance for e in scene.elements]
    length = next((len(vector) for vector in vectors if vector is not None), 1)
    rows = [np.zeros(length) if vector is None else vector for vector in vectors]
    return np.array(rows, float).reshape(-1, length)


def _captions(
    scene: Scene, boxes: NDArray[np.float64], texts: tuple[str, ...], line_height: float
) -> tuple[str, ...]:
    lines = [i for i, e in enumerate(scene.elements) if e.cls == "text" and texts[i]]
    if not lines:
        return ("",) * len(texts)
    offsets = _gaps_to_lines(boxes, boxes[lines]) / max(line_height, 1.0)
    return tuple(
        ""
        if element.cls == "text"
        else _caption(element.cls, offsets[index], [texts[line] for line in lines])
        for index, element in enumerate(scene.elements)
    )


def _gaps_to_lines(boxes: NDArray[np.float64], lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """`gaps`; a line whose middle is outside touches, though the box that OCR gave reaches in."""
    offsets = gaps(boxes, lines)
    middles = (lines[:, :2] + lines[:, 2:]) / 2
    before = middles[None] < boxes[:, None, :2]
    after = middles[None] >= boxes[:, None, 2:]
    touching = np.where(before, -_TOUCHING, np.where(after, _TOUCHING, 0.0))
    overlapping = np.all(offsets == 0, axis=2, keepdims=True)
    return np.where(overlapping, touching, offsets)


def _caption(cls: str, offsets: NDArray[np.float64], texts: list[str]) -> str:
    """The text that names a control, given the gaps to all lines in line heights."""
    across, down = offsets[:, 0], offsets[:, 1]
    row, column = down == 0, across == 0
    outside = (across != 0) | (down != 0)
    reach = np.abs(across) + 3 * np.abs(down)
    if cls in GLYPH_CLASSES:
        rank = np.where(row, np.abs(across) + (across < 0), np.inf)
        limit = _ROW_REACH
    elif cls in FIELD_CLASSES:
        above = np.where(column & (down < 0), -down, np.inf)
        beside = np.where(row & (across < 0), 1 - across, np.inf)
        rank, limit = np.minimum(above, beside), _CAPTION_REACH
    else:
        rank, limit = np.where(row | column, reach, np.inf), _CAPTION_REACH
    rank = np.where(outside, rank, np.inf)
    nearest = int(np.argmin(rank))
    return texts[nearest] if rank[nearest] <= limit else ""
