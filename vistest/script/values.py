"""Reads single values out of nodes; everything wrong is said with its place."""

from __future__ import annotations

import difflib
import math
import re
from typing import TYPE_CHECKING, TypeVar

from vistest.script.nodes import Fields, Items, Node, Scalar, problem

if TYPE_CHECKING:
    from collections.abc import Iterable

Choice = TypeVar("Choice", bound=str)

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` for the most similar of `known`, or the list of them."""
    choices = list(known)
    close = difflib.get_close_matches(word[:60].lower(), choices, 1, 0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(choices)}"


def check_keys(node: Fields, known: Iterable[str]) -> None:
    """Raise `FormatError` for the first key that is not among `known`."""
    choices = list(known)
    for key, _ in node.entries:
        if key.text not in choices:
            raise problem(
                key.place, f"unknown key {key.text[:80]!r}", then=nearest(key.text, choices)
            )


def read_fields(node: Node, what: str) -> Fields:
    """The mapping; `what` names it in the message, as in all functions below."""
    if not isinstance(node, Fields):
        raise problem(node.place, f"{what} must be keys and values, such as {{text: Save}}")
    return node


def read_items(node: Node, what: str) -> tuple[Node, ...]:
    """The items of a list."""
    if not isinstance(node, Items):
        raise problem(node.place, f"{what} must be a list")
    return node.items


def read_text(node: Node, what: str) -> str:
    """The characters as written; `yes`, `012` and `null` are text too."""
    if not isinstance(node, Scalar):
        raise problem(node.place, f"{what} must be text")
    return node.text


def read_words(node: Node, what: str) -> str:
    """Text that is not empty."""
    text = read_text(node, what)
    if not text:
        raise problem(node.place, f"{what} is empty")
    return text


def read_number(node: Node, what: str, low: float, high: float) -> float:
    """A number from `low` to `high`, both allowed; not in quotes."""
    text = node.text if isinstance(node, Scalar) and not node.quoted else ""
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not low <= value <= high:
        raise problem(node.place, f"{what} must be a number from {low:g} to {high:g}")
    return value


def read_whole(node: Node, what: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both allowed."""
    value = read_number(node, what, low, high)
    if value != int(value):
        raise problem(node.place, f"{what} must be a whole number")
    return int(value)


def read_choice(node: Node, what: str, choices: tuple[Choice, ...]) -> Choice:
    """One of `choices`; the nearest is proposed for another word."""
    text = read_text(node, what)
    for choice in choices:
        if text == choice:
            return choice
    raise problem(node.place, f"unknown {what} {text[:80]!r}", then=nearest(text, choices))
