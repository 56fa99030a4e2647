from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vistest.codegen.doubts import doubt
from vistest.codegen.objects import Touched
from vistest.core.scene import Candidate, Match, Scene, UiElement

if TYPE_CHECKING:
    from vistest.vision.matching.query import RecordedQuery


@dataclass
class Answering:
    """A matcher that answers with the element at `index`, or with none."""

    index: int | None
    asked: list[tuple[RecordedQuery, Scene]] = field(default_factory=list)

    def match(self, query: RecordedQuery, scene: Scene) -> Match:
        self.asked.append((query, scene))
        if self.index is None:
            return Match("ambiguous", (), 0.4, reason="two buttons are alike")
        element: UiElement = query.scene.elements[self.index]
        return Match("found", (Candidate(element, 1.0),), 1.0, element.box.center)


def test_an_object_found_on_its_own_screen_raises_no_doubt(element, scene) -> None:
    items = scene(element("button", (0, 0, 50, 20)), element("button", (60, 0, 110, 20)))
    assert doubt(Touched(items, 1), Answering(1)) == ""


def test_an_object_taken_for_another_or_ambiguous_is_doubtful(element, scene) -> None:
    items = scene(element("button", (0, 0, 50, 20)), element("button", (60, 0, 110, 20)))
    assert "may not find" in doubt(Touched(items, 1), Answering(0))
    assert "two buttons are alike" in doubt(Touched(items, 1), Answering(None))


def test_an_added_object_is_looked_for_among_those_that_the_parser_saw(element, scene) -> None:
    seen, added = element("button", (0, 0, 50, 20)), element("icon", (60, 0, 110, 20))
    matcher = Answering(0)
    assert "not recognised" in doubt(Touched(scene(seen, added), 1, added=True), matcher)
    [(query, asked_in)] = matcher.asked
    assert query.index == 1
    assert asked_in.elements == (seen,)


def test_nothing_under_the_pointer_is_said_without_asking(element, scene) -> None:
    matcher = Answering(0)
    blank = Touched(scene(element("icon", (0, 0, 48, 48))), 0, added=True, blank=True)
    assert doubt(blank, matcher) == "nothing was to be seen under the pointer"
    assert matcher.asked == []
