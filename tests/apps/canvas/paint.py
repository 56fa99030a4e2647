"""Paints the things on a Tk canvas, by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout import Thing

if TYPE_CHECKING:
    import tkinter

    from game import State

_LIGHT = {"back": "#f3f6f8", "ink": "#1d2b36", "faint": "#9fb0bb", "panel": "#ffffff"}
_DARK = {"back": "#16202a", "ink": "#e6edf2", "faint": "#5b6f7d", "panel": "#22313f"}
ACCENTS = {"coral": "#e4572e", "teal": "#17838f", "amber": "#d9930d"}
PIECE_COLOURS = {
    "star": "#d9930d",
    "circle": "#2f7fd1",
    "triangle": "#3a9d4b",
    "diamond": "#a04bb5",
}


@dataclass
class Painter:
    canvas: tkinter.Canvas
    scale: float
    dark: bool

    @property
    def colours(self) -> dict[str, str]:
        return _DARK if self.dark else _LIGHT

    def paint(
        self, items: list[Thing], state: State, held: tuple[str, float, float] | None
    ) -> None:
        """Everything that does not move by itself; `held` is a dragged thing and its offset."""
        self.canvas.configure(background=self.colours["back"])
        self.canvas.delete("still")
        for item in items:
            dx, dy = held[1:] if held and held[0] == item.name else (0.0, 0.0)
            moved = Thing(
                item.name, item.kind, item.x + dx, item.y + dy, item.width, item.height, item.label
            )
            getattr(self, f"_{item.kind}")(moved, state)

    def animate(self, seconds: float, width: float, height: float) -> None:
        """The part that moves by itself: a boat on waves along the lower edge."""
        self.canvas.delete("moving")
        wave = [
            (x, height - 24 + 6 * math.sin(x / 26 + seconds * 3))
            for x in range(0, int(width) + 20, 10)
        ]
        corners = [(width + 20, height), (0, height)]
        self._polygon([*wave, *corners], fill="#4d9bc9", tags="moving")
        x = (seconds * 40) % (width + 80) - 40
        y = height - 34 + 6 * math.sin(x / 26 + seconds * 3)
        self._polygon(
            [(x - 24, y), (x + 24, y), (x + 14, y + 14), (x - 14, y + 14)],
            fill="#8a4b2a",
            tags="moving",
        )
        self._polygon(
            [(x, y - 34), (x + 20, y - 4), (x, y - 4)], fill=self.colours["panel"], tags="moving"
        )

    def _title(self, item: Thing, state: State) -> None:
        self._text(*item.middle, item.label, 34, bold=True)

    def _note(self, item: Thing, state: State) -> None:
        self._text(*item.middle, item.label, 16)

    def _heading(self, item: Thing, state: State) -> None:
        self._text(item.x, item.middle[1], item.label, 22, anchor="w", bold=True)

    def _caption(self, item: Thing, state: State) -> None:
        self._text(item.x, item.middle[1], item.label, 15, anchor="w")

    def _button(self, item: Thing, state: State) -> None:
        self._round(item, 14, fill=ACCENTS[state.colour])
        self._text(*item.middle, item.label, 17, fill="#ffffff", bold=True)

    def _row(self, item: Thing, state: State) -> None:
        self._round(item, 8, fill=self.colours["panel"], outline=self.colours["faint"])
        self._text(item.x + 16, item.middle[1], item.label, 16, anchor="w")

    def _arrow(self, item: Thing, state: State) -> None:
        x, y = item.middle
        self._line([(x + 8, y - 12), (x - 6, y), (x + 8, y + 12)], width=4)

    def _gear(self, item: Thing, state: State) -> None:
        x, y = item.middle
        teeth = [
            (x + r * math.cos(a), y + r * math.sin(a))
            for step in range(32)
            for r, a in [(17 if step % 4 < 2 else 12, step * math.tau / 32)]
        ]
        self._polygon(teeth, fill=self.colours["ink"])
        self._oval(x - 5, y - 5, x + 5, y + 5, fill=self.colours["back"])

    def _slot(self, item: Thing, state: State) -> None:
        self._shape(item, item.label, fill="", outline=self.colours["ink"], width=2, dash=(4, 3))

    def _piece(self, item: Thing, state: State) -> None:
        self._shape(item, item.label, fill=PIECE_COLOURS[item.label])

    def _prize(self, item: Thing, state: State) -> None:
        self._shape(item, "star", fill=PIECE_COLOURS["star"], outline=self.colours["ink"], width=2)

    def _gem(self, item: Thing, state: State) -> None:
        fill = "#5fd3c6" if item.label else "#6b7f8c"
        self._shape(item, "diamond", fill=fill, outline=self.colours["ink"], width=2)

    def _swatch(self, item: Thing, state: State) -> None:
        chosen = item.label == state.colour
        outline = self.colours["ink"] if chosen else self.colours["faint"]
        self._round(item, 10, fill=ACCENTS[item.label], outline=outline, width=4 if chosen else 1)

    def _slider(self, item: Thing, state: State) -> None:
        y = item.middle[1]
        x = item.x + item.width * state.volume / 100
        self._line([(item.x, y), (item.x + item.width, y)], width=5, fill=self.colours["faint"])
        self._line([(item.x, y), (x, y)], width=5, fill=ACCENTS[state.colour])
        self._oval(x - 11, y - 11, x + 11, y + 11, fill=ACCENTS[state.colour])

    def _check(self, item: Thing, state: State) -> None:
        fill = ACCENTS[state.colour] if state.sound else self.colours["panel"]
        self._round(item, 6, fill=fill, outline=self.colours["ink"], width=2)
        if state.sound:
            x, y = item.x, item.y
            self._line(
                [(x + 7, y + 16), (x + 14, y + 23), (x + 26, y + 9)], width=4, fill="#ffffff"
            )

    def _field(self, item: Thing, state: State) -> None:
        outline = ACCENTS[state.colour] if state.typing else self.colours["faint"]
        self._round(item, 6, fill=self.colours["panel"], outline=outline, width=2)
        shown = state.player or "Your name"
        colour = self.colours["ink" if state.player else "faint"]
        self._text(item.x + 12, item.middle[1], shown, 16, anchor="w", fill=colour)

    def _shape(self, item: Thing, shape: str, **style: object) -> None:
        x, y = item.middle
        radius = item.width / 2 - 3
        if shape == "circle":
            self._oval(x - radius, y - radius, x + radius, y + radius, **style)
            return
        corners = {"star": 10, "triangle": 3, "diamond": 4}[shape]
        points = []
        for i in range(corners):
            reach = radius * (0.45 if shape == "star" and i % 2 else 1)
            angle = i * math.tau / corners - math.pi / 2
            points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
        self._polygon(points, **style)

    def _round(self, item: Thing, radius: float, **style: object) -> None:
        x0, y0, x1, y1 = item.x, item.y, item.x + item.width, item.y + item.height
        points = []
        for cx, cy, start in (
            (x1 - radius, y0 + radius, -0.25),
            (x1 - radius, y1 - radius, 0.0),
            (x0 + radius, y1 - radius, 0.25),
            (x0 + radius, y0 + radius, 0.5),
        ):
            for i in range(7):
                angle = (start + i / 24) * math.tau
                points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
        self._polygon(points, **style)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        anchor: str = "center",
        fill: str = "",
        bold: bool = False,
    ) -> None:
        font = ("DejaVu Sans", -round(size * self.scale), "bold" if bold else "normal")
        colour = fill or self.colours["ink"]
        place = (x * self.scale, y * self.scale)
        self.canvas.create_text(
            *place, text=text, font=font, anchor=anchor, fill=colour, tags="still"
        )

    def _line(self, points: list[tuple[float, float]], width: float, fill: str = "") -> None:
        colour, thick = fill or self.colours["ink"], width * self.scale
        self.canvas.create_line(
            self._flat(points),
            width=thick,
            fill=colour,
            capstyle="round",
            joinstyle="round",
            tags="still",
        )

    def _oval(self, x0: float, y0: float, x1: float, y1: float, **style: object) -> None:
        box = self._flat([(x0, y0), (x1, y1)])
        self.canvas.create_oval(box, **self._style(style))

    def _polygon(self, points: list[tuple[float, float]], **style: object) -> None:
        self.canvas.create_polygon(self._flat(points), **self._style(style))

    def _style(self, style: dict[str, object]) -> dict[str, object]:
        width = float(str(style.get("width", 0))) * self.scale
        return {"outline": "", "tags": "still", **style, "width": width}

    def _flat(self, points: list[tuple[float, float]]) -> list[float]:
        return [value * self.scale for point in points for value in point]
