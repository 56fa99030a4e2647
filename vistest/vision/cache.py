"""Nothing is read twice: OCR remembers what it read and rereads only what changed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import cv2
import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.contracts import TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vistest.vision.contracts import OcrEngine

Value = TypeVar("Value")

TILE = 16
READ_ALL_SHARE = 0.6
MARGIN_DP = 12.0


class BoundedCache(Generic[Value]):
    """The most recently used values by name, at most `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[str, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, name: str) -> Value | None:
        """The value, which thereby becomes the most recent; None if it is not known."""
        if name in self._values:
            self._values.move_to_end(name)
        return self._values.get(name)

    def put(self, name: str, value: Value) -> None:
        """Keep `value`; the least recently used one may go."""
        self._values[name] = value
        self._values.move_to_end(name)
        while len(self._values) > self._limit:
            self._values.popitem(last=False)

    def values(self) -> list[Value]:
        """All values, the most recent first."""
        return list(reversed(self._values.values()))


@dataclass(frozen=True, slots=True)
class _Page:
    """A frame that was read."""

    frame: Frame
    lines: tuple[TextLine, ...]


class CachedOcr:
    """An OCR engine that rereads only the parts of a frame that differ from one read before.

    Lines that no change touches are taken over as they are; around each change, a region that
    holds whole lines is read afresh.
    """

    def __init__(self, engine: OcrEngine, pages: int = 4, crops: int = 4096) -> None:
        self._engine = engine
        self._pages: BoundedCache[_Page] = BoundedCache(pages)
        self._crops: BoundedCache[tuple[str, float]] = BoundedCache(crops)

    @property
    def name(self) -> str:
        return self._engine.name

    def read(self, frame: Frame) -> list[TextLine]:
        """Find and read all text lines of the frame."""
        page = self._most_alike(frame)
        if page is None:
            lines = self._engine.read(frame)
        else:
            lines = self._reread(frame, *page)
        self._pages.put(frame.digest(), _Page(frame, tuple(lines)))
        return lines

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        """Read one line in each of `boxes`: one result per box, text empty where none is."""
        names = [_name_of(frame.crop(box)) for box in boxes]
        known = {name: self._crops.get(name) for name in names}
        missing = {name: box for name, box in zip(names, boxes, strict=True) if not known[name]}
        read = self._engine.read_boxes(frame, list(missing.values()))
        for name, line in zip(missing, read, strict=True):
            known[name] = (line.text, line.score)
            self._crops.put(name, (line.text, line.score))
        answers = []
        for name, box in zip(names, boxes, strict=True):
            text, score = known[name] or ("", 0.0)
            answers.append(TextLine(text, box, score))
        return answers

    def _most_alike(self, frame: Frame) -> tuple[_Page, NDArray[np.bool_]] | None:
        """The page with the fewest changed tiles, and these; None if too much differs."""
        found = [
            (page, _changed_tiles(page.frame, frame))
            for page in self._pages.values()
            if page.frame.screen == frame.screen
        ]
        if not found:
            return None
        page, changed = min(found, key=lambda one: int(one[1].sum()))
        return (page, changed) if changed.mean() <= READ_ALL_SHARE else None

    def _reread(self, frame: Frame, page: _Page, changed: NDArray[np.bool_]) -> list[TextLine]:
        margin = MARGIN_DP * frame.density
        regions = grow_regions(_regions(changed), [line.box for line in page.lines], margin)
        lines = [
            line
            for line in page.lines
            if not any(region.intersection(line.box) for region in regions)
        ]
        for region in regions:
            lines += _read_region(self._engine, frame, region)
        return sorted(lines, key=lambda line: (line.box.top, line.box.left))


def grow_regions(regions: Sequence[Rect], lines: Sequence[Rect], margin: float) -> list[Rect]:
    """Disjoint regions, each with a margin and with every line that it touches wholly inside."""
    waiting = [region.expanded(margin) for region in regions]
    done: list[Rect] = []
    while waiting:
        region = waiting.pop()
        touched = [line for line in lines if region.intersection(line)]
        grown = Rect.bounding([region, *(line.expanded(margin / 2) for line in touched)])
        met = [other for other in done if grown.intersection(other)]
        if met:
            done = [other for other in done if other not in met]
            waiting.append(Rect.bounding([grown, *met]))
        elif grown == region:
            done.append(grown)
        else:
            waiting.append(grown)
    return sorted(done, key=lambda box: (box.top, box.left))


def _read_region(engine: OcrEngine, frame: Frame, region: Rect) -> list[TextLine]:
    inside = region.clipped(frame.size)
    crop = frame.crop(inside)
    if crop.size == 0:
        return []
    left, top = round(inside.left), round(inside.top)
    part = Frame(np.ascontiguousarray(crop), frame.time_ms, frame.density)
    return [
        TextLine(line.text, line.box.translated(left, top), line.score)
        for line in engine.read(part)
    ]


def _changed_tiles(old: Frame, new: Frame) -> NDArray[np.bool_]:
    """Which tiles of TILE pixels differ; alpha does not count."""
    differs = (_colours(old) ^ _colours(new)) & 0x00FFFFFF
    height, width = differs.shape
    padded = np.zeros((-(-height // TILE) * TILE, -(-width // TILE) * TILE), np.bool_)
    padded[:height, :width] = differs != 0
    tiles = padded.reshape(padded.shape[0] // TILE, TILE, -1, TILE)
    return np.asarray(tiles.any(axis=(1, 3)))


def _colours(frame: Frame) -> NDArray[np.uint32]:
    return np.ascontiguousarray(frame.pixels).view("<u4")[:, :, 0]


def _regions(changed: NDArray[np.bool_]) -> list[Rect]:
    """Bounding boxes in pixels of connected changed tiles."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(changed.astype(np.uint8), connectivity=8)
    return [
        Rect(float(x), float(y), float(x + w), float(y + h)).scaled(TILE)
        for x, y, w, h, _ in stats[1:count].tolist()
    ]


def _name_of(crop: NDArray[np.uint8]) -> str:
    state = hashlib.blake2b(str(crop.shape).encode(), digest_size=16)
    state.update(np.ascontiguousarray(crop[:, :, :3]).data)
    return state.hexdigest()
