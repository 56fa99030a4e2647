"""Key events -> chords, single keys and typed characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vistest.codegen.interactions import Dropped, Interaction
from vistest.core.events import KeyPress, TextInput

if TYPE_CHECKING:
    from vistest.core.events import KeyEvent

_CHORD_MODIFIERS = ("Control", "Alt", "Meta", "Super", "Hyper")
MODIFIERS = frozenset(
    (*_CHORD_MODIFIERS, "Shift", "AltGraph", "CapsLock", "NumLock", "ScrollLock", "Fn")
)
_WITHOUT_MEANING = frozenset(("Dead", "Process", "Unidentified", "Compose", ""))


@dataclass(slots=True)
class _Held:
    """A key that is down; `sources` are its events that belong to no stroke (yet)."""

    time_ms: float
    sources: list[int] = field(default_factory=list)
    stroke: _Stroke | None = None
    reason: str = "a modifier key by itself"


@dataclass(slots=True)
class _Stroke:
    """A key press on its way to an interaction: its release is still to come."""

    act: KeyPress | TextInput
    time_ms: float
    end_ms: float
    sources: list[int]


class KeyReader:
    """Collects chords, keys and characters from key events in order."""

    def __init__(self) -> None:
        self._keys: dict[str, _Held] = {}
        self._modifiers: dict[str, _Held] = {}
        self._strokes: list[_Stroke] = []
        self.dropped: list[Dropped] = []

    @property
    def interactions(self) -> list[Interaction]:
        """One for each press of a key that is not a modifier; a repeat is a press too."""
        return [
            Interaction(s.act, s.time_ms, s.end_ms, s.time_ms, tuple(sorted(s.sources)))
            for s in self._strokes
        ]

    def feed(self, index: int, event: KeyEvent) -> None:
        """Take the next event."""
        held = self._modifiers if event.key in MODIFIERS else self._keys
        if event.action == "up":
            self._release(index, event, held)
        elif event.key in MODIFIERS:
            self._hold(index, event)
        else:
            self._press(index, event)

    def pointer_used(self) -> None:
        """The pointer pressed or the wheel turned: modifiers that are held change its meaning."""
        for name, held in self._modifiers.items():
            if held.stroke is None and name in (*_CHORD_MODIFIERS, "Shift") and held.sources:
                reason = f"{name} was held while the pointer was used; a script cannot say that"
                self._drop(held, reason, harmless=False)

    def finish(self) -> None:
        """The recording has ended."""
        for name in list(self._modifiers):
            self._settle(self._modifiers.pop(name))

    def _hold(self, index: int, event: KeyEvent) -> None:
        held = self._modifiers.setdefault(event.key, _Held(event.time_ms))
        self._claim(held, index)

    def _release(self, index: int, event: KeyEvent, among: dict[str, _Held]) -> None:
        held = among.pop(event.key, None)
        if held is None:
            reason = "a key released without a press"
            self.dropped.append(Dropped(event.time_ms, (index,), reason, harmless=True))
            return
        self._claim(held, index)
        if held.stroke is not None and among is self._keys:
            held.stroke.end_ms = max(held.stroke.end_ms, event.time_ms)
        self._settle(held)

    def _press(self, index: int, event: KeyEvent) -> None:
        act = self._meaning(event)
        if act is None:
            held = _Held(event.time_ms, [index], reason="the release of that key")
            self._drop(held, f"the key {event.key!r} types nothing by itself", harmless=False)
            self._keys[event.key] = held
            return
        stroke = _Stroke(act, event.time_ms, event.time_ms, [index])
        self._strokes.append(stroke)
        self._keys[event.key] = _Held(event.time_ms, stroke=stroke)
        for held in self._modifiers.values():
            self._use(held, stroke)

    def _meaning(self, event: KeyEvent) -> KeyPress | TextInput | None:
        chord = tuple(name for name in self._modifiers if name in _CHORD_MODIFIERS)
        if not chord and _is_text(event.text):
            return TextInput(event.text)
        if event.key in _WITHOUT_MEANING:
            return None
        shift = ("Shift",) if "Shift" in self._modifiers else ()
        key = event.key.lower() if shift and len(event.key) == 1 else event.key
        return KeyPress((*chord, *shift, key))

    def _claim(self, held: _Held, index: int) -> None:
        (held.sources if held.stroke is None else held.stroke.sources).append(index)

    def _use(self, held: _Held, stroke: _Stroke) -> None:
        """The first key that a modifier serves takes its events along."""
        if held.stroke is None:
            held.stroke = stroke
            stroke.sources += held.sources
            held.sources = []

    def _settle(self, held: _Held) -> None:
        if held.sources:
            self._drop(held, held.reason, harmless=True)

    def _drop(self, held: _Held, reason: str, *, harmless: bool) -> None:
        self.dropped.append(Dropped(held.time_ms, tuple(held.sources), reason, harmless))
        held.sources = []


def _is_text(text: str) -> bool:
    return bool(text) and not any(unicodedata.category(character) == "Cc" for character in text)
