"""Boards of pictures without text, as games and tool boxes have, in two looks each.

Drawn here and known exactly: filled shapes, outlined twins of them, few texts or none. Sizes,
place, background and often colours differ between the looks; some things are moved or missing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.frame import Frame
from vistest.core.geometry import Point, Rect
from vistest.core.scene import Scene, UiElement
from vistest.vision.appearance import describe

if TYPE_CHECKING:
    from numpy.typing import NDArray

Colour = tuple[int, int, int]

_CORNERS = {"triangle": 3, "diamond": 4, "hexagon": 6, "circle": 48}
_STARS = {"star": (5, 0.45), "spark": (4, 0.35), "burst": (8, 0.7)}
_SHAPES = (*_CORNERS, *_STARS, "square", "cross", "bar")
_WORDS = ("Level 3", "Score 120", "Lives", "Pause", "Pieces", "Menu")
_LIGHT, _DARK = (244, 242, 240), (38, 32, 30)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing on a board: a shape, or a text if `word` is set.

    Attributes:
        shape: Name of the figure.
        colour: BGR, 0 to 255.
        filled: Or drawn as an outline.
        place: Middle, as share of the board.
        side: As share of the shorter side of the board.
        word: What is written there.
    """

    shape: str
    colour: Colour
    filled: bool
    place: tuple[float, float]
    side: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class BoardPair:
    """Two looks of a board; `counterpart` holds, per element of the first, the box on the second.

    It is None for what is missing there.
    """

    first: Scene
    second: Scene
    counterpart: tuple[Rect | None, ...]


def board_pair(seed: int) -> BoardPair:
    """A board and its other look, by seed."""
    rng = random.Random(f"board {seed}")
    pieces = _pieces(rng)
    others = [_changed(piece, rng) for piece in _rearranged(pieces, rng)]
    if rng.random() < 0.3:
        hue = {piece.colour: _colour(rng) for piece in pieces}
        others = [one and replace(one, colour=hue[one.colour]) for one in others]
    first, _ = _drawn(pieces, _size(rng), rng)
    kept = [one for one in others if one]
    second, other_boxes = _drawn(kept, _size(rng), rng)
    box_of = iter(other_boxes)
    return BoardPair(first, second, tuple(next(box_of) if one else None for one in others))


def _pieces(rng: random.Random) -> list[Piece]:
    """Figures in a row or a grid, often with outlined places for them, and a text or two."""
    kinds = rng.sample(_SHAPES, rng.randint(3, 7))
    colours = [_colour(rng) for _ in kinds]
    if rng.random() < 0.3:
        colours = [colours[0]] * len(kinds)
    side = rng.uniform(0.06, 0.12)
    top, left, step = rng.uniform(0.15, 0.4), rng.uniform(0.08, 0.2), rng.uniform(0.1, 0.13)
    filled = rng.random() < 0.8
    row = [
        Piece(kind, colour, filled, (left + step * i, top), side)
        for i, (kind, colour) in enumerate(zip(kinds, colours, strict=True))
    ]
    if rng.random() < 0.7:
        slots = rng.sample(row, len(row)) if rng.random() < 0.5 else row
        grey = (130, 130, 130)
        plain = rng.random() < 0.5
        below = top + rng.uniform(0.2, 0.4)
        row += [
            replace(
                piece,
                colour=grey if plain else piece.colour,
                filled=not filled,
                place=(left + step * i, below),
            )
            for i, piece in enumerate(slots)
        ]
    words = rng.sample(_WORDS, rng.choice([0, 0, 1, 2]))
    return row + [
        Piece("", (110, 110, 110), True, (0.15 + 0.3 * i, 0.06), 0.04, word)
        for i, word in enumerate(words)
    ]


