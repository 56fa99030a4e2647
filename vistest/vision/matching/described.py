"""An element as a person describes it: text, class, and where it stands to other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.scene import Candidate, Match
from vistest.core.text import printable
from vistest.vision.matching.evidence import related_to
from vistest.vision.matching.layout import Layout
from vistest.vision.matching.recorded import describe
from vistest.vision.matching.relations import UnknownText, relation_distances
from vistest.vision.matching.text import normalised, similarity_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vistest.core.scene import Scene
    from vistest.vision.matching.options import MatchingOptions
    from vistest.vision.matching.query import DescribedQuery

_SHOWN = 5
_TIE = 0.01
_BY_LABEL = 0.985  # an own text goes before a label's
_BY_LINE = 0.96  # one line of several
_OTHER_CLASS = 0.9  # detectors mix up related classes
_CLEARLY_NEARER = 0.5  # lines of text
_CONTROLS = ("checkbox", "radio", "switch", "text_field", "dropdown", "slider", "icon", "image")


def match_description(query: DescribedQuery, scene: Scene, options: MatchingOptions) -> Match:
    """Where the described element is; several that fit equally are `ambiguous`."""
    wanted = title(query)
    if not scene.elements:
        return Match("absent", (), 0.0, None, f"the screen is empty, so there is no {wanted}")
    layout = Layout.of(scene)
    fit = _fit(query, layout)
    try:
        distances = relation_distances(query.relations, layout, options)
    except UnknownText as missing:
        return Match("absent", (), 0.0, None, f"{missing}, so there is no {wanted}")
    fit = np.where(np.isfinite(distances), fit, 0.0)
    answers = _answers(layout, fit, distances, options.described_same)
    shown = answers or [int(j) for j in np.argsort(-fit, kind="stable")[:_SHOWN] if fit[j] > 0]
    candidates = tuple(_candidate(layout, fit, distances, j) for j in shown[:_SHOWN])
    if not answers:
        return Match("absent", candidates, 0.0, None, _absent_reason(wanted, candidates))
    if len(answers) > 1:
        return Match("ambiguous", candidates, 1 / len(answers), None, _reason(wanted, candidates))
    best = candidates[0]
    reason = f"found the {wanted} as {describe(best.element)}"
    return Match("found", candidates, best.score, best.element.box.center, reason)


def title(query: DescribedQuery) -> str:
    """The description for a person: `button "Save" below "Name"`."""
    words = [(query.cls or "element").replace("_", " ")]
    if query.text:
        words.append(f'"{printable(query.text, 40)}"')
    for relation, text in query.relations.items():
        words.append(f'{relation.replace("_", " ")} "{printable(text, 40)}"')
    return " ".join(words)


def text_fit(text: str, layout: Layout) -> NDArray[np.float64]:
    """(n,): how well the own text of each element, or one line of it, is `text`, 0 to 1."""
    own = similarity_matrix([text], layout.texts)[0]
    for index, element in enumerate(layout.scene.elements):
        lines = element.text.splitlines()
        if len(lines) > 1:
            own[index] = max(own[index], _BY_LINE * similarity_matrix([text], lines)[0].max())
    return np.asarray(own)


def _fit(query: DescribedQuery, layout: Layout) -> NDArray[np.float64]:
    """(n,): how well each element fits text and class, 0 to 1."""
    fit: NDArray[np.float64] = np.ones(len(layout.texts))
    if normalised(query.text):
        fit = text_fit(query.text, layout)
        if query.cls in _CONTROLS:
            label = similarity_matrix([query.text], layout.captions)[0]
            fit = np.maximum(fit, _BY_LABEL * label)
    if query.cls is None:
        return fit
    same = np.array([element.cls == query.cls for element in layout.scene.elements], bool)
    related = np.array([related_to(e.cls, query.cls) for e in layout.scene.elements], bool)
    if not normalised(query.text):
        return np.where(same, fit, 0.0)
    return fit * np.where(same, 1.0, np.where(related, _OTHER_CLASS, 0.0))


def _answers(
    layout: Layout, fit: NDArray[np.float64], distances: NDArray[np.float64], least: float
) -> list[int]:
    """The elements that fit best, equally well, each place once, the best first."""
    if fit.max() < least:
        return []
    best = np.flatnonzero(fit >= fit.max() - _TIE)
    nearest = distances[best].min()
    best = best[distances[best] <= nearest + _CLEARLY_NEARER]
    clickable = [layout.scene.elements[j].clickable for j in best]
    order = [
        int(j) for _, _, j in sorted(zip(-fit[best], np.logical_not(clickable), best, strict=True))
    ]
    answers: list[int] = []
    for j in order:
        if not any(_one_place(layout, j, answer) for answer in answers):
            answers.append(j)
    return answers


def _one_place(layout: Layout, first: int, second: int) -> bool:
    """A part and its whole that fit equally well are one answer."""
    return bool(
        layout.inside[first, second]
        or layout.inside[second, first]
        or layout.same_tap(first)[second]
    )


def _candidate(
    layout: Layout, fit: NDArray[np.float64], distances: NDArray[np.float64], index: int
) -> Candidate:
    evidence = {"description": round(float(fit[index]), 3)}
    if distances[index] > 0:
        evidence["distance_lines"] = round(float(distances[index]), 2)
    return Candidate(layout.scene.elements[index], float(fit[index]), evidence)


def _absent_reason(wanted: str, candidates: tuple[Candidate, ...]) -> str:
    if not candidates:
        return f"there is no {wanted} on the screen"
    return f"there is no {wanted} on the screen; the nearest is {describe(candidates[0].element)}"


def _reason(wanted: str, candidates: tuple[Candidate, ...]) -> str:
    places = ", ".join(
        f"{describe(c.element)} at {c.element.box.center.x:.0f},{c.element.box.center.y:.0f}"
        for c in candidates
    )
    return f"several elements fit the {wanted}: {places}"
