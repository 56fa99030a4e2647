from __future__ import annotations

from rich.console import Console

from tests.bench.locating.choice import Tally, choose
from vistest.core.geometry import Point, Rect

BOX, IN, OUT = [Rect(0, 0, 10, 10)], Point(5, 5), Point(50, 5)
QUIET = Console(quiet=True)


def tally(hits=1000, wrong=0, tapped=0, strays=0):
    counted = Tally()
    for point, count in ((IN, hits), (OUT, wrong)):
        for _ in range(count):
            counted.add("there", BOX, point)
    for number in range(1000):
        counted.add("removed", [], OUT if number < tapped else None)
    for number in range(100):
        counted.add("stray", [], OUT if number < strays else None)
    return counted


def test_the_smallest_threshold_that_keeps_the_rule_is_chosen():
    tallies = {0.7: tally(wrong=9), 0.8: tally(wrong=2), 0.9: tally()}
    assert choose(tallies, QUIET) == 0.8


def test_each_kind_of_wrong_tap_breaks_the_rule():
    for broken in (tally(wrong=9), tally(tapped=11), tally(strays=11)):
        assert choose({0.9: broken}, QUIET) is None


def test_what_is_asked_for_on_another_page_is_foreign():
    counted = Tally()
    counted.add("there", [], OUT)
    assert counted.wrong_share("foreign") == 1
    assert counted.wrong_share("there", "removed") == 0
