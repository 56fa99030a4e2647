"""Where is the object of a step? Target in, `Match` out; the screen parser and matcher decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vistest.vision.matching.query import DescribedQuery, RecordedQuery

if TYPE_CHECKING:
    from vistest.core.frame import Frame
    from vistest.core.scene import Match, Scene, UiElement
    from vistest.script.model import Target
    from vistest.vision.matching.query import Query


class SceneParser(Protocol):
    """What the replayer needs of `vistest.vision.ScreenParser`."""

    def parse(self, frame: Frame) -> Scene:
        """All objects of `frame`."""
        ...


class ElementMatcher(Protocol):
    """What the replayer needs of `vistest.vision.matching.Matcher`."""

    def match(self, query: Query, scene: Scene) -> Match:
        """Where the element of `query` is in `scene`."""
        ...


class Locator:
    """Finds targets on frames."""

    def __init__(self, parser: SceneParser, matcher: ElementMatcher) -> None:
        self._parser = parser
        self._matcher = matcher

    def find(self, target: Target, frame: Frame) -> Match:
        """Where `target` is on `frame`."""
        return self._matcher.match(query_for(target), self.scene(frame))

    def scene(self, frame: Frame) -> Scene:
        """All objects of `frame`."""
        return self._parser.parse(frame)


def query_for(target: Target) -> Query:
    """The question to ask for `target`.

    A recorded target is looked for as it was recorded, unless its description was edited since:
    then the description counts.
    """
    recorded = target.recorded
    if recorded is None or _was_edited(target, recorded.scene.elements[recorded.index]):
        return DescribedQuery(target.text, target.cls, target.relations)
    grip = recorded.grip if recorded.grip != (0.5, 0.5) else None
    return RecordedQuery(recorded.scene, recorded.index, grip)


def _was_edited(target: Target, element: UiElement) -> bool:
    text_differs = bool(target.text) and _folded(target.text) != _folded(element.text)
    class_differs = target.cls is not None and target.cls != element.cls
    return text_differs or class_differs or bool(target.relations)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
