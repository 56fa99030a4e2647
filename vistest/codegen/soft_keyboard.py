# ruff: noqa: RUF001 - letters of several scripts are the subject
"""A soft keyboard on a screen: which key a finger meant. Pure: a scene in, keys out.

Keyboards differ in size, place and look, but not in the order of their letters. So it is known by
three rows of evenly spaced glyphs that agree with a layout; glyphs that were misread, or not read
at all, follow from the others.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.core.geometry import Point
    from vistest.core.scene import Scene

BACKSPACE, SHIFT, SYMBOLS, ENTER = "Backspace", "Shift", "Symbols", "Enter"
_HALF_SPACE_BAR, _TO_ENTER, _TO_SYMBOLS = 1.6, 3.9, -3.4
"""From the middle of the screen, in distances between keys."""

LAYOUTS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("qwertzuiop", "asdfghjkl", "yxcvbnm"),
    ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    ("qwertyuiopå", "asdfghjklöä", "zxcvbnm"),
    ("йцукенгшщзх", "фывапролджэ", "ячсмитьбю"),
)
_DIGITS = "1234567890"
# Letters that show their case by their shape, not by their size alone.
_TELLING = frozenset("abdefghijlmnqrtyабефу")
_UPPERMOST = 0.3
_TALLEST_GLYPH_DP = 40.0
_SAME_ROW_DP = 10.0
_ROW_DP = (30.0, 90.0)
_LEAST_AGREEING = 0.5
"""Share of the letters that must be read, and stand where the layout has them."""

_OFF = 0.3
"""Of the distance between keys: a glyph farther from its place is another one."""

_REACH = 0.62
"""Of the distance between keys: how far from its middle a key is still meant."""


@dataclass(frozen=True, slots=True)
class SoftKey:
    """A key of a soft keyboard.

    Attributes:
        name: What it types, or `BACKSPACE`, `SHIFT`, `SYMBOLS` or `ENTER`.
        sure: Whether a layout says so; else it was only read, or guessed by its place.
    """

    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A lone character on the screen, its middle in pixels."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Keys side by side: the middle of the first one, and the distance from each to the next."""

    keys: str
    start: float
    pitch: float
    y: float
    agreeing: int = 0

    def key_at(self, x: float) -> str:
        """The key around `x`; empty if `x` is beside the row."""
        index = round((x - self.start) / self.pitch)
        inside = 0 <= index < len(self.keys)
        near = abs(x - self.start - index * self.pitch) <= _REACH * self.pitch
        return self.keys[index] if inside and near else ""


@dataclass(frozen=True, slots=True)
class SoftKeyboard:
    """What is known of a keyboard on one screen.

    Attributes:
        rows: Rows of characters, from the top; all of the distance `pitch`.
        glyphs: Characters that were read on it, for signs that no layout fixes.
        pitch: Pixels from one row to the next.
        capital: Whether letters are shown as capitals, and so typed as such.
        letters: Whether it shows letters; else signs.
        doubtful: Letters that another layout, which fits as well, has elsewhere.
        middle: Of the screen, x in pixels.
    """

    rows: tuple[_Row, ...]
    glyphs: tuple[_Glyph, ...]
    pitch: float
    capital: bool
    letters: bool
    middle: float
    doubtful: frozenset[str] = frozenset()

    @property
    def top(self) -> float:
        """Where its first row begins."""
        return self.rows[0].y - self.pitch / 2

    @property
    def last_row(self) -> float:
        """The middle of the row with the space bar."""
        return self.rows[-1].y + self.pitch

    def covers(self, point: Point) -> bool:
        """Whether `point` is on its keys."""
        return self.top <= point.y

    def key_at(self, point: Point) -> SoftKey | None:
        """What a finger at `point` types or does; None if that is not known."""
        if point.y > self.rows[-1].y + self.pitch / 2:
            return self._last_row_key(point)
        row = min(self.rows, key=lambda row: abs(row.y - point.y))
        key = row.key_at(point.x)
        if key and (self.letters or row.keys == _DIGITS):
            return SoftKey(key.upper() if self.capital else key, key not in self.doubtful)
        if row is self.rows[-1]:
            if point.x > row.start + (len(row.keys) - 1) * row.pitch:
                return SoftKey(BACKSPACE)
            if point.x < row.start and self.letters:
                return SoftKey(SHIFT)
        return self._read_at(point, row.pitch)

    def _last_row_key(self, point: Point) -> SoftKey | None:
        """Comma and full stop are beside the space bar, which is around the middle."""
        width = self.rows[0].pitch
        across = (point.x - self.middle) / width
        if abs(across) <= _HALF_SPACE_BAR:
            return SoftKey(" ")
        if across > _TO_ENTER:
            return SoftKey(ENTER)
        if across < _TO_SYMBOLS:
            return SoftKey(SYMBOLS)
        read = self._read_at(point, width)
        usual = "." if across > 0 else ","
        return SoftKey(usual, sure=read is not None and read.name == usual)

    def _read_at(self, point: Point, reach: float) -> SoftKey | None:
        near = [
            (abs(glyph.x - point.x), glyph.text)
            for glyph in self.glyphs
            if abs(glyph.y - point.y) <= self.pitch / 2 and abs(glyph.x - point.x) <= _REACH * reach
        ]
        return SoftKey(min(near)[1], sure=False) if near else None


