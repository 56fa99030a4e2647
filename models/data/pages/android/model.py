"""A screen of an Android application: a page that also says where its parts lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.data.pages.model import Page, Section

Place = Literal["top", "content", "side", "bottom", "over"]
Arrangement = Literal[
    "list", "strip", "cards", "tiles", "carousel", "icons", "keys", "hero", "dots", "line",
    "spread", "column", "centre", "stack", "wide", "pill",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part(Section):
    """A section of an Android screen.

    Attributes:
        arrangement: How its widgets are laid out.
        place: In the content that scrolls, above, below or (on wide screens) beside it, or over it.
    """

    arrangement: Arrangement = "column"
    place: Place = "content"


@dataclass(frozen=True, slots=True)
class Screen(Page):
    """A page of an Android application.

    Attributes:
        bar: Kind of application bar.
        backdrop: `photo:SEED` or `map:SEED` below everything, or empty.
    """

    bar: Literal["toolbar", "large", "photo", "none"] = "toolbar"
    backdrop: str = ""
