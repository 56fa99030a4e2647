"""`python -m tests.bench.locating.fit`: the numbers of `MatchingOptions`, from the tuning split.

Weights maximise the likelihood of the right answer among all elements of the target and "not
there"; the calibration then maps what tells how sure an answer is to the share of right answers.
Real parses, noisy labels, boards without text and screens without the target are used side by
side. Prints both, and `found_at` by the rule of `tests.bench.locating.choice`; nothing is written
into the sources.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from scipy.optimize import minimize

from tests.bench.locating.absent import negatives, without
from tests.bench.locating.boards import board_pair
from tests.bench.locating.choice import FOUND_AT, Tally, choose
from tests.bench.locating.pages import drawn_pages, questions
from tests.bench.locating.truth import labelled_scene, noisy
from vistest.script.scenes import load_scene, save_scene
from vistest.vision.appearance import describe
from vistest.vision.images import read_frame
from vistest.vision.matching.assignment import NO_MATCH
from vistest.vision.matching.options import MatchingOptions
from vistest.vision.matching.recorded import counterpart, match_recorded, signals
from vistest.vision.matching.selection import index_of_box, with_box
from vistest.vision.matching.solution import Solution, solve
from vistest.vision.parse import ScreenParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.bench.locating.pages import Question
    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect
    from vistest.core.scene import Scene, UiElement

ROUNDS, RIVALS = 3, 25
REMOVED_EVERY = 3
SAME_UNDER_ANOTHER_NAME = "42-absent-"  # two pages that look alike: labelled absent, but there
NEGATIVE_WEIGHTS = {"removed": 2.0, "stray": 0.5}  # strays are rarer in real use than here
BOARDS = 120
SMALLEST_WEIGHT_PENALTY = 0.02
AGAINST = (
    "text_differs",
    "text_one_sided",
    "caption_differs",
    "appearance_other_hue",
    "appearance_one_grey",
    "appearance_behind",
    "neighbours_not_beside",
)
# OCR noise must never make one digit another, however rare calculators are in the data.
MOST_FOR_OTHER_NUMBERS = -3.0
FOR_OTHER_KEYS = -12.0
NO_MATCH_SHIFT = 2.0  # the assignment may take doubtful pairs; the calibration then abstains


@dataclass(frozen=True, slots=True)
class Truth:
    """The boxes where a tap is right, and the class of what is looked for."""

    cls: str
    boxes: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scenes and, per index of the first, what is right on the second.

    `kind` is `there` for a screen as the real parser sees it, `removed` and `stray` for the same
    without one target.
    """

    first: Scene
    second: Scene
    truth: dict[int, Truth]
    weight: float
    kind: str = "other"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.locating.fit")
    parser.add_argument("--pages", type=int, default=36)
    parser.add_argument("--keep-weights", action="store_true", help="fit the calibration alone")
    asked, console = parser.parse_args(), Console(width=120, markup=False)
    options = MatchingOptions()
    pairs = [*tuning_pairs(asked.pages), *board_pairs()]
    if not asked.keep_weights:
        options = replace(options, weights=_weights(pairs, options, console))
    hard = [changed for pair in pairs for changed in hard_negatives(pair)]
    answers = [answer for pair in [*pairs, *hard] for answer in answers_of(pair, options)]
    options = replace(options, calibration=fit_calibration(answers))
    console.print("weights", options.weights)
    console.print("calibration", options.calibration)
    seen = [pair for pair in [*pairs, *hard] if pair.kind in ("there", "removed", "stray")]
    chosen = choose(_tallies(seen, options), console)
    console.print("found_at", chosen if chosen is not None else "none keeps the rule")


def _weights(pairs: list[Pair], options: MatchingOptions, console: Console) -> dict[str, float]:
    for _ in range(ROUNDS):
        weights, loss = fit_weights(pairs, options)
        options = replace(options, weights=weights)
        console.print(f"loss {loss:.4f}", weights)
    return weights | {"bias": round(weights["bias"] + NO_MATCH_SHIFT, 2)}


def _tallies(pairs: list[Pair], options: MatchingOptions) -> dict[float, Tally]:
    """What matching itself would answer at each `found_at`."""
    tallies = {found_at: Tally() for found_at in FOUND_AT}
    for pair in pairs:
        solution = solve(pair.first, pair.second, options)
        for found_at, tally in tallies.items():
            at = replace(options, found_at=found_at)
            for index, truth in pair.truth.items():
                tally.add(pair.kind, truth.boxes, match_recorded(solution, index, at).point)
    return tallies