def keyboard_on(scene: Scene) -> SoftKeyboard | None:
    """The keyboard with letters that `scene` shows; None if it shows none."""
    glyphs = _glyphs(scene)
    rows = _rows(glyphs, scene.screen.density)
    best: SoftKeyboard | None = None
    most = 0
    rivals: list[tuple[str, ...]] = []
    for three in _threes(rows, scene.screen.density):
        for layout in LAYOUTS:
            fitted = [_fit(row, keys) for row, keys in zip(three, layout, strict=True)]
            if any(row is None for row in fitted):
                continue
            found = [row for row in fitted if row is not None]
            agreeing = sum(row.agreeing for row in found)
            enough = agreeing >= _LEAST_AGREEING * sum(map(len, layout))
            if enough and agreeing >= most and _alike(found):
                rivals = [*rivals, layout] if agreeing == most else [layout]
                if agreeing > most:
                    most, best = agreeing, _keyboard(found, rows, glyphs, scene)
    return replace(best, doubtful=_differing(rivals)) if best is not None else None


def signs_on(scene: Scene, known: SoftKeyboard) -> SoftKeyboard | None:
    """The same keyboard when it shows digits and signs instead of letters.

    Args:
        scene: The screen.
        known: The keyboard as it was with letters, in the same place.
    """
    glyphs = tuple(glyph for glyph in _glyphs(scene) if glyph.y >= known.top - known.pitch)
    rows = _rows(glyphs, scene.screen.density)
    digits = next((row for glyph in rows if (row := _fit(glyph, _DIGITS)) is not None), None)
    if digits is None or abs(digits.pitch / known.rows[-1].pitch - 1) > 0.2:
        return None
    bottom = known.rows[-1].y
    count = max(1, round((bottom - digits.y) / known.pitch))
    others = tuple(
        _Row("?" * 8, known.rows[-1].start, digits.pitch, digits.y + index * known.pitch)
        for index in range(1, count + 1)
    )
    return SoftKeyboard((digits, *others), glyphs, known.pitch, False, False, known.middle)


