"""Lists of made-up words in two arrangements: other distances, other columns, scrolled, turned.

Drawn here and known exactly. Letters grow by another factor than the distances between them, rows
become tiles or stand beside each other, some are scrolled away, and what is gone may have left its
words elsewhere in another role (a heading, a note): a tap there would be wrong.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tests.bench.locating.drawn import DrawnPair, seen
from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.core.scene import Scene, UiElement
from vistest.vision.appearance import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vistest.core.scene import ElementClass

_STARTS, _VOWELS, _ENDS = "bcdfghjklmnprstvwz", "aeiou", ("", "", "n", "l", "r", "sk", "m")
_BOXES: tuple[ElementClass, ...] = ("list_item", "button", "text_field")
_SIDES = ((900, 640), (1280, 800), (1600, 900), (720, 1280), (1080, 1920), (1000, 1000))
_FONT, _LETTER = cv2.FONT_HERSHEY_SIMPLEX, 22  # pixels of a capital letter at scale 1
_LIGHT, _DARK = (244, 242, 240), (38, 32, 30)
TITLE, STRAY = "title", "stray"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a list is laid out; lengths in pixels.

    Attributes:
        width, height: Of the screen.
        columns: Rows beside each other.
        row: Height of a row; `gap`: between rows; `top`: above the first; `left`: beside them.
        gap, top, left: See `row`.
        letters: Height of a capital letter.
        box: How a detector names the boxes of rows; None if only their words show.
        loose: How often a text is seen as tall as its row.
        ending: What every row ends with: a shape's number of corners, or 0 for nothing.
        dark: Light on dark.
    """

    width: int
    height: int
    columns: int
    row: float
    gap: float
    top: float
    left: float
    letters: float
    box: ElementClass | None
    loose: float
    ending: int
    dark: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing on the screen: its row's words, what it is of the row, and where a tap is right."""

    name: str
    role: str
    cls: ElementClass
    box: Rect
    tap: Rect
    text: str = ""


def listing_pair(seed: int) -> DrawnPair:
    """A list and its other arrangement, by seed."""
    rng = random.Random(f"listing {seed}")
    words = list(dict.fromkeys(_word(rng) for _ in range(rng.randint(4, 16))))
    title = _word(rng).title()
    first = _arrangement(rng)
    second = _rearranged(first, rng)
    here = words[rng.randint(0, 3) :] if rng.random() < 0.5 else words
    there = [word for word in words if rng.random() > 0.12]
    if rng.random() < 0.12:
        there = rng.sample(there, len(there))
    strays = [word for word in words if word not in there and rng.random() < 0.6]
    parts = list(_parts(first, title, here, [], rng))
    others = list(_parts(second, title, there, strays, rng))
    taps = {(part.name, part.role): part.tap for part in reversed(others)}
    return DrawnPair(
        _scene(first, parts, rng),
        _scene(second, others, rng),
        tuple(_counterpart(part, taps) for part in parts),
    )


def _counterpart(part: _Part, taps: dict[tuple[str, str], Rect]) -> Rect | None:
    """A row and the words in it are one thing to a tap."""
    roles = ("row", "words") if part.role in ("row", "words") else (part.role,)
    return next((taps[part.name, role] for role in roles if (part.name, role) in taps), None)


def _word(rng: random.Random) -> str:
    def syllable() -> str:
        return rng.choice(_STARTS) + rng.choice(_VOWELS) + rng.choice(_ENDS)

    return "".join(syllable() for _ in range(rng.randint(2, 4)))


def _arrangement(rng: random.Random) -> Arrangement:
    width, height = rng.choice(_SIDES)
    letters = min(width, height) * rng.uniform(0.014, 0.026)
    return Arrangement(
        width,
        height,
        columns=rng.choice([1, 1, 1, 2]),
        row=letters * rng.uniform(1.6, 4.5),
        gap=letters * rng.choice([0.2, rng.uniform(0.3, 3.0)]),
        top=letters * rng.uniform(4, 9),
        left=letters * rng.uniform(1, 5),
        letters=letters,
        box=rng.choice([*_BOXES, None]),
        loose=rng.choice([0.0, 0.0, 0.2, 0.9]),
        ending=rng.choice([0, 0, 0, 3, 4, 30]),
        dark=rng.random() < 0.5,
    )


