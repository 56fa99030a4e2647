"""Types text and presses chords; characters that no key bears are bound to free keycodes.

Clients learn of a new binding by an event and read the mapping when they need it. So a batch is
bound at once, given time to be noticed, and kept until the keycodes are needed or given back.
"""

from __future__ import annotations

import contextlib
import unicodedata
from typing import TYPE_CHECKING

from Xlib import X

from vistest.core.errors import DeviceLost, InjectionError
from vistest.core.text import printable
from vistest.devices.x11.fake_input import FakeEvent
from vistest.devices.x11.keymap import KeyStroke, read_keymap
from vistest.devices.x11.keysyms import keysym_of, keysyms_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vistest.core.clock import Clock
    from vistest.devices.x11.connection import Connection
    from vistest.devices.x11.fake_input import FakeInput
    from vistest.devices.x11.keymap import Keymap

_NOTICE_S = 0.15
_BETWEEN_KEYS_MS = 10.0
_HOLD_MS = 5.0
_CONTROL_KEYS = {"\n": "Enter", "\t": "Tab"}


class Keyboard:
    """The keyboard of one display."""

    def __init__(self, connection: Connection, clock: Clock, fake_input: FakeInput) -> None:
        self._connection = connection
        self._clock = clock
        self._input = fake_input
        self._bound: list[int] = []

    def type(self, text: str) -> None:
        """Type `text`, a newline as Enter.

        Raises:
            InjectionError: a character cannot be typed; nothing was.
        """
        rest = text.replace("\r\n", "\n").replace("\r", "\n")
        _require_typeable(rest)
        with self._caps_lock_off():
            while rest:
                strokes, count = self._prepare(rest)
                typed = [strokes[character] for character in rest[:count]]
                self._input.play(list(_strike(typed)))
                rest = rest[count:]

    def press(self, keys: Sequence[str]) -> None:
        """Press `keys` in order, release them in reverse.

        Raises:
            InjectionError: there is no such key.
        """
        self._input.play(list(_strike([self._chord(keys)])))

    def keycodes(self, keys: Sequence[str]) -> list[int]:
        """The keycodes of a chord, in order.

        Raises:
            InjectionError: there is no such key.
        """
        return self._chord(keys)

    def close(self) -> None:
        """Give the bound keycodes back, once everybody has read what they typed."""
        if self._bound:
            self._clock.pause(_NOTICE_S)
            with contextlib.suppress(DeviceLost):
                self._bind(dict.fromkeys(self._bound, X.NoSymbol))
            self._bound = []

    def _prepare(self, text: str) -> tuple[dict[str, tuple[int, ...]], int]:
        """Bind what is missing for as much of `text` as fits.

        Returns:
            By character the keycodes to press together, and how many characters they cover.
        """
        keymap = read_keymap(self._connection)
        strokes = _all_strokes(keymap, self._group())
        spare = [*keymap.free(), *self._bound]
        missing, count = _missing(text, strokes, room=len(spare))
        if not count:
            raise InjectionError("The keyboard has no free key to type other scripts with.")
        if missing:
            chosen = dict(zip(missing, spare, strict=False))
            if set(chosen.values()) & set(self._bound):
                self._clock.pause(_NOTICE_S)
            self._bind({keycode: keysym_of(character) for character, keycode in chosen.items()})
            self._bound = list(dict.fromkeys([*self._bound, *chosen.values()]))
            self._clock.pause(_NOTICE_S)
            strokes.update({character: (keycode,) for character, keycode in chosen.items()})
        return strokes, count

    def _bind(self, keysyms: Mapping[int, int]) -> None:
        """Bind each keycode to one keysym, on both levels of both groups."""
        with self._connection.guarded() as display:
            for run in _runs(sorted(keysyms)):
                rows = [[keysyms[keycode]] * 4 for keycode in run]
                display.change_keyboard_mapping(run[0], rows)
            display.sync()

    def _chord(self, keys: Sequence[str]) -> list[int]:
        """The keycodes of `keys`, with Shift before a character that needs it."""
        keymap = read_keymap(self._connection)
        strokes = keymap.strokes(self._group())
        keycodes: list[int] = []
        for key in keys:
            stroke = strokes.get(key) or _named_stroke(keymap, key)
            shift = keymap.keycode(keysyms_named("Shift"))
            if stroke.shift and shift is not None and "Shift" not in keys:
                keycodes.append(shift)
            keycodes.append(stroke.keycode)
        return list(dict.fromkeys(keycodes))

    @contextlib.contextmanager
    def _caps_lock_off(self) -> Iterator[None]:
        locked = bool(self._state() & X.LockMask)
        if locked:
            self.press(("CapsLock",))
        try:
            yield
        finally:
            if locked:
                self.press(("CapsLock",))

    def _group(self) -> int:
        return (self._state() >> 13) & 3

    def _state(self) -> int:
        with self._connection.guarded() as display:
            return int(display.screen().root.query_pointer().mask)


def _strike(strokes: Iterable[Sequence[int]]) -> Iterator[FakeEvent]:
    """Press the keys of each stroke in order, release them in reverse."""
    for index, keycodes in enumerate(strokes):
        at_ms = index * _BETWEEN_KEYS_MS
        for keycode in keycodes:
            yield FakeEvent(at_ms, "key_down", keycode)
        for keycode in reversed(keycodes):
            yield FakeEvent(at_ms + _HOLD_MS, "key_up", keycode)


def _runs(keycodes: Sequence[int]) -> list[list[int]]:
    """Neighbours together: every client hears of each change of the mapping."""
    runs: list[list[int]] = []
    for keycode in keycodes:
        if runs and runs[-1][-1] == keycode - 1:
            runs[-1].append(keycode)
        else:
            runs.append([keycode])
    return runs


def _all_strokes(keymap: Keymap, group: int) -> dict[str, tuple[int, ...]]:
    """By character the keycodes to press together."""
    shift = keymap.keycode(keysyms_named("Shift"))
    strokes: dict[str, tuple[int, ...]] = {}
    for character, stroke in keymap.strokes(group).items():
        if not stroke.shift:
            strokes[character] = (stroke.keycode,)
        elif shift is not None:
            strokes[character] = (shift, stroke.keycode)
    for character, name in _CONTROL_KEYS.items():
        strokes[character] = (_named_stroke(keymap, name).keycode,)
    return strokes


def _missing(text: str, known: Mapping[str, object], room: int) -> tuple[list[str], int]:
    """The characters to bind, at most `room`, and how much of `text` can be typed then."""
    missing: dict[str, None] = {}
    for index, character in enumerate(text):
        if character in known or character in missing:
            continue
        if len(missing) == room:
            return list(missing), index
        missing[character] = None
    return list(missing), len(text)


def _named_stroke(keymap: Keymap, key: str) -> KeyStroke:
    keycode = keymap.keycode(keysyms_named(key))
    if keycode is None:
        raise InjectionError(f"The keyboard has no key '{printable(key)}'.")
    return KeyStroke(keycode)


def _require_typeable(text: str) -> None:
    for character in text:
        control = unicodedata.category(character) in {"Cc", "Cs"}
        if control and character not in _CONTROL_KEYS:
            raise InjectionError(
                f"The character U+{ord(character):04X} cannot be typed.",
                hint="press a key instead, for example: key: Escape.",
            )
