"""Keysyms (numbers of X11 for what is on a key) to characters and W3C key names, and back."""

# ruff: noqa: RUF001 - letters of other scripts are the point
from __future__ import annotations

import codecs
import unicodedata

UNICODE_KEYSYM = 0x01000000

# Keysyms above Latin-1 are laid out as an old 8-bit character set under a byte of prefix.
_CHARACTER_SETS = {
    0x01: "iso8859-2",
    0x02: "iso8859-3",
    0x03: "iso8859-4",
    0x04: "shift_jis",
    0x05: "iso8859-6",
    0x06: "koi8-u",
    0x07: "iso8859-7",
    0x0C: "iso8859-8",
    0x0D: "iso8859-11",
    0x13: "iso8859-15",
}
# Where the layout leaves the character set.
_EXCEPTIONS = {
    0x06A1: "ђ", 0x06A2: "ѓ", 0x06A5: "ѕ", 0x06A8: "ј", 0x06A9: "љ", 0x06AA: "њ", 0x06AB: "ћ",
    0x06AC: "ќ", 0x06AE: "ў", 0x06AF: "џ", 0x06B0: "№", 0x06B1: "Ђ", 0x06B2: "Ѓ", 0x06B5: "Ѕ",
    0x06B8: "Ј", 0x06B9: "Љ", 0x06BA: "Њ", 0x06BB: "Ћ", 0x06BC: "Ќ", 0x06BE: "Ў", 0x06BF: "Џ",
    0x07A1: "Ά", 0x07A2: "Έ", 0x07A3: "Ή", 0x07A4: "Ί", 0x07A5: "Ϊ", 0x07A7: "Ό", 0x07A8: "Ύ",
    0x07A9: "Ϋ", 0x07AB: "Ώ", 0x07AE: "΅", 0x07AF: "―", 0x07B1: "ά", 0x07B2: "έ", 0x07B3: "ή",
    0x07B4: "ί", 0x07B5: "ϊ", 0x07B6: "ΐ", 0x07B7: "ό", 0x07B8: "ύ", 0x07B9: "ϋ", 0x07BA: "ΰ",
    0x07BB: "ώ", 0x07D2: "Σ", 0x07F2: "σ", 0x07F3: "ς", 0x20AC: "€", 0x0AA9: "—", 0x0AAA: "–",
    0x0AAE: "…", 0x0AC9: "™", 0x0AD0: "‘", 0x0AD1: "’", 0x0AD2: "“", 0x0AD3: "”", 0x0AE6: "•",
    0x0AFD: "‚", 0x0AFE: "„",
}  # fmt: skip
_KEYPAD = {0xFFAA: "*", 0xFFAB: "+", 0xFFAC: ",", 0xFFAD: "-", 0xFFAE: ".", 0xFFAF: "/"} | {
    0xFFB0 + digit: str(digit) for digit in range(10)
} | {0xFF80: " ", 0xFFBD: "="}  # fmt: skip

