"""From the 32-bit milliseconds of an X server to those of this machine's CLOCK_MONOTONIC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from Xlib import X, Xatom

from vistest.core.clock import MonotonicClock

if TYPE_CHECKING:
    from vistest.devices.x11.connection import Connection

_WRAP_MS = 2**32
_SAME_CLOCK_MS = 100.0
_SAMPLES = 5


class ServerClock:
    """Translates the stamps of one server.

    A server on this machine stamps with CLOCK_MONOTONIC, so nothing is added. Another machine's
    offset is measured once, by the fastest of a few round trips.
    """

    def __init__(self, offset_ms: float = 0.0) -> None:
        self._clock = MonotonicClock()
        self._offset_ms = offset_ms

    def now_ms(self) -> float:
        """CLOCK_MONOTONIC of this machine."""
        return self._clock.now_ms()

    def pause(self, seconds: float) -> None:
        """Sleep."""
        self._clock.pause(seconds)

    def from_server(self, stamp: int) -> float:
        """The moment nearest to now that the server stamps with `stamp`."""
        there = self.now_ms() + self._offset_ms
        behind = (there - stamp + _WRAP_MS / 2) % _WRAP_MS - _WRAP_MS / 2
        return round(there - behind) - self._offset_ms


def measure_clock(connection: Connection) -> ServerClock:
    """Compare the server's clock with ours."""
    with connection.guarded() as display:
        window = display.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )
        samples = [_sample(display, window) for _ in range(_SAMPLES)]
        window.destroy()
        display.sync()
    _, offset_ms = min(samples)
    return ServerClock(0.0 if abs(offset_ms) < _SAME_CLOCK_MS else offset_ms)


def _sample(display: Any, window: Any) -> tuple[float, float]:  # noqa: ANN401
    """Round trip in ms, and how far the server's clock is ahead, modulo its range."""
    clock = MonotonicClock()
    asked = clock.now_ms()
    window.change_property(Xatom.WM_NAME, Xatom.STRING, 8, b"")
    display.flush()
    stamp = display.next_event().time
    answered = clock.now_ms()
    ahead = (stamp - (asked + answered) / 2 + _WRAP_MS / 2) % _WRAP_MS - _WRAP_MS / 2
    return answered - asked, ahead
