"""What the keys of a display type: keycodes and modifier states to keysyms, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from Xlib import X

from vistest.devices.x11.keysyms import character_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vistest.devices.x11.connection import Connection

_LEVEL3_KEYSYMS = {0xFE03, 0xFF7E}
_NUM_LOCK = 0xFF7F
_ALT_AND_SUPER = {0xFFE9, 0xFFEA, 0xFFE7, 0xFFE8, 0xFFEB, 0xFFEC}
_KEYPAD = range(0xFF80, 0xFFBE)
_GROUPS = 2


@dataclass(frozen=True, slots=True)
class KeyStroke:
    """How a character is typed: a key, with Shift or without."""

    keycode: int
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Keymap:
    """A snapshot of the server's keyboard mapping.

    Attributes:
        first: The lowest keycode.
        rows: Per keycode the keysyms: two levels of the first group, two of the second, then
            the third and fourth level of each; 0 where there is none.
        level3: State mask of the modifier that reaches the third level.
        num_lock: State mask of Num Lock.
        silent: State mask of the modifiers with which a key types nothing.
    """

    first: int
    rows: tuple[tuple[int, ...], ...]
    level3: int = 0
    num_lock: int = 0
    silent: int = X.ControlMask

    def keysym(self, keycode: int, state: int) -> int:
        """What `keycode` gives when pressed in `state`, the state field of a key event."""
        row = self._row(keycode)
        group = min((state >> 13) & 3, _GROUPS - 1)
        high = bool(self.level3 and state & self.level3)
        levels = _levels(row, group, high=high)
        return levels[self._shifted(levels, state)]

    def name(self, keycode: int, state: int) -> str:
        """The W3C name of the key."""
        return name_of(self.keysym(keycode, state))

    def text(self, keycode: int, state: int) -> str:
        """What the key types; empty if it is a control key or a chord."""
        return "" if state & self.silent else character_of(self.keysym(keycode, state))

    def strokes(self, group: int) -> dict[str, KeyStroke]:
        """By character, the key that types it while `group` is on."""
        found: dict[str, KeyStroke] = {}
        for level in (0, 1):
            for keycode, row in self._codes():
                keysym = _levels(row, min(group, _GROUPS - 1), high=False)[level]
                if keysym not in _KEYPAD and (character := character_of(keysym)):
                    found.setdefault(character, KeyStroke(keycode, shift=level == 1))
        return found

    def keycode(self, keysyms: Sequence[int]) -> int | None:
        """A key that bears one of `keysyms` unshifted, the earlier ones preferred."""
        by_keysym: dict[int, int] = {}
        for keycode, row in self._codes():
            by_keysym.setdefault(row[0], keycode)
        return next((by_keysym[keysym] for keysym in keysyms if keysym in by_keysym), None)

    def free(self) -> list[int]:
        """The keycodes that nothing is bound to, the highest first."""
        return [keycode for keycode, row in self._codes() if not any(row)][::-1]

    def _row(self, keycode: int) -> tuple[int, ...]:
        index = keycode - self.first
        return self.rows[index] if 0 <= index < len(self.rows) else (0, 0)

    def _codes(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        return iter(enumerate(self.rows, self.first))

    def _shifted(self, levels: tuple[int, int], state: int) -> bool:
        shift = bool(state & X.ShiftMask)
        if levels[1] in _KEYPAD:
            return shift != bool(state & self.num_lock)
        lower, upper = character_of(levels[0]), character_of(levels[1])
        if state & X.LockMask and lower != upper and lower.upper() == upper:
            return not shift
        return shift


def _levels(row: tuple[int, ...], group: int, *, high: bool) -> tuple[int, int]:
    """Two levels of a row; an empty second one repeats the first, as the protocol has it."""
    start = 2 * group + (4 if high else 0)
    lower, upper = (*row[start : start + 2], 0, 0)[:2]
    if not lower and not upper:
        return _levels(row, 0, high=high) if group else _plain(row, high)
    return (lower, upper or _upper(lower))


def _plain(row: tuple[int, ...], high: bool) -> tuple[int, int]:
    return _levels(row, 0, high=False) if high else (0, 0)


def _upper(keysym: int) -> int:
    """The protocol: a letter alone stands for its lower and upper case."""
    character = character_of(keysym)
    if len(character) == 1 and len(character.upper()) == 1 and keysym < 0x100:
        return ord(character.upper())
    return keysym


def read_keymap(connection: Connection) -> Keymap:
    """The mapping as it is now."""
    with connection.guarded() as display:
        info = display.display.info
        count = info.max_keycode - info.min_keycode + 1
        rows = tuple(map(tuple, display.get_keyboard_mapping(info.min_keycode, count)))
        modifiers = display.get_modifier_mapping()
    masks = _modifier_masks(dict(enumerate(rows, info.min_keycode)), modifiers)
    return Keymap(info.min_keycode, rows, **masks)


def _modifier_masks(rows: Mapping[int, tuple[int, ...]], modifiers: Any) -> dict[str, int]:  # noqa: ANN401
    """Which of Mod1 to Mod5 means what is up to the mapping."""
    masks = {"level3": 0, "num_lock": 0, "silent": X.ControlMask}
    for index, keycodes in enumerate(modifiers):
        if index < X.Mod1MapIndex:
            continue
        keysyms = {keysym for code in keycodes if code for keysym in rows.get(code, ())}
        if keysyms & _LEVEL3_KEYSYMS:
            masks["level3"] |= 1 << index
        elif _NUM_LOCK in keysyms:
            masks["num_lock"] |= 1 << index
        elif keysyms & _ALT_AND_SUPER:
            masks["silent"] |= 1 << index
    return masks
