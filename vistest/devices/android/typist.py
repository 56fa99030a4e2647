"""Types text: `input text` where that can, an input method for all other scripts."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Protocol

from vistest.core.errors import InjectionError
from vistest.devices.android.inject import run_input
from vistest.devices.android.shell import quoted

if TYPE_CHECKING:
    from vistest.core.clock import Clock
    from vistest.devices.android.shell import Shell

_KEYBOARD = "com.android.adbkeyboard/.AdbIME"
_SWITCH_S = 0.4
"""How long a phone may take to bind the field to another input method."""

_MOST_AT_ONCE = 200
"""`input text` presses key after key; a longer text would run into its time limit."""

_PART = re.compile(r"\n|\t|[^\n\t]+")
_KEYS = {"\n": "66", "\t": "61"}


class Clipboard(Protocol):
    """Something that puts text into the field with the focus."""

    def paste(self, text: str) -> None: ...


class Typist:
    """Types on one phone.

    Args:
        shell: Of the phone.
        clock: The host's.
        clipboard: Pastes text, if there is a way to.
    """

    def __init__(self, shell: Shell, clock: Clock, clipboard: Clipboard | None = None) -> None:
        self._shell = shell
        self._clock = clock
        self._clipboard = clipboard
        self._has_keyboard: bool | None = None

    @property
    def any_script(self) -> bool:
        """Whether text beyond ASCII can be typed."""
        return self._clipboard is not None or self._keyboard_installed()

    def type(self, text: str) -> None:
        """Type `text`; a newline is the Enter key, a tab the Tab key.

        Raises:
            InjectionError: the phone has no way to type some of it; then nothing was typed.
        """
        parts = _PART.findall(text.replace("\r\n", "\n"))
        foreign = [part for part in parts if not _is_plain(part)]
        if foreign and not self.any_script:
            raise InjectionError(
                "This phone types only plain ASCII text.",
                hint="install the input method ADBKeyBoard (com.android.adbkeyboard) on it, or "
                "give scrcpy's server: adb:SERIAL?scrcpy=PATH.",
            )
        if foreign and self._clipboard is None:
            self._type_by_keyboard(parts)
        else:
            for part in parts:
                self._type_part(part)

    def _type_part(self, part: str) -> None:
        if part in _KEYS:
            run_input(self._shell, f"input keyevent {_KEYS[part]}")
        elif self._clipboard is not None and not _is_plain(part):
            self._clipboard.paste(part)
        else:
            for start in range(0, len(part), _MOST_AT_ONCE):
                self._type_ascii(part[start : start + _MOST_AT_ONCE])

    def _type_ascii(self, text: str) -> None:
        """`input text` takes `%s` for a space, so a percent sign goes by itself."""
        for piece in re.findall(r"%|[^%]+", text):
            word = quoted(piece.replace(" ", "%s"))
            run_input(self._shell, f"input text {word}")

    def _type_by_keyboard(self, parts: list[str]) -> None:
        """By broadcasts to ADBKeyBoard, which is put in place for as long."""
        before = self._shell.ask("settings get secure default_input_method").strip()
        switch = before != _KEYBOARD
        if switch:
            self._shell.text(f"ime enable {_KEYBOARD} >/dev/null; ime set {_KEYBOARD}")
            self._clock.pause(_SWITCH_S)
        try:
            for part in parts:
                if part in _KEYS:
                    run_input(self._shell, f"input keyevent {_KEYS[part]}")
                else:
                    encoded = base64.b64encode(part.encode()).decode()
                    self._shell.text(f"am broadcast -a ADB_INPUT_B64 --es msg {encoded}")
        finally:
            if switch and "/" in before:
                self._shell.run(f"ime set {quoted(before)}")

    def _keyboard_installed(self) -> bool:
        if self._has_keyboard is None:
            self._has_keyboard = _KEYBOARD in self._shell.ask("ime list -a -s").split()
        return self._has_keyboard


def _is_plain(text: str) -> bool:
    """Whether `input text` can type it."""
    return all(" " <= character <= "~" or character in "\n\t" for character in text)