def tuning_pairs(pages: int) -> Iterator[Pair]:
    """Scenes of the tuning split by the real parser and from noisy labels; some targets removed."""
    rng = random.Random(0)
    by_pictures: dict[tuple[Path, Path], list[Question]] = {}
    for question in questions(drawn_pages("tuning", pages)):
        if question.name.startswith(SAME_UNDER_ANOTHER_NAME):
            continue
        by_pictures.setdefault((question.source, question.target), []).append(question)
    parser = ScreenParser.default()
    for (source, target), asked in by_pictures.items():
        real, *gone = _pair(parsed(source, parser), parsed(target, parser), asked, 2.0, rng)
        yield from (replace(real, kind="there"), *gone)
        labelled = noisy(labelled_scene(source), rng), noisy(labelled_scene(target), rng)
        yield from _pair(*labelled, asked, 1.0, rng)


def hard_negatives(pair: Pair) -> Iterator[Pair]:
    """Every third target is taken off a parsed screen, and its words are left in another role."""
    there = [(index, truth) for index, truth in pair.truth.items() if truth.boxes]
    for index, truth in there[::REMOVED_EVERY] if pair.kind == "there" else ():
        target = pair.first.elements[index]
        for kind, scene in negatives(pair.second, target, truth.boxes, f"tuning {index}"):
            gone = {index: replace(truth, boxes=())}
            yield Pair(pair.first, scene, gone, NEGATIVE_WEIGHTS[kind], kind)


def board_pairs() -> Iterator[Pair]:
    """Boards of pictures without text: there looks must tell alone."""
    for seed in range(0, BOARDS, 2):
        drawn = board_pair(seed)
        truth = {
            index: Truth("icon", () if box is None else (box,))
            for index, box in enumerate(drawn.counterpart)
        }
        yield Pair(drawn.first, drawn.second, truth, 1.0)


def parsed(picture: Path, parser: ScreenParser) -> Scene:
    """The scene of a picture, kept beside it."""
    path = picture.with_suffix(".scene")
    if not path.exists():
        save_scene(parser.parse(read_frame(picture)), path)
    return load_scene(path)


def _pair(
    first: Scene, second: Scene, asked: list[Question], weight: float, rng: random.Random
) -> Iterator[Pair]:
    first, indices = _with_questions(first, asked)
    truth = {i: Truth(q.cls, q.truth) for i, q in zip(indices, asked, strict=True)}
    yield Pair(first, second, truth, weight)
    gone = {box for one in truth.values() if rng.random() < 0.3 for box in one.boxes}
    rest = without(second, gone)
    left = {
        index: replace(one, boxes=() if gone & set(one.boxes) else one.boxes)
        for index, one in truth.items()
    }
    if gone and rest.elements:
        yield Pair(first, rest, left, weight / 2)


def _with_questions(scene: Scene, asked: list[Question]) -> tuple[Scene, list[int]]:
    """The scene with the boxes that it lacks, as `vistest locate` adds them."""
    indices = []
    for question in asked:
        index = index_of_box(scene, question.box)
        if index is None:
            scene, index = with_box(scene, question.box)
            look = describe(_frame(question.source), [question.box])[0]
            added = replace(scene.elements[index], appearance=look if look.any() else None)
            scene = replace(scene, elements=(*scene.elements[:index], added))
        indices.append(index)
    return scene, indices


@lru_cache(maxsize=2)
def _frame(picture: Path) -> Frame:
    return read_frame(picture)


