"""Key chords as people write them (`ctrl+s`) and as the W3C names them (`Control`, `s`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vistest.script.nodes import Items, Node, problem
from vistest.script.values import nearest, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_OTHER_NAMES = {
    "ctrl": "Control",
    "control": "Control",
    "alt": "Alt",
    "option": "Alt",
    "shift": "Shift",
    "cmd": "Meta",
    "command": "Meta",
    "meta": "Meta",
    "super": "Meta",
    "win": "Meta",
    "enter": "Enter",
    "return": "Enter",
    "esc": "Escape",
    "escape": "Escape",
    "tab": "Tab",
    "backspace": "Backspace",
    "del": "Delete",
    "delete": "Delete",
    "ins": "Insert",
    "insert": "Insert",
    "home": "Home",
    "end": "End",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "up": "ArrowUp",
    "down": "ArrowDown",
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "space": " ",
    "back": "GoBack",
    "menu": "ContextMenu",
}
_W3C_NAME = re.compile(r"[A-Z][A-Za-z]*[0-9]*")
_COMMANDING = {"Control", "Alt", "Meta"}


def read_chord(node: Node) -> tuple[str, ...]:
    """`ctrl+s`, or a list of names that are taken as they are."""
    if isinstance(node, Items):
        if not node.items:
            raise problem(node.place, "the list of keys is empty")
        return tuple(read_words(item, "a key") for item in node.items)
    text = read_words(node, "a key")
    keys = tuple(_named(part, node) for part in _parts(text))
    if _COMMANDING.intersection(keys) and "Shift" not in keys:
        return tuple(key.lower() if len(key) == 1 else key for key in keys)
    return keys


def written_chord(keys: Sequence[str]) -> str | None:
    """The chord in one word if that reads back as `keys`, else None."""
    if not all(_is_visible(key) or _W3C_NAME.fullmatch(key) for key in keys):
        return None
    commanding = _COMMANDING.intersection(keys) and "Shift" not in keys
    if commanding and any(len(key) == 1 and key != key.lower() for key in keys):
        return None
    return "+".join("Space" if key == " " else key for key in keys)


def _is_visible(key: str) -> bool:
    """Whether it is one character that reading a chord does not take for white space."""
    return len(key) == 1 and (key == " " or not key.isspace())


def _parts(text: str) -> list[str]:
    """Split at plus signs; one that stands where a key is expected is the key itself."""
    if text == " ":
        return [" "]
    parts, rest = [], "+" + text
    while rest:
        end = rest.find("+", 2)
        end = len(rest) if end < 0 else end
        parts.append(rest[1:end].strip())
        rest = rest[end:]
    return parts


def _named(part: str, node: Node) -> str:
    if len(part) == 1:
        return part
    if part.lower() in _OTHER_NAMES:
        return _OTHER_NAMES[part.lower()]
    if _W3C_NAME.fullmatch(part):
        return part
    known = nearest(part, _OTHER_NAMES)
    raise problem(node.place, f"unknown key name {part[:40]!r}", then=known)
