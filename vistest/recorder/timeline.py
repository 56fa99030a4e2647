"""When secrets were typed: written by the thread that sees the keys, read by the video's."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.events import KeyEvent, Mark, PointerEvent, WheelEvent

if TYPE_CHECKING:
    from vistest.core.geometry import Position
    from vistest.recorder.event_filter import Entry

# An application may show the last character late, or somewhere else.
_SETTLING_MS = 1000.0


@dataclass(frozen=True, slots=True)
class SecretSpan:
    """One secret.

    Attributes:
        begin_ms: No frame before it can show the secret.
        at: Where its field was pressed; None if that is not known.
        end_ms: All of it was typed by then; infinity while it is being typed.
        settled_ms: What changes on the screen after it has other reasons.
    """

    begin_ms: float
    at: Position | None
    end_ms: float = math.inf
    settled_ms: float = math.inf


class SecretTimeline:
    """All secrets of a recording in order; safe to use from two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spans: tuple[SecretSpan, ...] = ()

    @property
    def spans(self) -> tuple[SecretSpan, ...]:
        with self._lock:
            return self._spans

    def note(self, entry: Entry) -> None:
        """Take an entry that is being stored; they come in order."""
        match entry:
            case Mark(kind="secret_begin"):
                with self._lock:
                    self._spans = (*self._spans, SecretSpan(entry.time_ms, entry.at))
            case Mark(kind="secret_end"):
                self._end(entry.time_ms, entry.time_ms + _SETTLING_MS)
            case PointerEvent(action="down") | KeyEvent(action="down") | WheelEvent():
                self._settle(entry.time_ms)

    def _settle(self, time_ms: float) -> None:
        """The user went on: later changes are not the secret's."""
        spans = self.spans
        if spans and spans[-1].end_ms <= time_ms < spans[-1].settled_ms:
            self._end(spans[-1].end_ms, time_ms)

    def _end(self, end_ms: float, settled_ms: float) -> None:
        with self._lock:
            *before, last = self._spans
            self._spans = (*before, replace(last, end_ms=end_ms, settled_ms=settled_ms))
