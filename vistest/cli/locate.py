"""`vistest locate`: where is the element of one picture in another?"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vistest.cli.lines import read_lines, write_lines
from vistest.cli.output import print_error
from vistest.core.errors import FormatError
from vistest.core.geometry import Point, Rect, Screen, Size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.vision.matching.batch import Answer, Case

_HINT = (
    'Give {"id", "source", "box": [x0, y0, x1, y1] or "point": [x, y], "target"} on each line, '
    'with "source_density" and "target_density" where they are known.'
)


def locate(
    cases: Annotated[Path, typer.Option(help="JSON lines: id, source, box or point, target.")],
    out: Annotated[Path, typer.Option(help="Where to write one JSON line per case.")],
) -> None:
    """Find elements of pictures of screens on pictures of other screens.

    A case that cannot be answered gives a line with `id` and `error`; the others are answered
    all the same, and the exit code is 1.
    """
    lines = [_read(line, number) for number, line in read_lines(cases, "cases", _HINT)]
    write_lines(out, _records(lines), len(lines), "locating")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the input: its id as given, and the case or what is wrong with it."""

    id: Any
    case: Case | FormatError


def _records(lines: Sequence[_Line]) -> Iterator[dict[str, Any]]:
    """A record for each line, with `error` where it could not be answered."""
    from vistest.vision.matching import Matcher
    from vistest.vision.matching.batch import BatchLocator
    from vistest.vision.parse import ScreenParser

    cases = [line.case for line in lines if not isinstance(line.case, FormatError)]
    answers = BatchLocator(ScreenParser.default(), Matcher(), cases).answers()
    for line in lines:
        answer = line.case if isinstance(line.case, FormatError) else next(answers)
        record = {"id": line.id, **_outcome(answer)}
        if "error" in record:
            print_error(FormatError(f"case {line.id}: {record['error']}"))
        yield record


def _outcome(answer: Answer | FormatError) -> dict[str, Any]:
    if isinstance(answer, FormatError):
        return {"error": str(answer)}
    match = answer.match
    if match is None:
        return {"error": str(answer.error)}
    box = match.best.element.box if match.best and match.point else None
    return {
        "outcome": match.outcome,
        "point": [round(match.point.x, 1), round(match.point.y, 1)] if match.point else None,
        "box": [round(value, 1) for value in box.as_list()] if box else None,
        "confidence": round(match.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
    }


def _read(line: str, number: int) -> _Line:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return _Line(number, FormatError(f"line {number} is not JSON: {error.msg}", hint=_HINT))
    if not isinstance(value, dict):
        return _Line(number, FormatError(f"line {number} is not a JSON object", hint=_HINT))
    try:
        return _Line(value.get("id", number), _case(value))
    except (KeyError, TypeError, ValueError) as error:
        problem = f"lacks {error}" if isinstance(error, KeyError) else f"is not a case: {error}"
        return _Line(value.get("id", number), FormatError(f"line {number} {problem}", hint=_HINT))


def _case(value: dict[str, Any]) -> Case:
    from vistest.vision.matching.batch import Case

    return Case(
        str(value["source"]),
        _place(value),
        str(value["target"]),
        _density(value.get("source_density")),
        _density(value.get("target_density")),
    )


def _place(value: dict[str, Any]) -> Rect | Point:
    numbers = value["point"] if value.get("box") is None else value["box"]
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("a coordinate is not a finite number")
    if value.get("box") is not None:
        return Rect.from_list(numbers)
    x, y = numbers
    return Point(float(x), float(y))


def _density(value: Any) -> float | None:  # noqa: ANN401 - whatever JSON can hold
    return None if value is None else Screen(Size(1, 1), float(value)).density