_NAMES = {
    "Backspace": (0xFF08,),
    "Tab": (0xFF09, 0xFF89, 0xFE20),
    "Enter": (0xFF0D, 0xFF8D),
    "Escape": (0xFF1B,),
    "Delete": (0xFFFF, 0xFF9F),
    "Home": (0xFF50, 0xFF95),
    "ArrowLeft": (0xFF51, 0xFF96),
    "ArrowUp": (0xFF52, 0xFF97),
    "ArrowRight": (0xFF53, 0xFF98),
    "ArrowDown": (0xFF54, 0xFF99),
    "PageUp": (0xFF55, 0xFF9A),
    "PageDown": (0xFF56, 0xFF9B),
    "End": (0xFF57, 0xFF9C),
    "Insert": (0xFF63, 0xFF9E),
    "Clear": (0xFF0B, 0xFF9D),
    "Pause": (0xFF13,),
    "ScrollLock": (0xFF14,),
    "PrintScreen": (0xFF61, 0xFF15),
    "NumLock": (0xFF7F,),
    "CapsLock": (0xFFE5,),
    "ContextMenu": (0xFF67,),
    "Help": (0xFF6A,),
    "Undo": (0xFF65,),
    "Redo": (0xFF66,),
    "Find": (0xFF68,),
    "Cancel": (0xFF69,),
    "Compose": (0xFF20,),
    "ModeChange": (0xFF7E,),
    "Shift": (0xFFE1, 0xFFE2),
    "Control": (0xFFE3, 0xFFE4),
    "Alt": (0xFFE9, 0xFFEA),
    "Meta": (0xFFEB, 0xFFEC, 0xFFE7, 0xFFE8),
    "Hyper": (0xFFED, 0xFFEE),
    "AltGraph": (0xFE03,),
    "GroupNext": (0xFE08,),
    "GroupPrevious": (0xFE0A,),
    "GoBack": (0x1008FF26,),
    "BrowserForward": (0x1008FF27,),
    "BrowserRefresh": (0x1008FF29,),
    "BrowserSearch": (0x1008FF1B,),
    "GoHome": (0x1008FF18,),
    "AudioVolumeDown": (0x1008FF11,),
    "AudioVolumeMute": (0x1008FF12,),
    "AudioVolumeUp": (0x1008FF13,),
    "MediaPlayPause": (0x1008FF14,),
    "MediaStop": (0x1008FF15,),
    "MediaTrackPrevious": (0x1008FF16,),
    "MediaTrackNext": (0x1008FF17,),
    "Copy": (0x1008FF57,),
    "Cut": (0x1008FF58,),
    "Paste": (0x1008FF6D,),
    **{f"F{number}": (0xFFBE + number - 1,) for number in range(1, 25)},
}
_NAME_OF = {keysym: name for name, keysyms in _NAMES.items() for keysym in keysyms}

# Dead keys and the combining character that each adds to the next letter.
DEAD_KEYS = {
    0xFE50: "\u0300", 0xFE51: "\u0301", 0xFE52: "\u0302", 0xFE53: "\u0303", 0xFE54: "\u0304",
    0xFE55: "\u0306", 0xFE56: "\u0307", 0xFE57: "\u0308", 0xFE58: "\u030a", 0xFE59: "\u030b",
    0xFE5A: "\u030c", 0xFE5B: "\u0327", 0xFE5C: "\u0328", 0xFE60: "\u0323", 0xFE61: "\u0309",
    0xFE62: "\u031b",
}  # fmt: skip


def character_of(keysym: int) -> str:
    """The character that `keysym` types; empty for keys that type none."""
    if UNICODE_KEYSYM <= keysym <= UNICODE_KEYSYM + 0x10FFFF:
        return _visible(chr(keysym - UNICODE_KEYSYM))
    if 0x20 <= keysym <= 0x7E or 0xA0 <= keysym <= 0xFF:
        return chr(keysym)
    if keysym in _EXCEPTIONS:
        return _EXCEPTIONS[keysym]
    if keysym in _KEYPAD:
        return _KEYPAD[keysym]
    return _legacy_character(keysym)


def keysym_of(character: str) -> int:
    """A keysym that types `character`; any client since X11R6.9 understands it."""
    code = ord(character)
    if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF:
        return code
    return UNICODE_KEYSYM + code


def name_of(keysym: int) -> str:
    """The W3C name of the key that bears `keysym`."""
    if keysym in DEAD_KEYS:
        return "Dead"
    return _NAME_OF.get(keysym) or character_of(keysym) or "Unidentified"


def keysyms_named(name: str) -> tuple[int, ...]:
    """The keysyms of the key that W3C calls `name`, the usual one first; none if unknown."""
    if name in _NAMES:
        return _NAMES[name]
    return (keysym_of(name),) if len(name) == 1 else ()


def _legacy_character(keysym: int) -> str:
    character_set = _CHARACTER_SETS.get(keysym >> 8)
    if character_set is None or keysym & 0xFF < 0xA0:
        return ""
    decoded = codecs.decode(bytes([keysym & 0xFF]), character_set, errors="ignore")
    return _visible(
        unicodedata.normalize("NFKC", decoded) if character_set == "shift_jis" else decoded
    )


def _visible(character: str) -> str:
    return "" if unicodedata.category(character or "\0") in {"Cc", "Cs", "Cn"} else character
