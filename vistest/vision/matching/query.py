"""What to look for: an element of a recorded scene, or a description by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.scene import ElementClass, Relation, Scene


@dataclass(frozen=True, slots=True)
class RecordedQuery:
    """Find the counterpart of element `index` of a recorded scene.

    Attributes:
        scene: The whole recorded scene; the other elements are context.
        index: Position in `scene.elements`.
        grip: Where in its box it was touched, as fractions; None if anywhere or not known.
    """

    scene: Scene
    index: int
    grip: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class DescribedQuery:
    """Find an element by what a person wrote about it.

    Attributes:
        text: Its text, or the text of its label; empty if not given.
        cls: Its class; None if not given.
        relations: By relation, the text of another element: `{"below": "Name"}`.
    """

    text: str = ""
    cls: ElementClass | None = None
    relations: Mapping[Relation, str] = field(default_factory=dict)


Query = RecordedQuery | DescribedQuery
