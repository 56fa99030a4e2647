"""Window, mouse and keys of Puzzle Bay, and its log. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import time
import tkinter
from pathlib import Path

from game import Game
from layout import Thing, thing_at, things, visible_rows
from paint import Painter

_FRAME_MS = 60
_TAP_REACH = 8
_LONG_MS = 500
_DOUBLE_MS = 400


class Window:
    def __init__(self, options: argparse.Namespace) -> None:
        self.game = Game()
        self.log = options.log.open("a", encoding="utf-8")
        self.scale = options.scale
        self.root = tkinter.Tk()
        self.root.title("Puzzle Bay")
        size = options.size or f"{self.root.winfo_screenwidth()}x{self.root.winfo_screenheight()}"
        self.root.geometry(f"{size}+0+0")
        self.root.attributes("-fullscreen", options.size is None)
        self.canvas = tkinter.Canvas(self.root, highlightthickness=0)
        self.canvas.pack(fill="both", expand=True)
        self.painter = Painter(self.canvas, self.scale, options.dark)
        self.pressed: tuple[float, float, float, Thing | None] | None = None
        self.held: tuple[str, float, float] | None = None
        self.last_tap: tuple[float, str | None] = (0.0, None)
        self._bind()
        self._animate()
        self.root.update()
        self._write("start", None)

    def _bind(self) -> None:
        self.canvas.bind("<Configure>", lambda _: self._paint())
        self.canvas.bind("<ButtonPress-1>", self._press)
        self.canvas.bind("<B1-Motion>", self._move)
        self.canvas.bind("<ButtonRelease-1>", self._release)
        self.canvas.bind("<ButtonPress-4>", lambda _: self._scroll(-1))
        self.canvas.bind("<ButtonPress-5>", lambda _: self._scroll(1))
        self.root.bind("<Key>", self._key)
        self.canvas.focus_force()

    @property
    def size(self) -> tuple[float, float]:
        return self.canvas.winfo_width() / self.scale, self.canvas.winfo_height() / self.scale

    def _items(self) -> list[Thing]:
        return things(self.game.state, *self.size)

    def _at(self, event: tkinter.Event) -> tuple[float, float]:
        return event.x / self.scale, event.y / self.scale

    def _press(self, event: tkinter.Event) -> None:
        x, y = self._at(event)
        thing = thing_at(self._items(), x, y)
        self.pressed = (event.time, x, y, thing)
        if thing and thing.kind == "slider":
            self._slide(thing, x)

    def _move(self, event: tkinter.Event) -> None:
        if self.pressed is None or self.pressed[3] is None:
            return
        _, x0, y0, thing = self.pressed
        x, y = self._at(event)
        if thing.kind == "piece":
            self.held = (thing.name, x - x0, y - y0)
            self._paint()
        elif thing.kind == "slider":
            self._slide(thing, x)

    def _release(self, event: tkinter.Event) -> None:
        if self.pressed is None:
            return
        began, x0, y0, thing = self.pressed
        self.pressed = self.held = None
        x, y = self._at(event)
        if max(abs(x - x0), abs(y - y0)) > _TAP_REACH:
            self._dropped(thing, x, y, event.time - began)
        elif event.time - began >= _LONG_MS:
            self.game.long_press(_name(thing))
            self._write("long_press", thing, held_ms=event.time - began)
        else:
            self._tapped(thing, event.time)
        self._paint()

    def _dropped(self, thing: Thing | None, x: float, y: float, held_ms: float) -> None:
        below = [item for item in self._items() if item.name != _name(thing)]
        onto = thing_at(below, x, y)
        self.game.drop(_name(thing), _name(onto))
        self._write("drag", thing, to=_name(onto), to_box=self._box(onto), held_ms=held_ms)

    def _tapped(self, thing: Thing | None, now: float) -> None:
        name = _name(thing)
        if name is not None and self.last_tap[1] == name and now - self.last_tap[0] < _DOUBLE_MS:
            self.last_tap = (0.0, None)
            self.game.double_tap(name)
            self._write("double_tap", thing)
            return
        self.last_tap = (now, name)
        self.game.tap(name)
        self._write("tap", thing)

    def _slide(self, thing: Thing, x: float) -> None:
        self.game.set_volume(100 * (x - thing.x) / thing.width)
        self._paint()

    def _scroll(self, rows: int) -> None:
        self.game.scroll(rows, visible_rows(self.size[1]))
        self._write("scroll", None)
        self._paint()

    def _key(self, event: tkinter.Event) -> None:
        if event.char and event.char.isprintable():
            self.game.type(event.char)
            self._write("type", None, text=event.char)
        else:
            self.game.key(event.keysym)
            self._write("key", None, key=event.keysym)
        self._paint()

    def _paint(self) -> None:
        self.painter.paint(self._items(), self.game.state, self.held)

    def _animate(self) -> None:
        self.painter.animate(_now() / 1e3, *self.size)
        self.root.after(_FRAME_MS, self._animate)

    def _box(self, thing: Thing | None) -> list[float] | None:
        if thing is None:
            return None
        right, bottom = thing.x + thing.width, thing.y + thing.height
        return [value * self.scale for value in (thing.x, thing.y, right, bottom)]

    def _write(self, action: str, thing: Thing | None, **facts: object) -> None:
        entry = {"ms": _now(), "action": action, "object": _name(thing), "box": self._box(thing)}
        entry |= facts
        self.log.write(json.dumps({**entry, "state": self.game.as_dict()}) + "\n")
        self.log.flush()


def _name(thing: Thing | None) -> str | None:
    return thing.name if thing else None


def _now() -> float:
    return time.clock_gettime(time.CLOCK_MONOTONIC) * 1e3


def main() -> None:
    environment = os.environ
    parser = argparse.ArgumentParser(prog="canvas", description="A game that draws itself.")
    parser.add_argument("--log", type=Path, default=environment.get("PUZZLE_BAY_LOG"))
    parser.add_argument("--scale", type=float, default=environment.get("QT_SCALE_FACTOR", "1"))
    dark = environment.get("GTK_THEME", "").endswith(":dark")
    parser.add_argument("--dark", action="store_true", default=dark)
    parser.add_argument("--size", help="WIDTHxHEIGHT in pixels; the whole display if not given")
    options = parser.parse_args()
    if options.log is None:
        parser.error("say where to log: --log FILE or PUZZLE_BAY_LOG")
    Window(options).root.mainloop()


main()
