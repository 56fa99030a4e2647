from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.vision.cache import BoundedCache, CachedOcr, grow_regions
from vistest.vision.contracts import TextLine


class RowReader:
    """Reads every run of non-black rows as a line whose text is its colour; counts pixels."""

    name = "rows"

    def __init__(self) -> None:
        self.pixels_read = 0
        self.boxes_read = 0

    def read(self, frame: Frame) -> list[TextLine]:
        self.pixels_read += frame.size.width * frame.size.height
        blue = frame.pixels[:, :, 0].max(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], blue > 0, [0]])))
        return [
            TextLine(str(blue[top]), Rect(0, float(top), frame.size.width, float(bottom)), 1.0)
            for top, bottom in edges.reshape(-1, 2)
        ]

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        self.boxes_read += len(boxes)
        return [TextLine(str(frame.crop(box).max()), box, 1.0) for box in boxes]


def _frame(*rows: int) -> Frame:
    pixels = np.zeros((400, 200, 3), np.uint8)
    for index, value in enumerate(rows):
        pixels[20 + 60 * index : 32 + 60 * index] = value
    return Frame.from_bgr(pixels)


def test_only_what_changed_is_read_again() -> None:
    engine = RowReader()
    ocr = CachedOcr(engine)
    ocr.read(_frame(10, 20, 30, 40))
    cold = engine.pixels_read
    lines = ocr.read(_frame(10, 20, 99, 40))

    assert [line.text for line in lines] == ["10", "20", "99", "40"]
    assert lines[2].box == Rect(0, 140, 200, 152)
    assert engine.pixels_read - cold < cold / 4


def test_the_same_frame_is_not_read_twice() -> None:
    engine = RowReader()
    ocr = CachedOcr(engine)
    first = ocr.read(_frame(10, 20))
    cold = engine.pixels_read
    assert ocr.read(_frame(10, 20)) == first
    assert engine.pixels_read == cold


def test_another_screen_is_read_whole() -> None:
    ocr = CachedOcr(RowReader())
    ocr.read(_frame(10, 20))
    wide = Frame(np.zeros((100, 300, 4), np.uint8))
    assert ocr.read(wide) == []


def test_a_crop_is_read_once_wherever_it_stands() -> None:
    engine = RowReader()
    ocr = CachedOcr(engine)
    frame = _frame(10, 10, 20)
    boxes = [Rect(0, 20, 50, 32), Rect(100, 80, 150, 92), Rect(0, 140, 50, 152)]
    assert [line.text for line in ocr.read_boxes(frame, boxes)] == ["255", "255", "255"]
    assert [line.box for line in ocr.read_boxes(frame, boxes)] == boxes
    assert engine.boxes_read == 2


def test_the_cache_is_bounded_and_drops_the_oldest() -> None:
    cache: BoundedCache[int] = BoundedCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c"), len(cache)) == (1, None, 3, 2)


rects = st.builds(
    lambda x, y, w, h: Rect(x, y, x + w, y + h),
    *(st.integers(0, 300), st.integers(0, 300), st.integers(1, 80), st.integers(1, 80)),
)


@given(st.lists(rects, max_size=8), st.lists(rects, max_size=12))
def test_regions_are_disjoint_and_never_cut_a_line(changed: list[Rect], lines: list[Rect]) -> None:
    regions = grow_regions(changed, lines, 10)
    for index, region in enumerate(regions):
        assert not any(region.intersection(other) for other in regions[index + 1 :])
        assert all(line.covered_by(region) == 1 for line in lines if region.intersection(line))
    assert all(any(box.covered_by(region) == 1 for region in regions) for box in changed)
