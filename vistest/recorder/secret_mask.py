"""Keeps a secret out of the pictures, before they are encoded.

Two rules carry the weight:

- While a secret is typed, whatever differs from the picture before it is hidden. What equals that
  picture cannot show the secret; no assumption about the application is needed.
- Hidden pixels are painted with a mosaic of the picture *before* the secret. It says nothing about
  what is below, so there is nothing to reverse.

Afterwards the regions that had changed stay hidden as long as their surroundings are there (a
caret, "show password" and the like), also where they were scrolled to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.geometry import Rect
from vistest.recorder.changed_regions import changed_regions, is_recolored
from vistest.recorder.field_box import field_box
from vistest.recorder.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from vistest.core.frame import Frame
    from vistest.core.geometry import Size
    from vistest.recorder.timeline import SecretSpan

    Pixels = NDArray[np.uint8]

_MARGIN_DP = 8.0
_ROOM_FOR_MORE_DP = 160.0
_MOSAIC_DP = 20.0


class SecretMask:
    """Takes all frames of a recording in order. Used from one thread."""

    def __init__(self) -> None:
        self._secrets: list[_Secret] = []
        self._last_raw: Frame | None = None
        self._last_shown: Frame | None = None

    def apply(self, frame: Frame, spans: Sequence[SecretSpan]) -> Frame:
        """`frame` as it may be stored.

        Args:
            frame: The next frame.
            spans: All secrets up to the frame's time at least.
        """
        for span in spans[len(self._secrets) :]:
            if span.begin_ms <= frame.time_ms:
                self._secrets.append(self._begin(span, frame))
        shown = frame
        for secret, span in zip(self._secrets, spans, strict=False):
            boxes = secret.hidden_boxes(frame, span)
            shown = _paint(shown, boxes, secret.mosaic)
        self._last_raw, self._last_shown = frame, shown
        return shown

    def _begin(self, span: SecretSpan, frame: Frame) -> _Secret:
        if self._last_raw is None or self._last_shown is None:
            blank = replace(frame, pixels=np.zeros_like(frame.pixels))
            return _Secret(blank, _mosaic(blank), None)
        box = None
        if span.at is not None:
            box = field_box(self._last_raw.pixels, span.at.point, self._last_raw.density)
        return _Secret(self._last_raw, _mosaic(self._last_shown), box)


@dataclass(slots=True)
class _Secret:
    """One secret and what is known about where it shows.

    Attributes:
        reference: The last frame before it.
        mosaic: What to paint with.
        focus_box: The box of its input field, if it was pressed.
        boxes: Where it showed so far.
        surroundings: What lies around the boxes; empty until the secret is complete.
    """

    reference: Frame
    mosaic: Pixels
    focus_box: Rect | None
    boxes: list[Rect] = field(default_factory=list)
    surroundings: list[Surroundings] | None = None
    _last: Frame | None = None

    def hidden_boxes(self, frame: Frame, span: SecretSpan) -> list[Rect]:
        if frame.time_ms <= span.settled_ms:
            self._last = frame
            return self._watch(frame)
        if self.surroundings is None:
            snapshot = self._last or self.reference
            self.surroundings = [Surroundings.of(snapshot, box) for box in self.boxes]
            self._last = None
        return [box for around in self.surroundings for box in around.find(frame)]

    def _watch(self, frame: Frame) -> list[Rect]:
        """All that changed since before the secret."""
        if frame.size != self.reference.size:
            return [_whole(frame.size)]
        if not self.boxes and self.focus_box is not None:
            self.boxes = [self._with_margin(self.focus_box)]
        for region in changed_regions(self.reference.pixels, frame.pixels):
            if not self._is_covered(region) and not self._is_recolored(region, frame):
                self.boxes = _merged([*self.boxes, self._grown(region)])
        return self.boxes

    def _is_covered(self, region: Rect) -> bool:
        return any(region.covered_by(box) == 1.0 for box in self.boxes)

    def _is_recolored(self, region: Rect, frame: Frame) -> bool:
        return is_recolored(self.reference.crop(region), frame.crop(region))

    def _grown(self, region: Rect) -> Rect:
        """The whole field that the change is in; else room for more characters."""
        box = field_box(self.reference.pixels, region.center, self.reference.density)
        if box is not None:
            return self._with_margin(Rect.bounding([box, region]))
        more = _ROOM_FOR_MORE_DP * self.reference.density
        wide = Rect(region.left - more, region.top, region.right + more, region.bottom)
        return self._with_margin(wide)

    def _with_margin(self, box: Rect) -> Rect:
        return box.expanded(_MARGIN_DP * self.reference.density).clipped(self.reference.size)


def _merged(boxes: list[Rect]) -> list[Rect]:
    """`boxes` with those that overlap joined."""
    merged: list[Rect] = []
    for box in boxes:
        while (other := next((one for one in merged if one.intersection(box)), None)) is not None:
            merged.remove(other)
            box = Rect.bounding([box, other])
        merged.append(box)
    return merged


def _mosaic(frame: Frame) -> Pixels:
    cell = max(2, round(_MOSAIC_DP * frame.density))
    width, height = frame.size.width, frame.size.height
    small = cv2.resize(
        frame.pixels,
        (math.ceil(width / cell), math.ceil(height / cell)),
        interpolation=cv2.INTER_AREA,
    )
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large, np.uint8)


def _paint(frame: Frame, boxes: Iterable[Rect], mosaic: Pixels) -> Frame:
    boxes = list(boxes)
    if not boxes:
        return frame
    height, width = frame.pixels.shape[:2]
    if mosaic.shape != frame.pixels.shape:
        mosaic = np.asarray(cv2.resize(mosaic, (width, height)), np.uint8)
    pixels = frame.pixels.copy()
    for box in boxes:
        top, bottom = math.floor(box.top), math.ceil(box.bottom)
        left, right = math.floor(box.left), math.ceil(box.right)
        pixels[top:bottom, left:right] = mosaic[top:bottom, left:right]
    return replace(frame, pixels=pixels)


def _whole(size: Size) -> Rect:
    return Rect(0, 0, size.width, size.height)