def _rearranged(first: Arrangement, rng: random.Random) -> Arrangement:
    """Other letters, other distances and often other columns, on another screen or a turned one."""
    other = _arrangement(rng)
    columns = first.columns if rng.random() < 0.55 else rng.choice([1, 2, 3])
    box = first.box if rng.random() < 0.7 else other.box
    if rng.random() < 0.4:
        other = replace(other, width=first.height, height=first.width)
    if rng.random() < 0.3:
        other = replace(other, letters=first.letters, row=first.row, gap=first.gap)
    return replace(other, columns=columns, box=box, ending=first.ending)


def _parts(
    layout: Arrangement, title: str, words: Sequence[str], strays: Sequence[str], rng: random.Random
) -> Iterator[_Part]:
    head = _text_box(title, layout.left, layout.letters, 1.4 * layout.letters)
    yield _Part(title, TITLE, "text", head, head, title)
    for number, stray in enumerate(strays):  # in the head, as a title of its own, or below
        size = layout.letters * rng.choice([0.8, 1.0, 1.5])
        x = layout.width * rng.uniform(0.4, 0.8)
        y = rng.choice([layout.letters, layout.height - 3 * layout.letters * (number + 1)])
        box = _text_box(stray, x, y, size)
        yield _Part(stray, STRAY, "text", box, box, stray)
    step = (layout.width - 2 * layout.left) / layout.columns
    for number, word in enumerate(words):
        line, column = divmod(number, layout.columns)
        top = layout.top + line * (layout.row + layout.gap)
        if top + layout.row > layout.height:
            return
        left = layout.left + column * step
        cell = Rect(left, top, left + step - layout.letters, top + layout.row)
        yield from _row(layout, word, cell, rng)


def _row(layout: Arrangement, word: str, cell: Rect, rng: random.Random) -> Iterator[_Part]:
    inset = layout.letters
    end = cell.right - (3 * inset if layout.ending else 0)
    tap = Rect(cell.left, cell.top, end, cell.bottom)
    tight = _text_box(word, cell.left + inset, cell.center.y - layout.letters / 2, layout.letters)
    if rng.random() < layout.loose:
        tight = Rect(cell.left + 2, cell.top + 1, tight.right + inset, cell.bottom - 1)
    if layout.box is not None and rng.random() > 0.05:
        yield _Part(word, "row", layout.box, cell, tap, word)
    yield _Part(word, "words", "text", tight, tap, word)
    if layout.ending:
        top = cell.center.y - inset / 2
        box = Rect(end + inset, top, end + 2 * inset, top + inset)
        yield _Part(word, "ending", "icon", box, box)


def _text_box(text: str, left: float, top: float, letters: float) -> Rect:
    (width, _), _ = cv2.getTextSize(text, _FONT, letters / _LETTER, 1)
    return Rect(left, top, left + width, top + letters)


def _scene(layout: Arrangement, parts: Sequence[_Part], rng: random.Random) -> Scene:
    pixels = np.full((layout.height, layout.width, 3), _DARK if layout.dark else _LIGHT, np.uint8)
    ink = _LIGHT if layout.dark else _DARK
    for part in parts:
        _draw(pixels, part, layout, ink)
    frame = Frame.from_bgr(pixels)
    boxes = [seen(part.box, rng) for part in parts]
    elements = tuple(
        UiElement(
            part.cls,
            box,
            text=part.text,
            clickable=part.cls != "text",
            appearance=look if look.any() else None,
        )
        for part, box, look in zip(parts, boxes, describe(frame, boxes), strict=True)
    )
    return Scene(elements, frame.screen)


def _draw(
    pixels: NDArray[np.uint8], part: _Part, layout: Arrangement, ink: tuple[int, int, int]
) -> None:
    left, top, right, bottom = (round(edge) for edge in part.box.as_list())
    if part.role == "row":
        cv2.rectangle(pixels, (left, top), (right - 1, bottom - 1), (128, 128, 128), 1)
    elif part.role == "ending":
        turn = np.arange(layout.ending) * 2 * np.pi / layout.ending
        round_about = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (bottom - top) / 2
        corners = round_about + np.array([part.box.center.x, part.box.center.y])
        cv2.fillPoly(pixels, [np.round(corners).astype(np.int32)], ink, cv2.LINE_AA)
    else:
        letters = layout.letters
        baseline = round(part.box.center.y + letters / 2)
        place = (left, baseline)
        cv2.putText(pixels, part.text, place, _FONT, letters / _LETTER, ink, 1, cv2.LINE_AA)
