"""What gestures.py makes of raw events: interactions in time, and what could not become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.events import InputEvent, Mark, RawEvent

if TYPE_CHECKING:
    from vistest.core.events import PointerKind
    from vistest.core.geometry import Position


@dataclass(frozen=True, slots=True)
class SecretInput:
    """Text that was typed but not stored; only its name was."""

    name: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The person who recorded asked to expect the object at `at`."""

    at: Position


Act = InputEvent | SecretInput | Checkpoint
Recorded = RawEvent | Mark


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing that the user did.

    Attributes:
        act: What it was.
        time_ms: Device time at which it began: the (first) press.
        end_ms: Device time at which it ended.
        last_ms: Device time of the last press, key or notch that it was merged from.
        sources: Positions of its events in the recording.
        pointer: What pressed; None for keys, the wheel and marks.
        flick: A swipe that throws the content on, rather than carrying an object along.
        remark: What the reader of the script should know; empty if nothing.
    """

    act: Act
    time_ms: float
    end_ms: float
    last_ms: float
    sources: tuple[int, ...]
    pointer: PointerKind | None = None
    flick: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Events that are in no interaction.

    Attributes:
        time_ms: Device time of the first of them.
        sources: Their positions in the recording.
        reason: Why, one clause for a person.
        harmless: Nothing that the user wanted is missing (hovering, a modifier alone).
    """

    time_ms: float
    sources: tuple[int, ...]
    reason: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All events of a recording, each either in an interaction or dropped.

    Attributes:
        interactions: In order of their beginning.
        dropped: In order of time.
    """

    interactions: tuple[Interaction, ...]
    dropped: tuple[Dropped, ...]