def _rearranged(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """All a little elsewhere, or in another order, or as they were."""
    places = [piece.place for piece in pieces]
    figures = [i for i, piece in enumerate(pieces) if not piece.word]
    if rng.random() < 0.25:
        order = rng.sample(figures, len(figures))
        for here, there in zip(figures, order, strict=True):
            places[here] = pieces[there].place
    elif rng.random() < 0.5:
        across, down = rng.uniform(0, 0.12), rng.uniform(-0.06, 0.08)
        places = [(x + across, y + down) for x, y in places]
    return [replace(piece, place=place) for piece, place in zip(pieces, places, strict=True)]


def _changed(piece: Piece, rng: random.Random) -> Piece | None:
    chance = rng.random()
    if chance < 0.12 and not piece.word:
        return None
    if chance < 0.2 and piece.filled:
        return replace(piece, place=(rng.uniform(0.1, 0.9), rng.uniform(0.82, 0.92)))
    return piece


def _colour(rng: random.Random) -> Colour:
    hue = np.array([[[rng.randrange(180), rng.randint(130, 255), rng.randint(150, 230)]]], np.uint8)
    blue, green, red = cv2.cvtColor(hue, cv2.COLOR_HSV2BGR)[0, 0].tolist()
    return blue, green, red


def _size(rng: random.Random) -> tuple[int, int]:
    return rng.choice([(800, 600), (1280, 800), (600, 900), (1600, 900), (1080, 1080)])


def _drawn(
    pieces: list[Piece], size: tuple[int, int], rng: random.Random
) -> tuple[Scene, list[Rect]]:
    width, height = size
    pixels = np.full((height, width, 3), rng.choice([_LIGHT, _DARK]), np.uint8)
    boxes = [_draw(pixels, piece, size) for piece in pieces]
    frame = Frame.from_bgr(pixels)
    seen = [_seen(box, rng) for box in boxes]
    elements = tuple(
        UiElement(
            "text" if piece.word else "icon",
            box,
            text=piece.word,
            clickable=not piece.word,
            appearance=look if look.any() else None,
        )
        for piece, box, look in zip(pieces, seen, describe(frame, seen), strict=True)
    )
    return Scene(elements, frame.screen), boxes


def _seen(box: Rect, rng: random.Random) -> Rect:
    """The box as a detector gives it, a pixel or so off."""
    edges = [edge + rng.uniform(-1.5, 1.5) for edge in box.as_list()]
    return Rect.from_list(edges)


def _draw(pixels: NDArray[np.uint8], piece: Piece, size: tuple[int, int]) -> Rect:
    side = piece.side * min(size)
    middle = Point(piece.place[0] * size[0], piece.place[1] * size[1])
    if piece.word:
        return _write(pixels, piece, middle, side)
    corners = _corners(piece.shape) * side / 2 + (middle.x, middle.y)
    fine = np.round(corners * 16).astype(np.int32)
    if piece.filled:
        cv2.fillPoly(pixels, [fine], piece.colour, cv2.LINE_AA, 4)
    else:
        thick = max(1, round(side / 20))
        cv2.polylines(pixels, [fine], True, piece.colour, thick, cv2.LINE_AA, 4)
    return Rect.from_list([*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()])


def _write(pixels: NDArray[np.uint8], piece: Piece, middle: Point, side: float) -> Rect:
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, side / 30
    (wide, tall), _ = cv2.getTextSize(piece.word, font, scale, 2)
    left, bottom = round(middle.x), round(middle.y + tall / 2)
    cv2.putText(pixels, piece.word, (left, bottom), font, scale, piece.colour, 2, cv2.LINE_AA)
    return Rect(left, bottom - tall, left + wide, bottom)


def _corners(shape: str) -> NDArray[np.float64]:
    """(k, 2) within -1 to 1."""
    if shape in _STARS:
        points, inner = _STARS[shape]
        reach = np.where(np.arange(2 * points) % 2 == 0, 1.0, inner)
        turn = np.arange(2 * points) * np.pi / points - np.pi / 2
    elif shape in _CORNERS:
        reach = np.ones(1)
        turn = np.arange(_CORNERS[shape]) * 2 * np.pi / _CORNERS[shape] - np.pi / 2
    elif shape == "cross":
        arm = 0.35
        one = [(arm, -1), (arm, -arm), (1, -arm)]
        quarters = [[(x, y), (-y, x), (-x, -y), (y, -x)] for x, y in one]
        return np.array([quarter[k] for k in range(4) for quarter in quarters])
    else:
        tall = 0.8 if shape == "square" else 0.4
        return np.array([(-0.8, -tall), (0.8, -tall), (0.8, tall), (-0.8, tall)])
    return np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)