def fit_weights(pairs: Iterable[Pair], options: MatchingOptions) -> tuple[dict[str, float], float]:
    """Weights under which the right columns are most likely, given the present anchors."""
    kinds = [kind for kind in options.weights if kind != "bias"]
    rows = [row for pair in pairs for row in _rows(pair, kinds, options)]
    evidence = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows])
    weight = np.array([row[2] for row in rows])
    real = ~np.isnan(evidence[:, :, 0])
    evidence = np.nan_to_num(evidence)
    somewhere = right.any(axis=1)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.where(real, evidence @ values[1:] + values[0], -1e9)
        top = np.maximum(scores.max(axis=1), 0)
        odds = np.exp(scores - top[:, None])
        nowhere = np.exp(-top)
        every = odds.sum(axis=1) + nowhere
        good = np.where(somewhere, (odds * right).sum(axis=1), nowhere) + 1e-300
        pull = odds / every[:, None] - np.where(somewhere[:, None], odds * right / good[:, None], 0)
        pull *= weight[:, None]
        slope = np.r_[pull.sum(), np.einsum("rc,rck->k", pull, evidence)] / weight.sum()
        penalty = SMALLEST_WEIGHT_PENALTY * np.r_[0, values[1:]] / len(kinds)
        value = (weight * np.log(every / good)).sum() / weight.sum()
        return value + (penalty * np.r_[0, values[1:]]).sum(), slope + 2 * penalty

    start = [options.weights["bias"], *(options.weights[kind] for kind in kinds)]
    bounds = [(None, None), *(_bounds(kind) for kind in kinds)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    names = ["bias", *kinds]
    return {name: round(float(x), 2) for name, x in zip(names, found.x, strict=True)}, found.fun


def _bounds(kind: str) -> tuple[float | None, float | None]:
    if kind == "text_keys_differ":
        return FOR_OTHER_KEYS, FOR_OTHER_KEYS
    if kind == "text_numbers_differ":
        return None, MOST_FOR_OTHER_NUMBERS
    return (None, 0) if kind in AGAINST else (0, None)


def _rows(
    pair: Pair, kinds: list[str], options: MatchingOptions
) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Per question: evidence (RIVALS, kinds) of the likeliest columns, which are right, weight."""
    solution = solve(pair.first, pair.second, options)
    evidence = np.stack([solution.evidence[kind] for kind in kinds], axis=2)
    for index, truth in pair.truth.items():
        right = [j for j, e in enumerate(pair.second.elements) if _is_answer(e, truth)]
        likely = np.argsort(-solution.scores[index])[:RIVALS].tolist()
        columns = list(dict.fromkeys(right[:6] + likely))[:RIVALS]
        row = np.full((RIVALS, len(kinds)), np.nan)
        row[: len(columns)] = evidence[index, columns]
        marks = np.zeros(RIVALS, bool)
        marks[: len(columns)] = [column in right for column in columns]
        yield row, marks, pair.weight


def _is_answer(element: UiElement, truth: Truth) -> bool:
    """Whether a tap on it is right and it is the thing itself or its text, not another part."""
    has_parts = truth.cls not in ("icon", "checkbox", "switch", "radio", "slider")
    return any(
        box.contains(element.box.center)
        and (not has_parts or element.cls == "text" or element.box.iou(box) > 0.25)
        for box in truth.boxes
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """The likeliest answer to a question, and whether it is right; no signals if there is none."""

    told: dict[str, float]
    is_right: bool
    weight: float


def answers_of(pair: Pair, options: MatchingOptions) -> Iterator[Answered]:
    """What matching would answer if it never abstained."""
    solution = solve(pair.first, pair.second, options)
    for index, truth in pair.truth.items():
        yield _answered(solution, index, truth.boxes, pair.weight, options)


def _answered(
    solution: Solution, index: int, boxes: tuple[Rect, ...], weight: float, options: MatchingOptions
) -> Answered:
    column = counterpart(solution, index)
    if column == NO_MATCH:
        return Answered({}, False, weight)
    center = solution.second.scene.elements[column].box.center
    right = any(box.contains(center) for box in boxes)
    return Answered(signals(solution, index, column, options), right, weight)


def fit_calibration(answers: list[Answered]) -> dict[str, float]:
    """Logistic regression of being right on the signals."""
    given = [answer for answer in answers if answer.told]
    names = list(given[0].told)
    inputs = np.array([[1, *answer.told.values()] for answer in given])
    right = np.array([a.is_right for a in given], float)
    weight = np.array([a.weight for a in given])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        odds = inputs @ values
        share = 1 / (1 + np.exp(-odds))
        value = (weight * (np.logaddexp(0, odds) - right * odds)).sum() + 0.05 * (values**2).sum()
        return value, inputs.T @ (weight * (share - right)) + 0.1 * values

    bounds = [(None, None), *((0, None) for _ in names)]
    start = np.zeros(len(bounds))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: round(float(x), 2) for name, x in zip(["bias", *names], found.x, strict=True)}


if __name__ == "__main__":
    main()
