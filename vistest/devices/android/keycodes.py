"""Android's numbers of keys (android.view.KeyEvent) by their W3C names, and back from evdev.

Characters are those of a US keyboard, which is what Android assumes of a hardware keyboard
without a layout of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

_LETTERS = {chr(ord("a") + index): 29 + index for index in range(26)}
_DIGITS = {str(digit): 7 + digit for digit in range(10)}
_SIGNS = {
    " ": 62, ",": 55, ".": 56, "`": 68, "-": 69, "=": 70, "[": 71, "]": 72, "\\": 73, ";": 74,
    "'": 75, "/": 76, "@": 77, "+": 81, "*": 17, "#": 18,
}  # fmt: skip
_NAMED = {
    "Enter": 66, "Tab": 61, "Backspace": 67, "Delete": 112, "Escape": 111, "Insert": 124,
    "Home": 122, "End": 123, "PageUp": 92, "PageDown": 93, "ArrowUp": 19, "ArrowDown": 20,
    "ArrowLeft": 21, "ArrowRight": 22, "Control": 113, "Shift": 59, "Alt": 57, "Meta": 117,
    "CapsLock": 115, "ContextMenu": 82, "GoBack": 4, "BrowserBack": 4, "GoHome": 3,
    "AppSwitch": 187, "Power": 26, "Camera": 27, "AudioVolumeUp": 24, "AudioVolumeDown": 25,
    "AudioVolumeMute": 164, "MediaPlayPause": 85, "WakeUp": 224, "Search": 84, "Clear": 28,
    "BrowserSearch": 84, "BrowserForward": 125,
    **{f"F{number}": 130 + number for number in range(1, 13)},
}  # fmt: skip
_CODES = {**_LETTERS, **_DIGITS, **_SIGNS, **_NAMED}
MODIFIERS = frozenset(("Control", "Shift", "Alt", "Meta"))


def android_code(key: str) -> int | None:
    """The number for `input keyevent`; None if there is no such key."""
    return _CODES.get(key.lower() if len(key) == 1 else key)


@dataclass(frozen=True, slots=True)
class HardKey:
    """A key of a keyboard or of the phone's side.

    Attributes:
        key: Its W3C name without Shift.
        shifted: Its name with Shift.
        types: Whether it types its name.
    """

    key: str
    shifted: str
    types: bool


_EVDEV_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EVDEV_SHIFTED_DIGITS = dict(zip("1234567890", "!@#$%^&*()", strict=True))
_EVDEV_SIGNS = {
    "SPACE": "  ", "MINUS": "-_", "EQUAL": "=+", "LEFTBRACE": "[{", "RIGHTBRACE": "]}",
    "BACKSLASH": "\\|", "SEMICOLON": ";:", "APOSTROPHE": "'\"", "GRAVE": "`~", "COMMA": ",<",
    "DOT": ".>", "SLASH": "/?", "KPPLUS": "++", "KPMINUS": "--", "KPASTERISK": "**",
    "KPSLASH": "//", "KPDOT": "..",
    **{f"KP{digit}": f"{digit}{digit}" for digit in range(10)},
}  # fmt: skip
_EVDEV_NAMED = {
    "ENTER": "Enter", "KPENTER": "Enter", "TAB": "Tab", "BACKSPACE": "Backspace",
    "DELETE": "Delete", "ESC": "Escape", "INSERT": "Insert", "HOME": "Home", "END": "End",
    "PAGEUP": "PageUp", "PAGEDOWN": "PageDown", "UP": "ArrowUp", "DOWN": "ArrowDown",
    "LEFT": "ArrowLeft", "RIGHT": "ArrowRight", "LEFTCTRL": "Control", "RIGHTCTRL": "Control",
    "LEFTSHIFT": "Shift", "RIGHTSHIFT": "Shift", "LEFTALT": "Alt", "RIGHTALT": "AltGraph",
    "LEFTMETA": "Meta", "RIGHTMETA": "Meta", "CAPSLOCK": "CapsLock", "COMPOSE": "ContextMenu",
    "MENU": "ContextMenu", "BACK": "GoBack", "HOMEPAGE": "GoHome", "APPSELECT": "AppSwitch",
    "POWER": "Power", "VOLUMEUP": "AudioVolumeUp", "VOLUMEDOWN": "AudioVolumeDown",
    "MUTE": "AudioVolumeMute", "CAMERA": "Camera", "SEARCH": "BrowserSearch",
    "PLAYPAUSE": "MediaPlayPause", "WAKEUP": "WakeUp", "FORWARD": "BrowserForward",
    **{f"F{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
_EVDEV = {
    **{f"KEY_{letter}": HardKey(letter.lower(), letter, True) for letter in _EVDEV_LETTERS},
    **{f"KEY_{d}": HardKey(d, other, True) for d, other in _EVDEV_SHIFTED_DIGITS.items()},
    **{f"KEY_{name}": HardKey(pair[0], pair[1], True) for name, pair in _EVDEV_SIGNS.items()},
    **{f"KEY_{name}": HardKey(key, key, False) for name, key in _EVDEV_NAMED.items()},
}


def hard_key(label: str) -> HardKey | None:
    """The key that `getevent -l` calls `label`, such as KEY_VOLUMEUP; None if unknown."""
    return _EVDEV.get(label)
