"""Does the screen show what a step expects? Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.text import printable
from vistest.vision.matching.text import similarity

if TYPE_CHECKING:
    from vistest.core.scene import Candidate, Match
    from vistest.script.model import ExpectStep, Target

_READS_ALIKE = 0.85
"""OCR may misread a letter of a long text; `similarity` is 0 when numbers differ."""


def fulfilled(action: ExpectStep, match: Match) -> bool:
    """Whether `match`, on a quiet screen, is what `action` expects.

    Twins do not matter here: a text that is there twice is there. But finding the object is not
    enough when its text is known: a display that reads 54 is not the display that reads 56.
    """
    present = any(_reads(action.target, candidate) for candidate in _contenders(match))
    if action.absent:
        return match.outcome == "absent" or (match.outcome == "found" and not present)
    return present


def missing(action: ExpectStep, match: Match) -> str:
    """Why `action` is not fulfilled, one sentence for a person."""
    if action.absent:
        return f"it is still there: {match.reason}" if match.reason else "it is still there"
    best = match.best
    if match.outcome == "found" and best is not None and action.target.text:
        wanted, read = printable(action.target.text, 80), printable(best.element.text, 80)
        return f"the object is there, but reads '{read}' instead of '{wanted}'"
    return match.reason


def _contenders(match: Match) -> tuple[Candidate, ...]:
    """The candidates that the match has not ruled out."""
    if match.outcome == "found":
        return match.candidates[:1]
    return match.candidates if match.outcome == "ambiguous" else ()


def _reads(target: Target, candidate: Candidate) -> bool:
    if not target.text:
        return True
    read = candidate.element.text
    wanted = target.text
    return max(similarity(wanted, text) for text in (read, *read.split("\n"))) >= _READS_ALIKE
