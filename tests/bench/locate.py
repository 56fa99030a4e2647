"""Where is this element on that screen? Generated screens of the reporting split, real parser."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.bench.locating.absent import negatives
from tests.bench.locating.pages import LOOKS, QUICK_LOOKS, SAME_APP, drawn_pages, questions
from tests.bench.locating.template import find_by_template
from tests.bench.locating.truth import labelled_scene
from tests.bench.parsers import bench_parser
from vistest.vision.images import read_frame
from vistest.vision.matching import Matcher, RecordedQuery
from vistest.vision.matching.batch import BatchLocator, Case
from vistest.vision.matching.selection import index_of_box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.bench.figures import Bench
    from tests.bench.locating.pages import Question
    from vistest.core.frame import Frame
    from vistest.core.geometry import Point
    from vistest.core.scene import Match, Scene

PAGES, QUICK_PAGES = 20, 8
TEMPLATE_EVERY = 4
REMOVED_EVERY = 3


def run(bench: Bench, quick: bool) -> None:
    """Hits, wrong answers and abstentions per look; template matching in the same run."""
    pages, looks = (QUICK_PAGES, QUICK_LOOKS) if quick else (PAGES, LOOKS)
    asked = list(questions(drawn_pages("reporting", pages, looks), looks))
    parser = _TimedParser()
    results = _ask(bench, asked, parser)
    _rates(bench, results)
    bench.samples("parse_ms", parser.elapsed_ms, "ms")
    _absent(bench, asked, results, parser)
    _true_boxes(bench, asked)
    _template(bench, asked)


class _TimedParser:
    """The real parser, with the time of each parse; remembers every scene by picture."""

    def __init__(self) -> None:
        self._parser = bench_parser()
        self.elapsed_ms: list[float] = []
        self.scenes: dict[str, Scene] = {}

    def parse(self, frame: Frame) -> Scene:
        digest = frame.digest()
        if digest not in self.scenes:
            start = time.perf_counter()
            self.scenes[digest] = self._parser.parse(frame)
            self.elapsed_ms.append((time.perf_counter() - start) * 1e3)
        return self.scenes[digest]


def _ask(
    bench: Bench, asked: Sequence[Question], parser: _TimedParser
) -> list[tuple[Question, Match]]:
    """Answers as `vistest locate` gives them; densities are not told."""
    locator = BatchLocator(parser, Matcher(), [_case(question) for question in asked])
    results, elapsed_ms = [], []
    for question, answer in zip(asked, locator.answers(), strict=True):
        if answer.match is None:
            raise RuntimeError(f"{question.name}: {answer.error}")
        results.append((question, answer.match))
        elapsed_ms.append(answer.elapsed_ms)
        bench.cases.append(
            {
                "id": question.name,
                "look": question.look,
                "class": question.cls,
                "verdict": _verdict(question, answer.match.point),
                "outcome": answer.match.outcome,
                "confidence": round(answer.match.confidence, 4),
                "reason": answer.match.reason,
            }
        )
    bench.samples("locate_ms", elapsed_ms, "ms")
    bench.figures["locate_ms"]["mean"] = sum(elapsed_ms) / len(elapsed_ms)
    return results


def _case(question: Question) -> Case:
    return Case(str(question.source), question.box, str(question.target))


def _verdict(question: Question, point: Point | None) -> str:
    if point is None:
        return "abstained" if question.truth else "absent"
    return "hit" if any(box.contains(point) for box in question.truth) else "wrong"


def _rates(bench: Bench, results: Iterable[tuple[Question, Match]], suffix: str = "") -> None:
    """Rates over the targets that are there, per look; the plain names are same app, other look."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for question, match in results:
        if question.truth:
            counts[question.look][_verdict(question, match.point)] += 1
    same_app = sum((counts[look] for look in SAME_APP), Counter())
    everything = sum(counts.values(), Counter())
    named = {"": same_app, "_all": everything}
    if not suffix:
        named |= {f"_{look}": counts[look] for look in counts}
    for name, count in named.items():
        total = count.total()
        for figure, verdict in (("hit", "hit"), ("wrong", "wrong"), ("abstained", "abstained")):
            bench.count(f"{figure}_rate{name}{suffix}", count[verdict] / total, "share", total)


def _absent(
    bench: Bench,
    asked: Sequence[Question],
    results: Sequence[tuple[Question, Match]],
    parser: _TimedParser,
) -> None:
    """Targets that are not there: on another page, or taken off the parsed target screen.

    The rate over all is kept from before strays were measured, so it does not count them.
    """
    right: dict[str, list[bool]] = {"foreign": [], "removed": [], "stray": []}
    right["foreign"] = [match.point is None for question, match in results if not question.truth]
    there = [question for question in asked if question.truth][::REMOVED_EVERY]
    locator = BatchLocator(parser, Matcher(), [_case(question) for question in there])
    matcher = Matcher()
    for question in there:
        query, scene = locator.query(_case(question))
        target = query.scene.elements[query.index]
        for kind, changed in negatives(scene, target, question.truth, question.name):
            match = matcher.match(query, changed)
            right[kind].append(match.point is None)
            bench.cases.append(_absent_case(question, kind, match))
    told = right["foreign"] + right["removed"]
    bench.count("absent_right_rate", sum(told) / len(told), "share", len(told))
    for kind, verdicts in right.items():
        rate = sum(verdicts) / len(verdicts)
        bench.count(f"absent_right_rate_{kind}", rate, "share", len(verdicts))


def _absent_case(question: Question, kind: str, match: Match) -> dict[str, object]:
    return {
        "id": f"{question.name}-{kind}",
        "look": question.look,
        "class": question.cls,
        "verdict": "absent" if match.point is None else "wrong",
        "outcome": match.outcome,
        "confidence": round(match.confidence, 4),
        "reason": match.reason,
    }


def _true_boxes(bench: Bench, asked: Sequence[Question]) -> None:
    """The same questions if the parser were perfect: what is left is matching alone."""
    scenes: dict[Path, Scene] = {}
    matcher, results = Matcher(), []
    for question in asked:
        for picture in (question.source, question.target):
            if picture not in scenes:
                scenes[picture] = labelled_scene(picture)
        source = scenes[question.source]
        index = index_of_box(source, question.box)
        if index is not None:
            match = matcher.match(RecordedQuery(source, index), scenes[question.target])
            results.append((question, match))
    _rates(bench, results, "_true_boxes")


def _template(bench: Bench, asked: Sequence[Question]) -> None:
    """The yardstick on every n-th of the same questions; it always answers."""
    there = [q for q in asked if q.truth and q.look in SAME_APP][::TEMPLATE_EVERY]
    frames: dict[tuple[Path, float], Frame] = {}
    hits = 0
    for question in there:
        both = []
        for picture, density in zip(
            (question.source, question.target), question.densities, strict=True
        ):
            key = (picture, density)
            if key not in frames:
                frames = {k: frames[k] for k in list(frames)[-1:]}
                frames[key] = read_frame(picture, density)
            both.append(frames[key])
        point = find_by_template(both[0], question.box, both[1])
        hits += _verdict(question, point) == "hit"
    bench.count("template_hit_rate", hits / len(there), "share", len(there))
