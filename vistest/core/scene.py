"""What is on a screen (`Scene` of `UiElement`) and what a search for one element says (`Match`).

These values cross rooms: vision makes them, scripts and results store them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vistest.core.geometry import Point, Rect, Screen

ElementClass = Literal[
    "text",
    "icon",
    "image",
    "button",
    "text_field",
    "checkbox",
    "switch",
    "radio",
    "slider",
    "dropdown",
    "tab",
    "list_item",
]
ELEMENT_CLASSES: tuple[ElementClass, ...] = get_args(ElementClass)

Relation = Literal["below", "above", "left_of", "right_of", "inside", "near"]
Outcome = Literal["found", "ambiguous", "absent"]


@dataclass(frozen=True, slots=True, eq=False)
class UiElement:
    """One object on the screen.

    Attributes:
        cls: One of `ELEMENT_CLASSES`. Checkbox, radio and switch are the glyph only; a text is
            one line, its box tight around the ink.
        box: Device pixels of the frame.
        score: The detector's confidence, 0 to 1.
        text: What OCR reads in it, one line per text line; empty if there is none. Untrusted.
        clickable: Whether it looks as if it could be acted upon.
        appearance: float32 of shape (D,), unit length, blind to light/dark polarity; None if it
            was not computed.
    """

    cls: ElementClass
    box: Rect
    score: float = 1.0
    text: str = ""
    clickable: bool = False
    appearance: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All objects of one frame, in reading order."""

    elements: tuple[UiElement, ...]
    screen: Screen


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that might be the one looked for.

    Attributes:
        element: The element.
        score: The fused score, 0 to 1.
        evidence: Score by kind (`text`, `class`, `appearance`, `neighbours`, `position`, ...).
    """

    element: UiElement
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to "where is this element?".

    Attributes:
        outcome: `found`, `ambiguous` (several could be it) or `absent`.
        candidates: Best first; empty only if nothing on the screen is like it.
        confidence: Calibrated probability that the first candidate is right, 0 to 1.
        point: Where a tap would go; None unless found.
        reason: One sentence for a person.
    """

    outcome: Outcome
    candidates: tuple[Candidate, ...]
    confidence: float
    point: Point | None = None
    reason: str = ""

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None
