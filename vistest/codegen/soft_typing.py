"""Taps on a soft keyboard -> the text that they type.

Keyboards differ between devices, and a desktop has none; what they typed is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.codegen.interactions import Dropped, Interaction
from vistest.codegen.soft_keyboard import (
    BACKSPACE,
    ENTER,
    SHIFT,
    SYMBOLS,
    SoftKeyboard,
    keyboard_on,
    signs_on,
)
from vistest.core.errors import FormatError
from vistest.core.events import KeyPress, LongPress, Swipe, Tap, TextInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.codegen.steps import Viewer
    from vistest.core.geometry import Position

_UNKNOWN = "a key of the soft keyboard is not known: check the text"
_READ = "a sign of the soft keyboard was only read: check the text"
_HELD = "a key of the soft keyboard was held: check the text"
_GLIDED = "a finger glided over the soft keyboard; type that text by hand"
_UPPER_PART = 0.35
_LONG_ENOUGH = 3


def join_typing(
    interactions: Sequence[Interaction], viewer: Viewer
) -> tuple[list[Interaction], list[Dropped]]:
    """Replace taps on a soft keyboard by what they type; also what that leaves out.

    Args:
        interactions: In order.
        viewer: Shows the screen before each of them.
    """
    reader = _Reader(viewer)
    for interaction in interactions:
        reader.take(interaction)
    reader.end_text()
    return reader.interactions, reader.dropped


@dataclass(slots=True)
class _Text:
    """Text that is being typed.

    Attributes:
        typed: So far.
        parts: The interactions that it is made of.
        remark: What the tester should check.
    """

    typed: str
    parts: list[Interaction]
    remark: str = ""


class _Reader:
    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._known: SoftKeyboard | None = None
        self._text: _Text | None = None
        self.interactions: list[Interaction] = []
        self.dropped: list[Dropped] = []

    def take(self, interaction: Interaction) -> None:
        at = _touched(interaction)
        if at is not None:
            keyboard = self._keyboard(interaction, at)
            if keyboard is not None and keyboard.covers(at.point):
                self._press(interaction, keyboard, at)
                return
        elif self._hides_keyboard(interaction):
            return
        self.end_text()
        self.interactions.append(interaction)

    def end_text(self) -> None:
        """What was typed becomes one interaction."""
        text, self._text = self._text, None
        if text is None:
            return
        first, last = text.parts[0], text.parts[-1]
        sources = tuple(sorted({index for part in text.parts for index in part.sources}))
        if not text.typed:
            reason = "keys of the soft keyboard that typed nothing"
            self.dropped.append(Dropped(first.time_ms, sources, reason, harmless=not text.remark))
            return
        letters = [character for character in text.typed if character.isalpha()]
        remark = text.remark
        if len(letters) >= _LONG_ENOUGH and all(map(str.isupper, letters)) and not remark:
            remark = "all in capital letters: check the text"
        self.interactions.append(
            replace(
                first,
                act=TextInput(text.typed),
                end_ms=last.end_ms,
                last_ms=last.last_ms,
                sources=sources,
                pointer=None,
                flick=False,
                remark=remark,
            )
        )

    def _press(self, interaction: Interaction, keyboard: SoftKeyboard, at: Position) -> None:
        if isinstance(interaction.act, Swipe) and not _stays(interaction.act, keyboard):
            self.dropped.append(Dropped(interaction.time_ms, interaction.sources, _GLIDED))
            return
        found = keyboard.key_at(at.point)
        key = found.name if found is not None else None
        count = interaction.act.count if isinstance(interaction.act, Tap) else 1
        if key == BACKSPACE and (self._text is None or not self._text.typed):
            self._delete(interaction, count)
            return
        text = self._text = self._text or _Text("", [])
        text.parts.append(interaction)
        if isinstance(interaction.act, LongPress):
            text.remark = _HELD
        if key is None:
            text.remark = _UNKNOWN
        elif key == BACKSPACE:
            text.typed = text.typed[: max(0, len(text.typed) - count)]
        elif key not in (SHIFT, SYMBOLS):
            text.typed += ("\n" if key == ENTER else key) * count
            if found is not None and not found.sure:
                text.remark = _READ

    def _delete(self, interaction: Interaction, count: int) -> None:
        """What was in the field before is deleted by the key that every device has."""
        self.end_text()
        for _ in range(count):
            self.interactions.append(
                replace(interaction, act=KeyPress(("Backspace",)), pointer=None, flick=False)
            )

    def _keyboard(self, interaction: Interaction, at: Position) -> SoftKeyboard | None:
        """The keyboard before the interaction; only the lower part of a screen can show one."""
        if at.point.y < _UPPER_PART * at.screen.size.height:
            return None
        try:
            scene = self._viewer.view(interaction.time_ms, at).scene
        except FormatError:
            return None
        found = keyboard_on(scene)
        if found is not None:
            self._known = found
            return found
        return signs_on(scene, self._known) if self._known is not None else None

    def _hides_keyboard(self, interaction: Interaction) -> bool:
        """Whether it is the key "back" that only hid the keyboard; other devices show none."""
        if self._known is None or interaction.act != KeyPress(("GoBack",)):
            return False
        at = self._last_touch()
        if at is None or self._keyboard(interaction, at) is None:
            return False
        self.end_text()
        reason = "the key that hid the soft keyboard"
        self.dropped.append(
            Dropped(interaction.time_ms, interaction.sources, reason, harmless=True)
        )
        return True

    def _last_touch(self) -> Position | None:
        """A place on the screen as it was turned last, low enough for a keyboard."""
        parts = self._text.parts if self._text is not None else self.interactions
        for interaction in reversed(parts):
            at = _touched(interaction)
            if at is not None and at.point.y >= _UPPER_PART * at.screen.size.height:
                return at
        return None


def _touched(interaction: Interaction) -> Position | None:
    """Where a finger pressed, if one did."""
    if interaction.pointer != "touch":
        return None
    match interaction.act:
        case Tap(at) | LongPress(at):
            return at
        case Swipe(path):
            return path[0].at
    return None


def _stays(swipe: Swipe, keyboard: SoftKeyboard) -> bool:
    """Whether a finger only slipped on its key."""
    start, end = swipe.path[0].at.point, swipe.path[-1].at.point
    return start.distance_to(end) <= keyboard.pitch / 2
