"""Units of a touch panel to pixels of the screen as it is turned. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.geometry import Point, Position
from vistest.devices.android.facts import turned

if TYPE_CHECKING:
    from vistest.core.geometry import Screen
    from vistest.devices.android.getevent import AxisRange


@dataclass(frozen=True, slots=True)
class Panel:
    """A touch panel under a screen.

    Attributes:
        across: What it reports along the natural width.
        down: What it reports along the natural height.
        natural: The screen in its natural orientation.
        quarters: Turned how, as in `android.view.Surface.ROTATION_*`.
    """

    across: AxisRange
    down: AxisRange
    natural: Screen
    quarters: int = 0

    @property
    def screen(self) -> Screen:
        """The screen as it is turned."""
        return turned(self.natural, self.quarters)

    def position(self, x: int, y: int) -> Position:
        """The pixel under panel units `x`, `y`, kept on the screen.

        The scale is that of Android's TouchInputMapper: pixels over (high - low + 1).
        """
        wide, high = self.natural.size.width, self.natural.size.height
        nat_x = (x - self.across.low) * wide / (self.across.high - self.across.low + 1)
        nat_y = (y - self.down.low) * high / (self.down.high - self.down.low + 1)
        points = (
            (nat_x, nat_y),
            (nat_y, wide - nat_x),
            (wide - nat_x, high - nat_y),
            (high - nat_y, nat_x),
        )
        right, bottom = points[self.quarters % 4]
        size = self.screen.size
        pixel = Point(_within(right, size.width), _within(bottom, size.height))
        return Position(pixel, self.screen)

    def units(self, x: float, y: float) -> tuple[int, int]:
        """What the panel reports for the middle of a pixel of the screen as it is turned."""
        wide, high = self.natural.size.width, self.natural.size.height
        right, bottom = x + 0.5, y + 0.5
        points = (
            (right, bottom),
            (wide - bottom, right),
            (wide - right, high - bottom),
            (bottom, high - right),
        )
        nat_x, nat_y = points[self.quarters % 4]
        return (
            self.across.low + int(nat_x * (self.across.high - self.across.low + 1) / wide),
            self.down.low + int(nat_y * (self.down.high - self.down.low + 1) / high),
        )


def _within(value: float, extent: int) -> float:
    return float(min(max(math.floor(value), 0), extent - 1))
