"""Whether an object will be found again, asked of the matcher while the recording is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vistest.codegen.objects import MIDDLE
from vistest.core.scene import Scene
from vistest.vision.matching.query import RecordedQuery

if TYPE_CHECKING:
    from vistest.codegen.objects import Touched
    from vistest.core.scene import Match
    from vistest.vision.matching.query import Query


class ElementMatcher(Protocol):
    """What codegen needs of `vistest.vision.matching.Matcher`."""

    def match(self, query: Query, scene: Scene) -> Match:
        """Where the element of `query` is in `scene`."""
        ...


def doubt(touched: Touched, matcher: ElementMatcher) -> str:
    """Why a replay may not find the object; empty if it is found on the recorded screen itself."""
    if touched.blank:
        return "nothing was to be seen under the pointer"
    grip = touched.grip if touched.grip != MIDDLE else None
    match = matcher.match(RecordedQuery(touched.scene, touched.index, grip), _parsed(touched))
    if match.outcome == "found" and _is_it(match, touched):
        return ""
    if touched.added:
        return "the object was not recognised: a replay may not find it"
    return f"a replay may not find the object: {match.reason or match.outcome}"


def _is_it(match: Match, touched: Touched) -> bool:
    """Whether the object itself was found, or a line of the row that the parser did not see."""
    if match.best is None:
        return False
    found = match.best.element
    line = touched.added and found.cls == "text" and found.text in touched.element.text.split("\n")
    return found is touched.element or (line and found.box.covered_by(touched.element.box) > 0.8)


def _parsed(touched: Touched) -> Scene:
    """The scene as the parser sees it, now and in a replay."""
    scene = touched.scene
    return Scene(scene.elements[:-1], scene.screen) if touched.added else scene
