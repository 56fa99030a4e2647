"""From the solution of a pair of scenes to the answer about one recorded element."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.geometry import Rect
from vistest.core.scene import Candidate, Match
from vistest.core.text import printable
from vistest.vision.matching.assignment import NO_MATCH
from vistest.vision.matching.peers import peer_signals
from vistest.vision.rows import row_groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.scene import UiElement
    from vistest.vision.matching.layout import Layout
    from vistest.vision.matching.options import MatchingOptions
    from vistest.vision.matching.solution import Solution

_SHOWN = 5
_ROWS = ("list_item", "button")
_HOLDS_TEXT = ("button", "list_item", "tab", "dropdown", "text_field")
_COMPANY_REACH = 2.0  # times as far apart as the words of the row were
_COMPANY_ALIKE = 0.5  # of the evidence: what OCR may make of a word, not another word
_GROUPS = ("text", "caption", "class", "appearance", "neighbours", "position", "size")
_GROUP_OF = {"height": "size", "width": "size"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """The likeliest column for a row, and how sure that is."""

    row: int
    column: int
    confidence: float


def match_recorded(
    solution: Solution,
    index: int,
    options: MatchingOptions,
    grip: tuple[float, float] | None = None,
) -> Match:
    """The counterpart of element `index` of the first scene in the second, touched at `grip`."""
    answer = _best_answer(solution, index, options, grip)
    order = _ranked(solution, answer, options.candidate_at)
    candidates = tuple(_candidate(solution, answer.row, j, options) for j in order)
    name = describe(solution.first.scene.elements[index])
    if answer.column == NO_MATCH:
        return Match("absent", candidates, 0.0, None, _absent_reason(name, candidates))
    confidence = answer.confidence
    if confidence >= options.found_at:
        point = candidates[0].element.box.center
        return Match("found", candidates, confidence, point, _found_reason(name, candidates[0]))
    if len(candidates) > 1:
        return Match("ambiguous", candidates, confidence, None, _ambiguous_reason(name, candidates))
    return Match("absent", candidates, confidence, None, _absent_reason(name, candidates))


def _best_answer(
    solution: Solution, index: int, options: MatchingOptions, grip: tuple[float, float] | None
) -> _Answer:
    """The answer for the element, or else for a part that stands for it.

    Detectors miss the boxes of flat buttons, tabs and rows more often than OCR misses words, and
    the thin track of a slider more often than its handle. For a box around several rows only the
    words at the grip can speak: on another screen the same place in such a box is another row.
    """
    own = _answer(solution, index, options)
    parts = _parts_of(solution.first, index)
    row = _row_at(solution.first, index, parts, grip) if grip is not None else parts
    if len(row) < len(parts) and not _reads_the_same(solution, own):
        own = _Answer(index, NO_MATCH, 0.0)
    if own.confidence >= options.found_at:
        return own
    answers = [_answer(solution, part, options) for part in row]
    if len(parts) > 1:  # rows of a list share words; only one that no other has speaks for its row
        answers = [
            answer
            for answer in answers
            if _is_unique(solution, answer) and _has_company(solution, answer, row)
        ]
    if len(parts) > 1 and _reads_otherwise(solution, own):
        own = _Answer(index, NO_MATCH, 0.0)  # another row, so its list is worth a search
    sure = [answer for answer in answers if answer.confidence >= options.found_at]
    return max(sure, key=lambda answer: answer.confidence, default=own)


def _reads_the_same(solution: Solution, answer: _Answer) -> bool:
    return answer.column != NO_MATCH and bool(
        solution.evidence["text_same"][answer.row, answer.column]
    )


def _reads_otherwise(solution: Solution, answer: _Answer) -> bool:
    return answer.column != NO_MATCH and bool(
        solution.evidence["text_differs"][answer.row, answer.column]
    )


def _is_unique(solution: Solution, answer: _Answer) -> bool:
    """Whether its text, if it has one, stands once on both screens."""
    if answer.column == NO_MATCH or not solution.first.texts[answer.row]:
        return True
    return bool(solution.evidence["text_unique"][answer.row, answer.column])


def _has_company(solution: Solution, answer: _Answer, parts: list[int]) -> bool:
    """Whether at least half of the other words of the row stand around the answer as well.

    A list that was scrolled may show another row with the same title, and there it stands once.
    """
    first, second = solution.first, solution.second
    others = [part for part in parts if part != answer.row and first.texts[part]]
    if answer.column == NO_MATCH or not others:
        return True
    alike = (solution.evidence["text_same"] + solution.evidence["text_alike"])[others]
    scale = second.line_height / max(first.line_height, 1.0)
    apart = np.linalg.norm(first.centers[others] - first.centers[answer.row], axis=1)
    reach = _COMPANY_REACH * scale * apart + second.line_height
    there = np.linalg.norm(second.centers - second.centers[answer.column], axis=1)
    found = np.any((alike >= _COMPANY_ALIKE) & (there[None] <= reach[:, None]), axis=1)
    return bool(2 * found.sum() >= len(others))


def _answer(solution: Solution, row: int, options: MatchingOptions) -> _Answer:
    column = counterpart(solution, row)
    if column == NO_MATCH:
        return _Answer(row, column, 0.0)
    return _Answer(row, column, calibrated(signals(solution, row, column, options), options))


def _parts_of(layout: Layout, index: int) -> list[int]:
    """Parts such that a tap on one is a tap on the element: its texts, the handle of a slider."""
    elements = layout.scene.elements
    parts = [int(part) for part in np.flatnonzero(layout.inside[:, index])]
    if elements[index].cls in _HOLDS_TEXT:
        return [part for part in parts if elements[part].cls == "text" and layout.texts[part]]
    if elements[index].cls == "slider":
        return [part for part in parts if not layout.texts[part]]
    return []


def _row_at(layout: Layout, index: int, parts: list[int], grip: tuple[float, float]) -> list[int]:
    """Those of `parts`, the texts of element `index`, that are in the row at `grip`."""
    if layout.scene.elements[index].cls not in _ROWS:
        return parts
    box, boxes = layout.scene.elements[index].box, [Rect(*layout.boxes[part]) for part in parts]
    height = box.top + grip[1] * box.height
    rows = [[parts[one] for one in group] for group in row_groups(boxes)]
    return min(
        rows,
        key=lambda row: min(abs(float(layout.centers[part, 1]) - height) for part in row),
        default=[],
    )


def counterpart(solution: Solution, index: int) -> int:
    """The assigned column, or that of an element at the same place if it fits better.

    A button and the text in it may be two elements on one screen and one on the other.
    """
    twins = [index, *np.flatnonzero(solution.first.same_tap(index))]
    columns = [int(solution.assigned[twin]) for twin in twins]
    real = [column for column in columns if column != NO_MATCH]
    best = max(real, key=lambda column: float(solution.scores[index, column]), default=NO_MATCH)
    return best if best != NO_MATCH and solution.scores[index, best] > 0 else NO_MATCH


def signals(
    solution: Solution, row: int, column: int, options: MatchingOptions
) -> dict[str, float]:
    """What tells how sure an answer is."""
    cap = options.calibration_cap
    return {
        "score": min(max(float(solution.scores[row, column]), 0.0), cap),
        "margin": min(solution.margin(row, column), cap),
        "agreement": solution.agreement,
        "looks": 1 - float(solution.evidence["appearance_behind"][row, column]),
    } | peer_signals(solution, row, column)


def calibrated(told: Mapping[str, float], options: MatchingOptions) -> float:
    """The probability that an answer with these signals is right."""
    weights = options.calibration
    return _sigmoid(weights["bias"] + sum(weights[name] * value for name, value in told.items()))


def describe(element: UiElement) -> str:
    """The element for a person: `button "Save"`."""
    name = element.cls.replace("_", " ")
    return f'{name} "{printable(element.text, 40)}"' if element.text else name


def _ranked(solution: Solution, answer: _Answer, least: float) -> list[int]:
    column, scores = answer.column, solution.scores[answer.row]
    order = [
        int(j) for j in np.argsort(-scores, kind="stable") if scores[j] >= least and j != column
    ]
    return ([column] if column != NO_MATCH else []) + order[: _SHOWN - (column != NO_MATCH)]


def _candidate(solution: Solution, row: int, column: int, options: MatchingOptions) -> Candidate:
    evidence = dict.fromkeys(_GROUPS, 0.0)
    for kind, values in solution.evidence.items():
        group = _GROUP_OF.get(kind, kind.partition("_")[0])
        evidence[group] += options.weights[kind] * float(values[row, column])
    element = solution.second.scene.elements[column]
    score = _sigmoid(float(solution.scores[row, column]))
    return Candidate(element, score, {kind: round(value, 3) for kind, value in evidence.items()})


def _found_reason(name: str, best: Candidate) -> str:
    return f"found the {name} as {describe(best.element)} by {_strongest(best.evidence)}"


def _ambiguous_reason(name: str, candidates: tuple[Candidate, ...]) -> str:
    listed = ", ".join(describe(candidate.element) for candidate in candidates[:3])
    return f"several elements could be the {name} and nothing sets one apart: {listed}"


def _absent_reason(name: str, candidates: tuple[Candidate, ...]) -> str:
    if not candidates:
        return f"nothing on the screen is like the {name}"
    return f"no element is the {name}; the nearest is {describe(candidates[0].element)}"


def _strongest(evidence: Mapping[str, float]) -> str:
    ranked = sorted(evidence, key=lambda kind: -evidence[kind])
    return " and ".join(kind for kind in ranked[:2] if evidence[kind] > 0) or "its place"


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -500 else 0.0
