"""Objects whose only mark is a ruled line: rows of a list, tabs, underlined text fields."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vistest.core.geometry import Rect
from vistest.vision.contracts import Detection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.vision.detectors.classify import Surroundings
    from vistest.vision.detectors.shapes import Shape

LOWEST_ROW_DP, HIGHEST_ROW_DP = 22, 130
NARROWEST_ROW_DP = 120
FIELD_HEIGHT_DP = 40
THICKEST_RULE_DP = 4
SHORTEST_TRACK_DP = 60
# So many lines of equal extent are a list, fewer are fields to fill in.
FEWEST_ROWS = 3


def ruled_objects(
    rules: Sequence[Shape], around: Surroundings, known: Sequence[Rect]
) -> list[Detection]:
    """What the horizontal lines among `rules` mark, as far as no box of `known` is there."""
    thin = [rule.box.expanded(-1) for rule in rules]
    level = [
        line
        for line in thin
        if line.width > 3 * line.height and line.height <= THICKEST_RULE_DP * around.density
    ]
    found = [
        *_sliders(thin, around),
        *_tabs(level, around),
        *_underlined_fields(level, around),
        *_rows(level, around),
    ]
    return [one for one in found if not any(one.box.iou(box) > 0.6 for box in known)]


def _rows(lines: Sequence[Rect], around: Surroundings) -> Iterator[Detection]:
    """A list item between each two neighbouring lines of equal extent, if there is ink."""
    density = around.density
    long = [line for line in lines if line.width >= NARROWEST_ROW_DP * density]
    for stack in _stacks(long, 8 * density):
        for upper, lower in pairwise(stack):
            height = lower.top - upper.bottom
            if LOWEST_ROW_DP * density <= height <= HIGHEST_ROW_DP * density:
                row = Rect(upper.left, upper.bottom, upper.right, lower.top)
                if around.inside(row):
                    yield Detection("list_item", row, 0.5)


def _underlined_fields(lines: Sequence[Rect], around: Surroundings) -> Iterator[Detection]:
    """A line that stands free on both sides, with text above its left end or nothing."""
    density, width = around.density, around.pixels.shape[1]
    lonely = [
        line for stack in _stacks(lines, 8 * density) if len(stack) < FEWEST_ROWS for line in stack
    ]
    for line in lonely:
        inset = line.left >= 8 * density and line.right <= width - 8 * density
        if not inset or not 80 <= line.width / density <= 600:
            continue
        field = Rect(
            line.left, max(0.0, line.top - FIELD_HEIGHT_DP * density), line.right, line.bottom
        )
        content = around.inside(field)
        if content and min(one.left for one in content) - line.left <= 16 * density:
            yield Detection("text_field", field, 0.4)


def _tabs(lines: Sequence[Rect], around: Surroundings) -> Iterator[Detection]:
    """The captions in a row of which one is underlined by a short, thick line."""
    density = around.density
    for line in lines:
        if not 20 <= line.width / density <= 220:
            continue
        above = Rect(line.left, max(0.0, line.top - 44 * density), line.right, line.top)
        own = around.inside(above)
        if not own:
            continue
        caption = Rect.bounding(own)
        off = abs(caption.center.x - line.center.x)
        if off > 4 * density or line.top - caption.bottom > 20 * density:
            continue
        captions = _captions_beside(caption, around)
        if len(captions) < 2:
            continue
        margin = max(6 * density, (line.width - caption.width) / 2)
        top = caption.top - (line.top - caption.bottom)
        for one in captions:
            yield Detection(
                "tab", Rect(one.left - margin, top, one.right + margin, line.bottom), 0.5
            )


def _captions_beside(caption: Rect, around: Surroundings) -> list[Rect]:
    """Runs of ink at the height of `caption`, with at most three captions' widths between."""
    level = sorted(
        (
            piece
            for piece in around.pieces()
            if abs(piece.center.y - caption.center.y) <= 0.5 * caption.height
            and piece.height <= 2 * caption.height
        ),
        key=lambda piece: piece.left,
    )
    runs: list[Rect] = []
    for piece in level:
        if runs and piece.left - runs[-1].right <= 8 * around.density:
            runs[-1] = Rect.bounding([runs[-1], piece])
        else:
            runs.append(piece)
    reach = max(120 * around.density, 3 * caption.width)
    home = next((i for i, run in enumerate(runs) if run.intersection(caption)), None)
    if home is None:
        return []
    first = last = home
    while first > 0 and runs[first].left - runs[first - 1].right <= reach:
        first -= 1
    while last + 1 < len(runs) and runs[last + 1].left - runs[last].right <= reach:
        last += 1
    return runs[first : last + 1]


def _sliders(bars: Sequence[Rect], around: Surroundings) -> Iterator[Detection]:
    """A knob on a track: bars on one or both sides of it, level with its centre."""
    density = around.density
    for knob in around.knobs():
        near = knob.expanded(4 * density)
        parts = [
            bar
            for bar in bars
            if near.intersection(bar) is not None
            and (
                (bar.width > bar.height and abs(bar.center.y - knob.center.y) <= 3 * density)
                or (bar.height > bar.width and abs(bar.center.x - knob.center.x) <= 3 * density)
            )
        ]
        whole = Rect.bounding([knob, *parts])
        long = max(whole.width, whole.height)
        slim = min(whole.width, whole.height) <= 1.3 * max(knob.width, knob.height)
        if parts and slim and long >= SHORTEST_TRACK_DP * density:
            yield Detection("slider", whole, 0.6)


def _stacks(lines: Sequence[Rect], slack: float) -> list[list[Rect]]:
    """Lines of the same left and right end, each stack from top to bottom."""
    stacks: list[list[Rect]] = []
    for line in sorted(lines, key=lambda box: (box.top, box.left)):
        for stack in stacks:
            first = stack[0]
            if abs(first.left - line.left) <= slack and abs(first.right - line.right) <= slack:
                if line.top - stack[-1].bottom > slack / 2:
                    stack.append(line)
                break
        else:
            stacks.append([line])
    return stacks
