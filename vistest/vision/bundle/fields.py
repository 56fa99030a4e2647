"""Typed, bounded access to the members of a manifest, which may be damaged or made up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from vistest.core.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_TEXT = 1024
_MOST_ITEMS = 65_536

Word = TypeVar("Word", bound=str)


def bundle_error(where: str, problem: str) -> FormatError:
    """The error for a bundle that is not what it should be."""
    return FormatError(
        f"{where}: {problem}", hint="Make the bundle anew: vistest model compress MODEL.onnx"
    )


@dataclass(frozen=True, slots=True)
class Fields:
    """The members of `document`; every getter raises `FormatError` that says `where`."""

    document: dict[str, Any]
    where: str

    def error(self, problem: str) -> FormatError:
        return bundle_error(self.where, problem)

    def integer(self, name: str, low: int, high: int) -> int:
        return self._whole(self._get(name), name, low, high)

    def integers(self, name: str, low: int, high: int, most: int) -> tuple[int, ...]:
        """A list of at most `most` whole numbers."""
        values = self._list(name, most)
        return tuple(self._whole(value, name, low, high) for value in values)

    def number(self, name: str) -> float:
        """A finite number."""
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{name} must be a number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.error(f"{name} is out of range")
        return number

    def text(self, name: str) -> str:
        return self._text(self._get(name), name)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(value, name) for value in self._list(name, _MOST_ITEMS))

    def word(self, name: str, allowed: Sequence[Word]) -> Word:
        value = self._get(name)
        for one in allowed:
            if value == one:
                return one
        raise self.error(f"{name} must be one of {', '.join(allowed)}")

    def flag(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            raise self.error(f"{name} must be true or false")
        return value

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self.document.get(name) is not None

    def mapping(self, name: str) -> dict[str, Any]:
        value = self._get(name)
        if not isinstance(value, dict):
            raise self.error(f"{name} must be an object")
        return value

    def inner(self, name: str) -> Fields:
        return Fields(self.mapping(name), f"{self.where}, {name}")

    def objects(self, name: str) -> tuple[Fields, ...]:
        values = self._list(name, _MOST_ITEMS)
        if not all(isinstance(value, dict) for value in values):
            raise self.error(f"{name} must be a list of objects")
        return tuple(
            Fields(value, f"{self.where}, {name} {number}") for number, value in enumerate(values)
        )

    def _get(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        if name not in self.document:
            raise self.error(f"{name} is missing")
        return self.document[name]

    def _list(self, name: str, most: int) -> list[Any]:
        value = self._get(name)
        if not isinstance(value, list) or len(value) > most:
            raise self.error(f"{name} must be a list of at most {most}")
        return value

    def _whole(self, value: object, name: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(f"{name} must be a whole number")
        if not low <= value <= high:
            raise self.error(f"{name} is out of range {low} to {high}")
        return value

    def _text(self, value: object, name: str) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_TEXT:
            raise self.error(f"{name} must be a text")
        return value
