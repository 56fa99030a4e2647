"""Points, boxes and screens. A position always carries the screen that it was measured on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Point:
    """A point in device pixels, origin top left."""

    x: float
    y: float

    def distance_to(self, other: Point) -> float:
        """Euclidean distance in pixels."""
        return math.hypot(self.x - other.x, self.y - other.y)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in device pixels."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"a size must be positive, not {self.width}x{self.height}")

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Rect:
    """An axis-aligned box in device pixels: left and top inside, right and bottom outside."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"box with negative extent: {self.as_list()}")

    @classmethod
    def from_list(cls, values: Iterable[float]) -> Self:
        """From `[x0, y0, x1, y1]`.

        Raises:
            ValueError: not four numbers, or a negative extent.
        """
        left, top, right, bottom = (float(value) for value in values)
        return cls(left, top, right, bottom)

    @classmethod
    def bounding(cls, boxes: Iterable[Rect]) -> Self:
        """The smallest box around all of `boxes`, of which there must be one at least."""
        items = list(boxes)
        return cls(
            min(box.left for box in items),
            min(box.top for box in items),
            max(box.right for box in items),
            max(box.bottom for box in items),
        )

    def as_list(self) -> list[float]:
        """As `[x0, y0, x1, y1]`."""
        return [self.left, self.top, self.right, self.bottom]

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> Point:
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def contains(self, point: Point) -> bool:
        """Whether `point` lies inside; the right and bottom edges are outside."""
        return self.left <= point.x < self.right and self.top <= point.y < self.bottom

    def intersection(self, other: Rect) -> Rect | None:
        """The common part, or None if there is none with an area."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, right, bottom) if left < right and top < bottom else None

    def iou(self, other: Rect) -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersection(other)
        if common is None:
            return 0.0
        return common.area / (self.area + other.area - common.area)

    def covered_by(self, other: Rect) -> float:
        """The share of this box that lies inside `other`, 0 to 1."""
        common = self.intersection(other)
        return common.area / self.area if common is not None and self.area > 0 else 0.0

    def expanded(self, margin: float) -> Rect:
        """Grown by `margin` pixels on each side (shrunk to the centre at most, if negative)."""
        middle = self.center
        return Rect(
            min(self.left - margin, middle.x),
            min(self.top - margin, middle.y),
            max(self.right + margin, middle.x),
            max(self.bottom + margin, middle.y),
        )

    def translated(self, dx: float, dy: float) -> Rect:
        """Moved by `dx`, `dy` pixels."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def scaled(self, factor: float) -> Rect:
        """Multiplied by `factor` about the origin."""
        return Rect(*(value * factor for value in self.as_list()))

    def clipped(self, size: Size) -> Rect:
        """The part on a screen of `size`; an empty box on the border if there is none."""
        left, right = (min(max(x, 0.0), float(size.width)) for x in (self.left, self.right))
        top, bottom = (min(max(y, 0.0), float(size.height)) for y in (self.top, self.bottom))
        return Rect(left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a position is measured on.

    Attributes:
        size: Pixels.
        density: Device pixels per dp. A dp is 1/160 inch by design of the platform, so a
            desktop at 96 dpi without scaling has density 1.
    """

    size: Size
    density: float = 1.0

    def __post_init__(self) -> None:
        if not 0.1 <= self.density <= 20:
            raise ValueError(f"density {self.density} is out of range 0.1 to 20")


@dataclass(frozen=True, slots=True)
class Position:
    """A point together with the screen that it was measured on."""

    point: Point
    screen: Screen

    @property
    def dp(self) -> Point:
        """The point in dp."""
        return Point(self.point.x / self.screen.density, self.point.y / self.screen.density)


Direction = Literal["up", "down", "left", "right"]
