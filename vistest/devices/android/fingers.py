"""Fingers by a timetable, and the ways to move them on a phone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from vistest.core.clock import MonotonicClock
from vistest.core.errors import InjectionError
from vistest.devices.android.path import smooth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.clock import Clock
    from vistest.core.events import Pinch, Waypoint
    from vistest.devices.android.shell import Shell

logger = logging.getLogger(__name__)

FingerAction = Literal["down", "move", "up"]

_MOVE_MS = 16.0
_LATE_MS = 12.0
"""A point in between that is later than this is left out, so that the others are in time."""


@dataclass(frozen=True, slots=True)
class FingerMoment:
    """A finger does something.

    Attributes:
        at_ms: After the beginning.
        action: What.
        finger: Which, from 0.
        x: Pixels.
        y: Pixels.
        needed: Whether the gesture is another one without it.
    """

    at_ms: float
    action: FingerAction
    finger: int
    x: int
    y: int
    needed: bool = True


class FingerPlayer(Protocol):
    """A way to move fingers."""

    @property
    def most_fingers(self) -> int: ...

    def play(self, moments: Sequence[FingerMoment]) -> None:
        """Do `moments` at their times, and return when the phone has them all."""
        ...


def drag_moments(path: Sequence[Waypoint], hold_ms: float = 0.0) -> list[FingerMoment]:
    """One finger along `path`, which rests before it lifts if that is asked for."""
    begin_ms = path[0].after_ms
    moments = [
        FingerMoment(
            waypoint.after_ms - begin_ms,
            "move",
            0,
            int(waypoint.at.point.x),
            int(waypoint.at.point.y),
            own,
        )
        for waypoint, own in smooth(path)
    ]
    first, last = moments[0], moments[-1]
    return [
        FingerMoment(0.0, "down", 0, first.x, first.y),
        *moments[1:],
        FingerMoment(last.at_ms + hold_ms, "up", 0, last.x, last.y),
    ]


def pinch_moments(pinch: Pinch) -> list[FingerMoment]:
    """Two fingers beside each other that part or meet."""
    steps = max(1, round(pinch.duration_ms / _MOVE_MS))
    moments: list[FingerMoment] = []
    for step in range(steps + 1):
        share = step / steps
        reach = (pinch.start_span + share * (pinch.end_span - pinch.start_span)) / 2
        for finger, x in enumerate((pinch.at.point.x - reach, pinch.at.point.x + reach)):
            moments.append(
                FingerMoment(
                    share * pinch.duration_ms,
                    "down" if step == 0 else "move",
                    finger,
                    int(x),
                    int(pinch.at.point.y),
                    needed=step in (0, steps),
                )
            )
    ends = moments[-2:]
    return moments + [FingerMoment(end.at_ms, "up", end.finger, end.x, end.y) for end in ends]


class MotionEvents:
    """One finger by `input motionevent` (Android 10 and newer), one command for each moment.

    The pace comes from this machine; what the phone is too slow for is left out.
    """

    most_fingers = 1

    def __init__(self, shell: Shell, clock: Clock | None = None) -> None:
        self._shell = shell
        self._clock = clock or MonotonicClock()

    def play(self, moments: Sequence[FingerMoment]) -> None:
        """See `FingerPlayer`.

        Raises:
            InjectionError: the phone does not know the command.
        """
        start_ms = self._clock.now_ms()
        down = False
        try:
            for moment in moments:
                late_ms = self._clock.now_ms() - start_ms - moment.at_ms
                if late_ms > _LATE_MS and not moment.needed:
                    continue
                self._clock.pause(-late_ms / 1e3)
                self._send(moment)
                down = moment.action != "up"
        finally:
            if down:
                last = moments[-1]
                self._send(FingerMoment(0.0, "up", 0, last.x, last.y))

    def _send(self, moment: FingerMoment) -> None:
        command = f"input motionevent {moment.action.upper()} {moment.x} {moment.y}"
        output = self._shell.run(command)
        if output.code or "Error" in output.text:
            raise InjectionError(
                "The phone cannot move a finger along a path.",
                hint="'input motionevent' needs Android 10; with scrcpy's server older ones can.",
            )
