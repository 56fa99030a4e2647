"""The engines that vision is made of. Each is loaded once and used from one thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.core.frame import Frame
    from vistest.core.geometry import Rect
    from vistest.core.scene import ElementClass


@dataclass(frozen=True, slots=True)
class Detection:
    """A box that a detector found.

    Attributes:
        cls: Class of the object.
        box: Device pixels of the frame.
        score: Confidence, 0 to 1.
        clickable: How sure it is that it can be acted upon, 0 to 1; None if the engine cannot tell.
    """

    cls: ElementClass
    box: Rect
    score: float
    clickable: float | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that an OCR engine read.

    Attributes:
        text: As read, untrusted: any character may be in it.
        box: Device pixels of the frame, around the ink.
        score: Confidence, 0 to 1.
    """

    text: str
    box: Rect
    score: float


class Detector(Protocol):
    """Finds UI objects in a frame."""

    @property
    def name(self) -> str:
        """Name and version of the engine, for caches and reports."""
        ...

    def detect(self, frame: Frame) -> list[Detection]:
        """All objects, in no particular order; overlaps of the same object are merged."""
        ...


class OcrEngine(Protocol):
    """Reads text from a frame."""

    @property
    def name(self) -> str:
        """Name and version of the engine, for caches and reports."""
        ...

    def read(self, frame: Frame) -> list[TextLine]:
        """Find and read all text lines of the frame."""
        ...

    def read_boxes(self, frame: Frame, boxes: Sequence[Rect]) -> list[TextLine]:
        """Read one line in each of `boxes`: one result per box, text empty where none is."""
        ...
