"""The phone's clock, measured against that of this machine.

`getevent` stamps with CLOCK_MONOTONIC, which stands still while the phone sleeps; /proc/uptime
counts on (CLOCK_BOOTTIME). The difference is told by `dumpsys gfxinfo`, whose first lines are
`Uptime: ... Realtime: ...`, both in milliseconds.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.clock import Clock
    from vistest.devices.android.shell import Shell

_UPTIME = re.compile(r"^\s*(\d+)\.(\d\d)\s")
_SLEPT = re.compile(r"Uptime: (\d+) Realtime: (\d+)")
_TICK_MS = 10.0
"""/proc/uptime has two decimals, cut off: the truth is up to one tick later."""

_GOOD_MS = 4.0
_FEWEST, _MOST = 8, 40
_AGAIN_SAMPLES = 4
_STEP_MS = 3.7
"""Samples are apart by multiples of it, so that they meet the tick at different places."""

Sample = tuple[float, float, float]
"""When it was asked and answered here, and what the phone said, ms."""


class PhoneClock:
    """CLOCK_MONOTONIC of the phone; read from any thread.

    Attributes:
        error_ms: By how much the last measurement may be wrong.
    """

    def __init__(self, shell: Shell, host: Clock | None = None) -> None:
        self._shell = shell
        self._host = host or MonotonicClock()
        self._guard = threading.Lock()
        self._taken = 0
        self._slept_ms = self._ask_slept()
        samples = self._samples(_FEWEST)
        while len(samples) < _MOST and _error(samples) > _GOOD_MS:
            samples += self._samples(1)
        low, high = offset_range(samples)
        self._ahead_ms = (low + high) / 2
        self.error_ms = (high - low) / 2

    def now_ms(self) -> float:
        """What the phone's clock shows now."""
        return self.at(self._host.now_ms())

    def at(self, host_ms: float) -> float:
        """What the phone's clock showed when this machine's showed `host_ms`."""
        with self._guard:
            return host_ms + self._ahead_ms

    def measure_again(self) -> None:
        """Follow the drift of the clocks; a jump by sleep is noticed too.

        Raises:
            DeviceLost: the phone went away: this is asked often enough to notice it.
        """
        low, high = offset_range(self._samples(_AGAIN_SAMPLES))
        with self._guard:
            if not low <= self._ahead_ms <= high:
                self._ahead_ms = min(max(self._ahead_ms, low), high)

    def _samples(self, count: int) -> list[Sample]:
        samples = []
        for _ in range(count):
            self._taken += 1
            self._host.pause(self._taken * _STEP_MS % _TICK_MS / 1e3)
            asked = self._host.now_ms()
            answer = self._shell.ask("cat /proc/uptime")
            answered = self._host.now_ms()
            samples.append((asked, answered, uptime_ms(answer) - self._slept_ms))
        return samples

    def _ask_slept(self) -> float:
        """How long the phone has slept since it was started, ms."""
        found = _SLEPT.search(self._shell.ask("dumpsys gfxinfo vistest.none"))
        return float(found[2]) - float(found[1]) if found else 0.0


def _error(samples: Sequence[Sample]) -> float:
    low, high = offset_range(samples)
    return (high - low) / 2


def uptime_ms(text: str) -> float:
    """From the content of /proc/uptime.

    Raises:
        DeviceError: it is something else.
    """
    found = _UPTIME.match(text)
    if found is None:
        raise DeviceError("The phone does not tell its time.", hint="cat /proc/uptime fails there.")
    return int(found[1]) * 1e3 + int(found[2]) * _TICK_MS


def offset_range(samples: Sequence[Sample]) -> tuple[float, float]:
    """Between which bounds the phone's clock is ahead of ours.

    Each sample allows a range; all of them together allow what all of them allow. Where that is
    nothing, for a clock may drift while it is measured, the narrowest one counts.
    """
    ranges = [(said - answered, said + _TICK_MS - asked) for asked, answered, said in samples]
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    if low <= high:
        return low, high
    return min(ranges, key=lambda bounds: bounds[1] - bounds[0])
