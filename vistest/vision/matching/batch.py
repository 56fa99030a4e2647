"""Many questions about many pictures: each picture is read and parsed once."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError, VistestError
from vistest.core.geometry import Point, Rect
from vistest.vision.appearance import describe
from vistest.vision.images import read_frame
from vistest.vision.matching.query import RecordedQuery
from vistest.vision.matching.selection import index_at, index_of_box, with_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vistest.core.frame import Frame
    from vistest.core.scene import Match, Scene
    from vistest.vision.matching.matcher import Matcher
    from vistest.vision.parse import ScreenParser


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """Where is the element at a place of one picture in another picture?

    Attributes:
        source: Path of the picture that shows the element.
        place: Its box, or a point in it, in pixels of the source.
        target: Path of the picture to look at.
        source_density: Pixels per dp; None if nobody knows.
        target_density: Likewise.
    """

    source: str
    place: Rect | Point
    target: str
    source_density: float | None = None
    target_density: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a case: a match, or the reason why there is none.

    Attributes:
        case: The question.
        match: None if a picture could not be read.
        error: Set if and only if there is no match.
        elapsed_ms: Of matching; parsing is shared between cases and does not count.
    """

    case: Case
    match: Match | None
    error: VistestError | None
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class _Picture:
    """A parsed picture, and the same with the elements that cases point at but parsing missed."""

    scene: Scene
    as_source: Scene
    index_of: dict[Rect | Point, int]


class BatchLocator:
    """Answers cases; pictures are parsed on first use and their pixels are let go at once."""

    def __init__(self, parser: ScreenParser, matcher: Matcher, cases: Sequence[Case]) -> None:
        self._parser = parser
        self._matcher = matcher
        self._cases = cases
        self._densities = _densities(cases)
        self._places: dict[str, list[Rect | Point]] = {}
        for case in cases:
            self._places.setdefault(case.source, []).append(case.place)
        self._pictures: dict[str, _Picture | FormatError] = {}

    def answers(self) -> Iterator[Answer]:
        """One answer per case, in order."""
        for case in self._cases:
            yield self._answer(case)

    def query(self, case: Case) -> tuple[RecordedQuery, Scene]:
        """What `case` asks, and the scene to look at.

        Raises:
            VistestError: a picture cannot be read, or nothing is at that place of the source.
        """
        source, target = self._picture(case.source), self._picture(case.target)
        if case.place not in source.index_of:
            raise VistestError(
                f"nothing is at {_place_name(case.place)} of {case.source}",
                hint="Give a box or a point on an object of the picture.",
            )
        return RecordedQuery(source.as_source, source.index_of[case.place]), target.scene

    def _answer(self, case: Case) -> Answer:
        try:
            query, scene = self.query(case)
        except VistestError as error:
            return Answer(case, None, error, 0.0)
        start = time.perf_counter()
        match = self._matcher.match(query, scene)
        return Answer(case, match, None, (time.perf_counter() - start) * 1e3)

    def _picture(self, path: str) -> _Picture:
        if path not in self._pictures:
            try:
                self._pictures[path] = self._parse(path)
            except FormatError as error:
                self._pictures[path] = error
            except Exception as error:  # one picture must not lose all other answers
                logger.warning("parsing %s failed", path, exc_info=True)
                self._pictures[path] = FormatError(f"{path} cannot be parsed: {error!r}")
        found = self._pictures[path]
        if isinstance(found, FormatError):
            raise found
        return found

    def _parse(self, path: str) -> _Picture:
        frame = read_frame(path, self._densities.get(path))
        scene = self._parser.parse(frame)
        as_source = scene
        index_of: dict[Rect | Point, int] = {}
        for place in self._places.get(path, ()):
            as_source, index_of = _select(as_source, index_of, place, frame)
        return _Picture(scene, as_source, index_of)


def _densities(cases: Sequence[Case]) -> dict[str, float]:
    known: dict[str, float] = {}
    for case in cases:
        for path, density in (
            (case.source, case.source_density),
            (case.target, case.target_density),
        ):
            if density is not None:
                known.setdefault(path, density)
    return known


def _place_name(place: Rect | Point) -> str:
    if isinstance(place, Point):
        return f"point {place.x:g},{place.y:g}"
    return f"box {place.as_list()}"


def _select(
    scene: Scene, index_of: dict[Rect | Point, int], place: Rect | Point, frame: Frame
) -> tuple[Scene, dict[Rect | Point, int]]:
    """The scene, grown if need be, and where `place` is in it."""
    if isinstance(place, Point):
        index = index_at(scene, place)
        return scene, index_of if index is None else {**index_of, place: index}
    box = place.clipped(frame.size)
    if box.area <= 0:
        return scene, index_of
    index = index_of_box(scene, box)
    if index is None:
        scene, index = with_box(scene, box)
        look = describe(frame, [box])[0]
        added = replace(scene.elements[index], appearance=look if look.any() else None)
        scene = replace(scene, elements=(*scene.elements[:index], added))
    return scene, {**index_of, place: index}
