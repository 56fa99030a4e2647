"""Core events of X11, as XRecord hands them over, to our raw events."""

from __future__ import annotations

import struct
import unicodedata
from typing import TYPE_CHECKING

from Xlib import X

from vistest.core.events import KeyEvent, PointerEvent, RawEvent, WheelEvent
from vistest.core.geometry import Point, Position
from vistest.devices.x11.keysyms import DEAD_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vistest.core.events import Button, KeyAction
    from vistest.core.geometry import Screen
    from vistest.devices.x11.clock import ServerClock
    from vistest.devices.x11.keymap import Keymap

# type, detail, -, time, root, event, child, root x, root y, event x, event y, state, same screen
_EVENT = struct.Struct("=BBHIIIIhhhhHBx")
_SENT_BY_CLIENT = 0x80
_BUTTONS: dict[int, Button] = {1: "left", 2: "middle", 3: "right"}
_NOTCHES = {4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)}
_SIDE_BUTTONS = {8: "GoBack", 9: "BrowserForward"}


class CoreDecoder:
    """Turns the byte stream of one recording context into events.

    Attributes:
        screen: What positions are measured on; the owner sets it when the screen changes.
    """

    def __init__(self, screen: Screen, clock: ServerClock, keymap: Callable[[], Keymap]) -> None:
        self.screen = screen
        self._clock = clock
        self._read_keymap = keymap
        self._keymap: Keymap | None = None
        self._held: dict[int, str] = {}
        self._accent = ""

    def decode(self, data: bytes) -> Iterator[RawEvent]:
        """The events in `data`, a whole number of 32-byte records."""
        for start in range(0, len(data) - _EVENT.size + 1, _EVENT.size):
            kind, detail, _, stamp, _, _, _, x, y, _, _, state, _ = _EVENT.unpack_from(data, start)
            if kind & ~_SENT_BY_CLIENT == X.MappingNotify:
                self._keymap = None
                continue
            time_ms = self._clock.from_server(stamp)
            at = Position(Point(x, y), self.screen)
            if kind in (X.KeyPress, X.KeyRelease):
                yield self._key(kind, time_ms, detail, state)
            elif kind == X.MotionNotify:
                yield PointerEvent(time_ms, "move", at)
            elif kind in (X.ButtonPress, X.ButtonRelease):
                yield from _button(kind == X.ButtonPress, time_ms, at, detail)

    def _key(self, kind: int, time_ms: float, keycode: int, state: int) -> KeyEvent:
        if self._keymap is None:
            self._keymap = self._read_keymap()
        if kind == X.KeyRelease:
            name = self._held.pop(keycode, "") or self._keymap.name(keycode, state)
            return KeyEvent(time_ms, "up", name)
        name = self._held[keycode] = self._keymap.name(keycode, state)
        return KeyEvent(time_ms, "down", name, self._text(self._keymap, keycode, state))

    def _text(self, keymap: Keymap, keycode: int, state: int) -> str:
        """What is typed; a dead key waits for the letter that it goes on."""
        keysym = keymap.keysym(keycode, state)
        if keysym in DEAD_KEYS:
            self._accent = DEAD_KEYS[keysym]
            return ""
        text = keymap.text(keycode, state)
        if text and self._accent:
            text, self._accent = unicodedata.normalize("NFC", text + self._accent), ""
        return text


def _button(pressed: bool, time_ms: float, at: Position, detail: int) -> Iterator[RawEvent]:
    """A wheel turns on the press of its button; the buttons at the side are keys to us."""
    if detail in _BUTTONS:
        yield PointerEvent(time_ms, "down" if pressed else "up", at, button=_BUTTONS[detail])
    elif detail in _NOTCHES:
        if pressed:
            yield WheelEvent(time_ms, at, *_NOTCHES[detail])
    elif detail in _SIDE_BUTTONS:
        action: KeyAction = "down" if pressed else "up"
        yield KeyEvent(time_ms, action, _SIDE_BUTTONS[detail])
