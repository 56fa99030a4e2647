from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.errors import DeviceError
from vistest.devices.android.clock import PhoneClock, offset_range, uptime_ms
from vistest.testing import FakeClock

if TYPE_CHECKING:
    from vistest.devices.android.clock import Sample


class UptimeShell:
    """Tells its time with two decimals, cut off, some ms after it was asked."""

    def __init__(self, clock: FakeClock, ahead_ms: float, slept_ms: float = 0.0) -> None:
        self.clock, self.ahead_ms, self.slept_ms = clock, ahead_ms, slept_ms

    def ask(self, command: str, timeout_s: float = 5.0) -> str:
        if "uptime" not in command:
            uptime = 50_000
            return f"Uptime: {uptime} Realtime: {uptime + round(self.slept_ms)}\n"
        self.clock.pause(0.004)
        now_ms = self.clock.now_ms() + self.ahead_ms + self.slept_ms
        self.clock.pause(0.002)
        return f"{math.floor(now_ms / 10) / 100:.2f} 99.00\n"


def test_the_clock_is_known_better_than_the_phones_decimals() -> None:
    clock = FakeClock()
    phone = PhoneClock(UptimeShell(clock, 123_456.0), clock)  # type: ignore[arg-type]
    assert phone.error_ms < 5
    assert phone.now_ms() == pytest.approx(clock.now_ms() + 123_456.0, abs=phone.error_ms)


def test_time_that_the_phone_slept_is_not_counted() -> None:
    clock = FakeClock()
    shell = UptimeShell(clock, 5_000.0, slept_ms=3_600_000.0)
    phone = PhoneClock(shell, clock)  # type: ignore[arg-type]
    assert phone.now_ms() == pytest.approx(clock.now_ms() + 5_000.0, abs=5)


def test_drift_is_followed_and_a_good_measurement_kept() -> None:
    clock = FakeClock()
    shell = UptimeShell(clock, 1_000.0)
    phone = PhoneClock(shell, clock)  # type: ignore[arg-type]
    before = phone.at(0.0)
    phone.measure_again()
    assert phone.at(0.0) == before
    shell.ahead_ms += 80.0
    phone.measure_again()
    assert phone.at(0.0) == pytest.approx(1_080.0, abs=12)


def test_a_phone_that_does_not_tell_its_time() -> None:
    with pytest.raises(DeviceError):
        uptime_ms("cat: /proc/uptime: Permission denied")


@given(
    st.floats(-1e6, 1e6),
    st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 20), st.floats(0, 20)), min_size=1),
)
def test_the_truth_lies_within_the_range(
    ahead: float, trips: list[tuple[float, float, float]]
) -> None:
    samples: list[Sample] = []
    for asked, there, back in trips:
        said = math.floor((asked + there + ahead) / 10) * 10
        samples.append((asked, asked + there + back, float(said)))
    low, high = offset_range(samples)
    assert low - 1e-6 <= ahead <= high + 1e-6
