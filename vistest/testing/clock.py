"""A clock for tests: time passes only when somebody waits."""

from __future__ import annotations

import threading


class FakeClock:
    """A `Clock` that a pause moves at once. Safe to share between threads."""

    def __init__(self, start_ms: float = 0.0) -> None:
        self._now_ms = start_ms
        self._lock = threading.Lock()

    def now_ms(self) -> float:
        """Milliseconds since the start."""
        with self._lock:
            return self._now_ms

    def pause(self, seconds: float) -> None:
        """Let `seconds` pass without taking any."""
        with self._lock:
            self._now_ms += max(0.0, seconds) * 1e3
