from __future__ import annotations

import math

from vistest.core.events import KeyEvent, Mark, PointerEvent
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.recorder.timeline import SecretTimeline

AT = Position(Point(1, 1), Screen(Size(10, 10)))


def noted(*entries):
    timeline = SecretTimeline()
    for entry in entries:
        timeline.note(entry)
    return timeline.spans


BEGIN = Mark(1000.0, "secret_begin", AT, "A")
END = Mark(2000.0, "secret_end", None, "A")


def test_an_open_secret_has_no_end():
    (span,) = noted(PointerEvent(900.0, "down", AT), BEGIN, PointerEvent(1500.0, "down", AT))
    assert (span.begin_ms, span.at, span.end_ms, span.settled_ms) == (1000.0, AT, *[math.inf] * 2)


def test_the_screen_settles_for_a_second():
    (span,) = noted(BEGIN, END, KeyEvent(2500.0, "up", "a"), PointerEvent(3500.0, "down", AT))
    assert span.end_ms == 2000.0
    assert span.settled_ms == 3000.0


def test_or_until_the_user_goes_on():
    (span,) = noted(BEGIN, END, PointerEvent(2300.0, "down", AT), PointerEvent(2400.0, "down", AT))
    assert span.settled_ms == 2300.0


def test_secrets_follow_each_other():
    first, second = noted(BEGIN, END, Mark(2100.0, "secret_begin", None, "B"))
    assert first.end_ms == 2000.0
    assert second.begin_ms == 2100.0
