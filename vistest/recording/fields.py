"""Typed, bounded access to the members of a JSON object."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from vistest.core.errors import FormatError
from vistest.core.geometry import Screen, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.recording.files import Document

LARGEST_EXTENT = 16_384
LATEST_MS = 1e13
_LONGEST_TEXT = 4_096

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Fields:
    """The members of `document`; every getter raises `FormatError` that says `where`."""

    document: Document
    where: str

    def number(self, name: str, low: float, high: float) -> float:
        """A finite number from `low` to `high`."""
        return self._bounded(self._get(name), name, low, high)

    def integer(self, name: str, low: int, high: int) -> int:
        """An integer from `low` to `high`."""
        value = self._bounded(self._get(name), name, low, high)
        if value != int(value):
            raise self.error(f"{name} must be a whole number, not {value}")
        return int(value)

    def time_ms(self) -> float:
        """The member `time_ms`: milliseconds of the device's clock."""
        return self.number("time_ms", 0, LATEST_MS)

    def text(self, name: str, *, empty: bool = True) -> str:
        """A string of a sane length."""
        value = self._get(name)
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not (value or empty):
            raise self.error(f"{name} must be a text")
        return value

    def word(self, name: str, allowed: Sequence[Word]) -> Word:
        """One of the `allowed` words."""
        value = self._get(name)
        for one in allowed:
            if value == one:
                return one
        raise self.error(f"{name} must be one of {', '.join(allowed)}")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self._get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{name} must be a list of texts")
        return tuple(value)

    def pair(self, name: str, low: float, high: float) -> tuple[float, float]:
        """A list of two numbers."""
        value = self._get(name)
        if not isinstance(value, list) or len(value) != 2:
            raise self.error(f"{name} must be a list of two numbers")
        first, second = (self._bounded(item, name, low, high) for item in value)
        return first, second

    def screen(self) -> Screen:
        """The members `size` and `density`."""
        width, height = self.pair("size", 1, LARGEST_EXTENT)
        return Screen(Size(int(width), int(height)), self.number("density", 0.1, 20))

    def inner(self, name: str) -> Fields:
        """A member that is an object itself."""
        value = self._get(name)
        if not isinstance(value, dict):
            raise self.error(f"{name} must be an object")
        return Fields(value, f"{self.where}, {name}")

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self.document.get(name) is not None

    def error(self, problem: str) -> FormatError:
        return FormatError(
            f"{self.where}: {problem}",
            hint="see recorder/FORMAT.md; if nobody edited the file, record again",
        )

    def _get(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        if name not in self.document:
            raise self.error(f"{name} is missing")
        return self.document[name]

    def _bounded(self, value: object, name: str, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{name} must be a number")
        if not (math.isfinite(value) and low <= value <= high):
            raise self.error(f"{name} is {value:.6g}, which is out of range {low:g} to {high:g}")
        return float(value)
