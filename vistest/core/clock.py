"""Time comes from a clock that is handed in; waiting is a `Deadline`, never a bare sleep."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """A clock that never jumps."""

    def now_ms(self) -> float:
        """Milliseconds since an arbitrary but fixed moment."""
        ...

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass."""
        ...


class MonotonicClock:
    """CLOCK_MONOTONIC of this machine: the clock that local X servers stamp their events with."""

    def now_ms(self) -> float:
        """Milliseconds of CLOCK_MONOTONIC."""
        return time.clock_gettime(time.CLOCK_MONOTONIC) * 1e3

    def pause(self, seconds: float) -> None:
        """Sleep."""
        if seconds > 0:
            time.sleep(seconds)  # noqa: TID251 - the one place where waiting ends in a sleep


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something must have happened."""

    clock: Clock
    at_ms: float

    @classmethod
    def after(cls, seconds: float, clock: Clock) -> Deadline:
        """The moment `seconds` from now."""
        return cls(clock, clock.now_ms() + seconds * 1e3)

    @property
    def remaining_s(self) -> float:
        """Seconds left, 0 when it has passed."""
        return max(0.0, (self.at_ms - self.clock.now_ms()) / 1e3)

    @property
    def passed(self) -> bool:
        return self.clock.now_ms() >= self.at_ms

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass, but not beyond the deadline."""
        self.clock.pause(min(seconds, self.remaining_s))
