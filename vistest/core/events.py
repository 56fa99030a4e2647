"""What a person does: raw events as a device reports them, and interactions made of them.

Key names are those of `KeyboardEvent.key` in the W3C UI Events specification ("Enter",
"Control", "ArrowUp", "a"), plus "Back" and "Home" keys of phones under their names there
("GoBack", "GoHome").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vistest.core.geometry import Position, Screen

PointerAction = Literal["down", "move", "up"]
PointerKind = Literal["mouse", "touch"]
Button = Literal["left", "middle", "right"]
KeyAction = Literal["down", "up"]
MarkKind = Literal["checkpoint", "secret_begin", "secret_end"]


@dataclass(frozen=True, slots=True)
class PointerEvent:
    """A pointer or a finger goes down, moves or goes up.

    Attributes:
        time_ms: Device clock.
        contact: Which finger; 0 for a mouse.
        button: Which mouse button; `left` for a finger. Meaningless for a hovering move.
    """

    time_ms: float
    action: PointerAction
    at: Position
    kind: PointerKind = "mouse"
    contact: int = 0
    button: Button = "left"


@dataclass(frozen=True, slots=True)
class WheelEvent:
    """The wheel turns by notches; positive `dy` scrolls towards the end of the content."""

    time_ms: float
    at: Position
    dx: int = 0
    dy: int = 0


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key goes down or up.

    Attributes:
        key: Name of the key, see the module's docstring.
        text: The characters that it types with the modifiers held; empty for control keys.
    """

    time_ms: float
    action: KeyAction
    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ScreenChanged:
    """The screen was rotated, resized or rescaled; later positions refer to `screen`."""

    time_ms: float
    screen: Screen


@dataclass(frozen=True, slots=True)
class Mark:
    """A note of the person who records.

    Attributes:
        kind: `checkpoint` (expect the object at `at`), `secret_begin` and `secret_end` (what is
            typed between them was not stored).
        name: The secret's name.
    """

    time_ms: float
    kind: MarkKind
    at: Position | None = None
    name: str = ""


RawEvent = PointerEvent | WheelEvent | KeyEvent | ScreenChanged


@dataclass(frozen=True, slots=True)
class Tap:
    """Press and release, `count` times in quick succession."""

    at: Position
    count: int = 1
    button: Button = "left"


@dataclass(frozen=True, slots=True)
class LongPress:
    """Press, hold and release in place."""

    at: Position
    duration_ms: float = 800.0


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A point of a path, `after_ms` after the press."""

    after_ms: float
    at: Position


@dataclass(frozen=True, slots=True)
class Swipe:
    """Press at the first waypoint, follow the path with its timing, release at the last.

    A drag and a swipe differ by what the application makes of them, not by the movement.
    """

    path: tuple[Waypoint, ...]
    button: Button = "left"


@dataclass(frozen=True, slots=True)
class Pinch:
    """Two fingers around `at` go from `start_span` to `end_span` pixels apart."""

    at: Position
    start_span: float
    end_span: float
    duration_ms: float = 400.0


@dataclass(frozen=True, slots=True)
class Scroll:
    """Turn the wheel over `at` by notches; positive `dy` goes towards the end.

    Attributes:
        at: Where the pointer is.
        dx: Notches to the right.
        dy: Notches down.
        held: Keys that are held meanwhile: with Control, most applications zoom.
    """

    at: Position
    dx: int = 0
    dy: int = 0
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyPress:
    """Press the keys of a chord in order, release them in reverse: `("Control", "s")`."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextInput:
    """Type `text` into whatever has the focus, in any script; a newline is the Enter key."""

    text: str


@dataclass(frozen=True, slots=True)
class Hover:
    """Move the pointer to `at` without pressing."""

    at: Position


InputEvent = Tap | LongPress | Swipe | Pinch | Scroll | KeyPress | TextInput | Hover
