"""Decides which events are stored: hot keys become marks, keys of a secret are forgotten.

Pure: events in, entries out. A key is stored, held back or hidden:

- a modifier going down is held back until it is clear that no hot key follows;
- the keys of a hot key, and all keys of a secret, are hidden, down and up;
- everything else is stored as it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.events import KeyEvent, Mark, PointerEvent, RawEvent, ScreenChanged
from vistest.recorder.options import MODIFIERS

if TYPE_CHECKING:
    from vistest.core.geometry import Position
    from vistest.recorder.options import RecorderOptions

Entry = RawEvent | Mark

# X repeats a held key as up and down with one time stamp; no finger is that quick.
_REPEAT_MS = 20.0


class EventFilter:
    """Takes the events of a device in order. Used from one thread."""

    def __init__(self, options: RecorderOptions) -> None:
        self._options = options
        self._modifiers: set[str] = set()
        self._held_back: list[KeyEvent] = []
        self._hidden: set[str] = set()
        self._stored: set[str] = set()
        self._hidden_up_ms: dict[str, float] = {}
        self._pointer: Position | None = None
        self._focus: Position | None = None
        self._secret = ""
        self._secrets_begun = 0

    @property
    def secret(self) -> str:
        """Name of the secret that is being typed; empty if none is."""
        return self._secret

    def take(self, event: RawEvent) -> list[Entry]:
        """What is to be stored now that `event` has happened."""
        if isinstance(event, KeyEvent):
            return self._take_key(event)
        if isinstance(event, ScreenChanged):
            self._pointer = self._focus = None
            return [event]
        self._pointer = event.at
        if isinstance(event, PointerEvent) and event.action == "move":
            return [event]
        if isinstance(event, PointerEvent) and event.action == "down":
            self._focus = event.at
        return [*self._release_held_back(), event]

    def finish(self, time_ms: float) -> list[Entry]:
        """What is to be stored at the end."""
        entries: list[Entry] = [*self._release_held_back()]
        if self._secret:
            entries.append(self._toggle_secret(time_ms))
        return entries

    def _take_key(self, event: KeyEvent) -> list[Entry]:
        if event.action == "up":
            return self._take_up(event)
        if event.key in MODIFIERS:
            return self._take_modifier(event)
        for hot_key in (self._options.checkpoint_key, self._options.secret_key):
            if hot_key.completed_by(event.key, frozenset(self._modifiers)):
                return self._take_hot_key(event, secret=hot_key == self._options.secret_key)
        if self._secret:
            self._hidden.add(event.key)
            return []
        self._focus = None  # the key may move the focus
        self._stored.add(event.key)
        return [*self._release_held_back(), event]

    def _take_modifier(self, event: KeyEvent) -> list[Entry]:
        if event.key not in self._modifiers:
            self._modifiers.add(event.key)
            if self._secret:
                self._hidden.add(event.key)
            else:
                self._held_back.append(event)
        return []

    def _take_up(self, event: KeyEvent) -> list[Entry]:
        self._modifiers.discard(event.key)
        released = self._release_held_back() if self._is_held_back(event.key) else []
        if event.key in self._hidden:
            self._hidden.discard(event.key)
            self._hidden_up_ms[event.key] = event.time_ms
            return []
        if event.key in self._stored:
            self._stored.discard(event.key)
            return [*released, event]
        return [] if self._secret else [event]

    def _take_hot_key(self, event: KeyEvent, *, secret: bool) -> list[Entry]:
        repeated = (
            event.key in self._hidden
            or event.time_ms - self._hidden_up_ms.get(event.key, -1e9) <= _REPEAT_MS
        )
        self._hidden.update({event.key}, (held.key for held in self._held_back))
        self._held_back.clear()
        if repeated:
            return []
        if secret:
            return [self._toggle_secret(event.time_ms)]
        return [Mark(event.time_ms, "checkpoint", self._pointer)]

    def _toggle_secret(self, time_ms: float) -> Mark:
        if self._secret:
            name, self._secret = self._secret, ""
            return Mark(time_ms, "secret_end", None, name)
        self._secret = self._options.secret_name(self._secrets_begun)
        self._secrets_begun += 1
        return Mark(time_ms, "secret_begin", self._focus, self._secret)

    def _is_held_back(self, key: str) -> bool:
        return any(held.key == key for held in self._held_back)

    def _release_held_back(self) -> list[KeyEvent]:
        released, self._held_back = self._held_back, []
        self._stored.update(held.key for held in released)
        return released
