"""From which confidence on matching may tap: a rule, not a choice by the reporting split.

`found_at` is the smallest of `FOUND_AT` at which, on the tuning split as the real parser sees it,
at most `MOST_WRONG` of the targets that are there are answered wrongly, at most `MOST_TAPPED` of
those that are not there are replaced by something else, and at most `MOST_STRAY` of those whose
words are left in another role.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from vistest.core.geometry import Point, Rect

FOUND_AT = (0.85, 0.9, 0.91, 0.92, 0.93, 0.95, 0.97)
MOST_WRONG, MOST_TAPPED, MOST_STRAY = 0.003, 0.01, 0.1


class Tally:
    """Counts answers by kind: `there`, `foreign`, `removed`, `stray`."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def add(self, kind: str, truth: Sequence[Rect], point: Point | None) -> None:
        """One answer; what is asked for on the screen as it is, but is not on it, is `foreign`."""
        name = "foreign" if kind == "there" and not truth else kind
        self.asked[name] += 1
        if point is not None:
            right = any(box.contains(point) for box in truth)
            (self.hits if right else self.wrong)[name] += 1

    def wrong_share(self, *kinds: str) -> float:
        """The share of the questions of `kinds` that led to a wrong tap; 0 without questions."""
        asked = sum(self.asked[kind] for kind in kinds)
        return sum(self.wrong[kind] for kind in kinds) / asked if asked else 0.0

    @property
    def keeps_the_rule(self) -> bool:
        return (
            self.wrong_share("there") <= MOST_WRONG
            and self.wrong_share("foreign", "removed") <= MOST_TAPPED
            and self.wrong_share("stray") <= MOST_STRAY
        )


def choose(tallies: Mapping[float, Tally], console: Console) -> float | None:
    """The smallest threshold that keeps the rule, None if none does; prints what each would do."""
    for found_at, tally in tallies.items():
        hits = tally.hits["there"] / max(1, tally.asked["there"])
        wrong = [f"{kind} {tally.wrong[kind]} of {count}" for kind, count in tally.asked.items()]
        console.print(f"found_at {found_at}: hit {hits:.3f}; wrong", ", ".join(wrong))
    return min((at for at, tally in tallies.items() if tally.keeps_the_rule), default=None)
