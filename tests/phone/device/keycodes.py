"""Numbers of keys: the kernel's (linux/input-event-codes.h) and Android's (KeyEvent)."""

from __future__ import annotations

_LETTERS = dict(
    zip(
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        [*range(16, 26), *range(30, 39), *range(44, 51)],
        strict=True,
    )
)
_DIGITS = {str(digit): 1 + (digit or 10) for digit in range(10)}
_SIGNS = {
    "MINUS": 12, "EQUAL": 13, "LEFTBRACE": 26, "RIGHTBRACE": 27, "SEMICOLON": 39,
    "APOSTROPHE": 40, "GRAVE": 41, "BACKSLASH": 43, "COMMA": 51, "DOT": 52, "SLASH": 53,
}  # fmt: skip
_CONTROLS = {
    "ESC": 1, "BACKSPACE": 14, "TAB": 15, "ENTER": 28, "LEFTCTRL": 29, "LEFTSHIFT": 42,
    "LEFTALT": 56, "SPACE": 57, "HOME": 102, "UP": 103, "PAGEUP": 104, "LEFT": 105, "RIGHT": 106,
    "END": 107, "DOWN": 108, "PAGEDOWN": 109, "DELETE": 111, "VOLUMEDOWN": 114, "VOLUMEUP": 115,
    "POWER": 116, "MENU": 139, "BACK": 158, "HOMEPAGE": 172,
}  # fmt: skip
LINUX_KEYS = {
    f"KEY_{name}": code for name, code in {**_LETTERS, **_DIGITS, **_SIGNS, **_CONTROLS}.items()
}

# What a US keyboard types: by character the key, and whether Shift is held.
_PLAIN = {
    "-": "MINUS", "=": "EQUAL", "[": "LEFTBRACE", "]": "RIGHTBRACE", ";": "SEMICOLON",
    "'": "APOSTROPHE", "`": "GRAVE", "\\": "BACKSLASH", ",": "COMMA", ".": "DOT", "/": "SLASH",
    " ": "SPACE", "\n": "ENTER", "\t": "TAB",
}  # fmt: skip
_SHIFTED = {
    "_": "MINUS", "+": "EQUAL", "{": "LEFTBRACE", "}": "RIGHTBRACE", ":": "SEMICOLON",
    '"': "APOSTROPHE", "~": "GRAVE", "|": "BACKSLASH", "<": "COMMA", ">": "DOT", "?": "SLASH",
    ")": "0", "!": "1", "@": "2", "#": "3", "$": "4", "%": "5", "^": "6", "&": "7", "*": "8",
    "(": "9",
}  # fmt: skip


def typed_by(character: str) -> tuple[str, bool]:
    """The kernel's name of the key of a US keyboard, and whether Shift is held.

    Raises:
        ValueError: no key of it types that.
    """
    if character in _SHIFTED:
        return f"KEY_{_SHIFTED[character]}", True
    if character in _PLAIN:
        return f"KEY_{_PLAIN[character]}", False
    if character.isascii() and character.isalnum():
        return f"KEY_{character.upper()}", character.isupper()
    raise ValueError(f"a US keyboard has no key for {character!r}")


# Android's number: (Android's name, what the X server's keyboard calls it, or a key of the phone).
_ANDROID = {
    3: ("HOME", "phone:home"), 4: ("BACK", "phone:back"), 19: ("DPAD_UP", "ArrowUp"),
    20: ("DPAD_DOWN", "ArrowDown"), 21: ("DPAD_LEFT", "ArrowLeft"),
    22: ("DPAD_RIGHT", "ArrowRight"), 24: ("VOLUME_UP", "phone:volume-up"),
    25: ("VOLUME_DOWN", "phone:volume-down"), 26: ("POWER", "phone:power"),
    57: ("ALT_LEFT", "Alt"), 59: ("SHIFT_LEFT", "Shift"), 61: ("TAB", "Tab"),
    62: ("SPACE", " "), 66: ("ENTER", "Enter"), 67: ("DEL", "Backspace"),
    82: ("MENU", "phone:menu"),
    92: ("PAGE_UP", "PageUp"), 93: ("PAGE_DOWN", "PageDown"), 111: ("ESCAPE", "Escape"),
    112: ("FORWARD_DEL", "Delete"), 113: ("CTRL_LEFT", "Control"), 122: ("MOVE_HOME", "Home"),
    123: ("MOVE_END", "End"), 187: ("APP_SWITCH", "phone:recent"), 223: ("SLEEP", "phone:sleep"),
    224: ("WAKEUP", "phone:wakeup"), 277: ("CUT", "Control+x"), 278: ("COPY", "Control+c"),
    279: ("PASTE", "phone:paste"),
    **{7 + digit: (str(digit), str(digit)) for digit in range(10)},
    **{29 + index: (chr(65 + index), chr(97 + index)) for index in range(26)},
    17: ("STAR", "*"), 18: ("POUND", "#"), 55: ("COMMA", ","), 56: ("PERIOD", "."),
    58: ("ALT_RIGHT", "Alt"), 60: ("SHIFT_RIGHT", "Shift"), 68: ("GRAVE", "`"),
    69: ("MINUS", "-"), 70: ("EQUALS", "="), 71: ("LEFT_BRACKET", "["),
    72: ("RIGHT_BRACKET", "]"), 73: ("BACKSLASH", "\\"), 74: ("SEMICOLON", ";"),
    75: ("APOSTROPHE", "'"), 76: ("SLASH", "/"), 77: ("AT", "@"), 81: ("PLUS", "+"),
    114: ("CTRL_RIGHT", "Control"), 124: ("INSERT", "Insert"),
    **{130 + number: (f"F{number}", f"F{number}") for number in range(1, 13)},
}  # fmt: skip
_BY_NAME = dict(_ANDROID.values())


def android_key(name: str) -> str | None:
    """What `input keyevent NAME` presses: a key of the screen's keyboard, or `phone:KEY`."""
    if name.isdigit():
        return _ANDROID.get(int(name), ("", None))[1]
    return _BY_NAME.get(name.removeprefix("KEYCODE_"))


# Keys of the kernel that the phone itself takes.
PHONE_KEYS = {
    "KEY_BACK": "phone:back",
    "KEY_HOMEPAGE": "phone:home",
    "KEY_POWER": "phone:power",
    "KEY_VOLUMEUP": "phone:volume-up",
    "KEY_VOLUMEDOWN": "phone:volume-down",
    "KEY_MENU": "phone:menu",
}
