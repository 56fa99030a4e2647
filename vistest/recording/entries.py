"""The lines of events.jsonl: raw events, marks and the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from vistest.core.events import (
    Button,
    KeyAction,
    KeyEvent,
    Mark,
    MarkKind,
    PointerAction,
    PointerEvent,
    PointerKind,
    RawEvent,
    ScreenChanged,
    WheelEvent,
)
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from vistest.core.geometry import Screen
    from vistest.recording.fields import Fields
    from vistest.recording.files import Document

Entry = RawEvent | Mark

_MOST_CONTACTS = 255
_MOST_NOTCHES = 10_000


@dataclass(frozen=True, slots=True)
class End:
    """The recording was ended in order.

    Attributes:
        time_ms: Device clock.
        reason: One sentence for a person.
    """

    time_ms: float
    reason: str


def encode(entry: Entry | End) -> Document:
    """The JSON object of one line. Positions refer to the screen of the last `screen` line."""
    match entry:
        case PointerEvent():
            return {
                "type": "pointer",
                "time_ms": entry.time_ms,
                "action": entry.action,
                "at": _xy(entry.at),
                "kind": entry.kind,
                "contact": entry.contact,
                "button": entry.button,
            }
        case WheelEvent(time_ms, at, dx, dy):
            return {"type": "wheel", "time_ms": time_ms, "at": _xy(at), "dx": dx, "dy": dy}
        case KeyEvent(time_ms, action, key, text):
            return {"type": "key", "time_ms": time_ms, "action": action, "key": key, "text": text}
        case ScreenChanged(time_ms, screen):
            size = [screen.size.width, screen.size.height]
            return {"type": "screen", "time_ms": time_ms, "size": size, "density": screen.density}
        case Mark(time_ms, kind, at, name):
            place = _xy(at) if at is not None else None
            return {"type": "mark", "time_ms": time_ms, "kind": kind, "at": place, "name": name}
        case End(time_ms, reason):
            return {"type": "end", "time_ms": time_ms, "reason": reason}


def decode(fields: Fields, screen: Screen) -> Entry | End:
    """The entry of one line, with positions measured on `screen`.

    Raises:
        FormatError: it is none, or a value is absurd.
    """
    time_ms = fields.time_ms()
    match fields.document.get("type"):
        case "pointer":
            return PointerEvent(
                time_ms,
                fields.word("action", get_args(PointerAction)),
                _position(fields, screen),
                fields.word("kind", get_args(PointerKind)),
                fields.integer("contact", 0, _MOST_CONTACTS),
                fields.word("button", get_args(Button)),
            )
        case "wheel":
            dx, dy = (fields.integer(name, -_MOST_NOTCHES, _MOST_NOTCHES) for name in ("dx", "dy"))
            return WheelEvent(time_ms, _position(fields, screen), dx, dy)
        case "key":
            action = fields.word("action", get_args(KeyAction))
            return KeyEvent(time_ms, action, fields.text("key", empty=False), fields.text("text"))
        case "screen":
            return ScreenChanged(time_ms, fields.screen())
        case "mark":
            kind = fields.word("kind", get_args(MarkKind))
            at = _position(fields, screen) if fields.has("at") else None
            return Mark(time_ms, kind, at, fields.text("name"))
        case "end":
            return End(time_ms, fields.text("reason"))
        case _:
            raise fields.error("type must be pointer, wheel, key, screen, mark or end")


def _xy(at: Position) -> list[float]:
    return [at.point.x, at.point.y]


def _position(fields: Fields, screen: Screen) -> Position:
    """A finger may leave the screen a little; a whole screen beside it is absurd."""
    extent = max(screen.size.width, screen.size.height)
    x, y = fields.pair("at", -extent, 2 * extent)
    return Position(Point(x, y), screen)
