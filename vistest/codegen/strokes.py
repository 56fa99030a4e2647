"""Pointer events -> strokes: what one finger or button did from its press to its release."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vistest.codegen.interactions import Dropped
from vistest.core.events import Waypoint

if TYPE_CHECKING:
    from vistest.core.events import Button, PointerEvent, PointerKind
    from vistest.core.geometry import Position

_Key = tuple["PointerKind", int, "Button"]


@dataclass(slots=True)
class Stroke:
    """From a press to its release. Grows while the finger is down.

    Attributes:
        kind: Mouse or finger.
        button: Which mouse button.
        path: Positions with milliseconds since the press, which is the first.
        time_ms: Device time of the press.
        sources: Positions of its events in the recording.
        remark: Set when its release is missing.
    """

    kind: PointerKind
    button: Button
    time_ms: float
    path: list[Waypoint] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    remark: str = ""

    def add(self, index: int, event: PointerEvent) -> None:
        """Follow the finger; time never runs backwards in a path."""
        after = max(event.time_ms - self.time_ms, self.duration_ms)
        self.path.append(Waypoint(after, event.at))
        self.sources.append(index)

    @property
    def start(self) -> Position:
        return self.path[0].at

    @property
    def end(self) -> Position:
        return self.path[-1].at

    @property
    def duration_ms(self) -> float:
        return self.path[-1].after_ms if self.path else 0.0

    @property
    def end_ms(self) -> float:
        return self.time_ms + self.duration_ms

    @property
    def reach_dp(self) -> float:
        """How far it ever was from its start."""
        return max(distance_dp(self.start, point.at) for point in self.path)

    @property
    def way_dp(self) -> float:
        """Length of the way."""
        return sum(
            distance_dp(before.at, after.at)
            for before, after in zip(self.path, self.path[1:], strict=False)
        )

    def rest_ms(self, slop_dp: float) -> float:
        """How long it stayed within `slop_dp` of its start before it left for the first time."""
        for point in self.path:
            if distance_dp(self.start, point.at) > slop_dp:
                return point.after_ms
        return self.duration_ms

    def overlaps(self, other: Stroke) -> bool:
        """Whether both were down at the same time."""
        return self.time_ms < other.end_ms and other.time_ms < self.end_ms

    def position_at(self, time_ms: float) -> Position:
        """Where it was, the last known position not later than `time_ms`."""
        after = time_ms - self.time_ms
        return next((p.at for p in reversed(self.path) if p.after_ms <= after), self.start)


def distance_dp(a: Position, b: Position) -> float:
    """Distance in dp, also between positions of differently scaled screens."""
    return a.dp.distance_to(b.dp)


class StrokeReader:
    """Collects strokes from pointer events in order."""

    def __init__(self) -> None:
        self._open: dict[_Key, Stroke] = {}
        self.strokes: list[Stroke] = []
        self.dropped: list[Dropped] = []

    def feed(self, index: int, event: PointerEvent) -> None:
        """Take the next event."""
        if event.action == "down":
            self._press(index, event)
        elif event.action == "up":
            self._release(index, event)
        else:
            self._move(index, event)

    def finish(self) -> None:
        """The recording has ended."""
        for key in list(self._open):
            self._give_up(key, "the recording ended before its release")

    def _press(self, index: int, event: PointerEvent) -> None:
        key = (event.kind, event.contact, event.button)
        if key in self._open:
            self._give_up(key, "its release was not recorded")
        stroke = Stroke(event.kind, event.button, event.time_ms)
        stroke.add(index, event)
        self._open[key] = stroke
        self.strokes.append(stroke)

    def _release(self, index: int, event: PointerEvent) -> None:
        stroke = self._open.pop((event.kind, event.contact, event.button), None)
        if stroke is None:
            self._drop(index, event, "released without a press", harmless=False)
        else:
            stroke.add(index, event)

    def _move(self, index: int, event: PointerEvent) -> None:
        moved = [
            stroke
            for (kind, contact, _), stroke in self._open.items()
            if (kind, contact) == (event.kind, event.contact)
        ]
        for stroke in moved:
            stroke.add(index, event)
        if not moved:
            self._drop(index, event, "moved without pressing", harmless=True)

    def _give_up(self, key: _Key, remark: str) -> None:
        self._open.pop(key).remark = remark

    def _drop(self, index: int, event: PointerEvent, reason: str, *, harmless: bool) -> None:
        self.dropped.append(Dropped(event.time_ms, (index,), f"pointer {reason}", harmless))
