"""The one question that codegen and replayer ask: where is this element on that screen?"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from vistest.vision.matching.described import match_description
from vistest.vision.matching.options import MatchingOptions
from vistest.vision.matching.query import DescribedQuery
from vistest.vision.matching.recorded import match_recorded
from vistest.vision.matching.solution import Solution, solve

if TYPE_CHECKING:
    from vistest.core.scene import Match, Scene
    from vistest.vision.matching.query import Query


class Matcher:
    """Finds elements. Used from one thread; all queries about a pair of scenes cost one solution.

    A found element is one that a tap may go to; below the confidence of the options the answer
    is `ambiguous` or `absent`, never a guess.
    """

    def __init__(self, options: MatchingOptions | None = None) -> None:
        self._options = options or MatchingOptions()
        self._solutions: OrderedDict[tuple[Scene, Scene], Solution] = OrderedDict()

    def match(self, query: Query, scene: Scene) -> Match:
        """Where what `query` asks for is in `scene`.

        Raises:
            IndexError: a recorded query whose index is not in its scene.
        """
        if isinstance(query, DescribedQuery):
            return match_description(query, scene, self._options)
        if not 0 <= query.index < len(query.scene.elements):
            raise IndexError(f"element {query.index} of {len(query.scene.elements)}")
        solution = self._solution(query.scene, scene)
        return match_recorded(solution, query.index, self._options, query.grip)

    def _solution(self, first: Scene, second: Scene) -> Solution:
        key = (first, second)  # scenes compare by identity
        if key not in self._solutions:
            self._solutions[key] = solve(first, second, self._options)
            while len(self._solutions) > self._options.cached_pairs:
                self._solutions.popitem(last=False)
        self._solutions.move_to_end(key)
        return self._solutions[key]