def _differing(layouts: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """The letters that do not stand at the same place in all of `layouts`."""
    places = [
        {key: (row, index) for row, keys in enumerate(layout) for index, key in enumerate(keys)}
        for layout in layouts
    ]
    letters = set().union(*places)
    return frozenset(key for key in letters if len({place.get(key) for place in places}) > 1)


def _keyboard(
    letters: Sequence[_Row],
    rows: Sequence[Sequence[_Glyph]],
    glyphs: Sequence[_Glyph],
    scene: Scene,
) -> SoftKeyboard:
    pitch = (letters[-1].y - letters[0].y) / 2
    above = letters[0].y - pitch
    digits = [
        fitted
        for row in rows
        if abs(row[0].y - above) < pitch / 3 and (fitted := _fit(row, _DIGITS)) is not None
    ]
    all_rows = (*digits[:1], *letters)
    return SoftKeyboard(
        all_rows,
        tuple(glyph for glyph in glyphs if glyph.y >= all_rows[0].y - pitch),
        pitch,
        _shows_capitals(letters, glyphs),
        letters=True,
        middle=scene.screen.size.width / 2,
    )


def _glyphs(scene: Scene) -> tuple[_Glyph, ...]:
    """Lone characters below the uppermost part of the screen."""
    tallest = _TALLEST_GLYPH_DP * scene.screen.density
    top = _UPPERMOST * scene.screen.size.height
    found = {}
    for element in scene.elements:
        text = element.text.strip()
        middle = element.box.center
        if len(text) == 1 and middle.y > top:
            tall = element.box.height > tallest * 1.6
            if not tall:
                found[round(middle.x), round(middle.y)] = _Glyph(text, middle.x, middle.y)
    return tuple(found.values())


def _rows(glyphs: Sequence[_Glyph], density: float) -> list[list[_Glyph]]:
    """Glyphs at one height, from the left; from the top."""
    rows: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - _height(rows[-1]) <= _SAME_ROW_DP * density:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: glyph.x) for row in rows]


def _height(row: Sequence[_Glyph]) -> float:
    return sum(glyph.y for glyph in row) / len(row)


def _threes(
    rows: Sequence[Sequence[_Glyph]], density: float
) -> Iterator[tuple[Sequence[_Glyph], ...]]:
    """Rows at equal distances that can be the letters of a keyboard."""
    full = [row for row in rows if len(row) >= 3]
    for three in itertools.combinations(full, 3):
        first, second, third = map(_height, three)
        upper, lower = second - first, third - second
        in_range = all(_ROW_DP[0] <= gap / density <= _ROW_DP[1] for gap in (upper, lower))
        if in_range and abs(upper - lower) <= 0.2 * upper:
            yield three


def _fit(glyphs: Sequence[_Glyph], keys: str) -> _Row | None:
    """The even row of `keys` that most of `glyphs` agree with; None if fewer than three do."""
    places = [
        (index, glyph)
        for glyph in glyphs
        for index, key in enumerate(keys)
        if key == glyph.text.casefold()
    ]
    best: list[tuple[int, _Glyph]] = []
    for (index, glyph), (other, far) in itertools.combinations(places, 2):
        if index == other:
            continue
        pitch = (far.x - glyph.x) / (other - index)
        if pitch <= 0:
            continue
        start = glyph.x - index * pitch
        agreeing = [
            (place, one)
            for place, one in places
            if abs(start + place * pitch - one.x) <= _OFF * pitch
        ]
        if len(agreeing) > len(best):
            best = agreeing
    distinct = {index for index, _ in best}
    if len(distinct) < 3:
        return None
    indices = np.array([index for index, _ in best], float)
    spots = np.array([glyph.x for _, glyph in best])
    pitch, start = np.polyfit(indices, spots, 1)
    height = sum(glyph.y for _, glyph in best) / len(best)
    return _Row(keys, float(start), float(pitch), height, len(distinct))


def _alike(rows: Sequence[_Row]) -> bool:
    """Whether the keys of all rows are equally far apart."""
    pitches = [row.pitch for row in rows]
    return max(pitches) <= 1.12 * min(pitches)


def _shows_capitals(rows: Sequence[_Row], glyphs: Sequence[_Glyph]) -> bool:
    """By the letters whose shape tells, each read where it belongs."""
    votes = [
        glyph.text.isupper()
        for row in rows
        for glyph in glyphs
        if abs(glyph.y - row.y) < row.pitch / 2
        and glyph.text.casefold() in _TELLING
        and row.key_at(glyph.x) == glyph.text.casefold()
    ]
    return sum(votes) * 2 > len(votes)
