"""A window that fills the display: it turns from black to white and back on each press.

    python tests/apps/stage --log FILE [--fps 25 [--busy]]

The log has one JSON object a line: `{"shown": n, "ms": t}` when the server had drawn the answer to
the nth press, by CLOCK_MONOTONIC. With `--fps` eight balls move over it, so many times a second;
with `--busy` all of the window changes every time.
"""

from __future__ import annotations

import argparse
import json
import select
import time
from pathlib import Path
from typing import TextIO

from Xlib import X, display

_BALL = 160
_BALLS = 8


class Stage:
    def __init__(self, options: argparse.Namespace, log: TextIO) -> None:
        self.log, self.options = log, options
        self.display = display.Display()
        screen = self.display.screen()
        self.width, self.height = screen.width_in_pixels, screen.height_in_pixels
        self.window = screen.root.create_window(
            *(0, 0, self.width, self.height, 0, screen.root_depth),
            background_pixel=0,
            override_redirect=True,
            event_mask=X.ButtonPressMask | X.ExposureMask,
        )
        self.context = self.window.create_gc()
        self.window.map()
        self.display.sync()
        self.presses = self.step = 0

    def run(self) -> None:
        interval = 1 / self.options.fps if self.options.fps else None
        due = time.monotonic()
        while True:
            wait = None if interval is None else max(0.0, due - time.monotonic())
            if not self.display.pending_events():
                select.select([self.display], [], [], wait)
            while self.display.pending_events():
                self.take(self.display.next_event())
            if interval is not None and time.monotonic() >= due:
                due += interval
                self.animate()

    def take(self, event: object) -> None:
        if event.type == X.ButtonPress:
            self.presses += 1
            self.fill(0xFFFFFF if self.presses % 2 else 0)
        elif event.type == X.Expose and event.count == 0:
            self.write({"ready": True})

    def fill(self, color: int) -> None:
        self.context.change(foreground=color)
        self.window.fill_rectangle(self.context, 0, 0, self.width, self.height)
        self.display.sync()
        self.write({"shown": self.presses, "ms": time.clock_gettime(time.CLOCK_MONOTONIC) * 1e3})

    def animate(self) -> None:
        if self.options.busy:
            self.stripes()
        for number in range(_BALLS):
            self.ball(self.step - 1, number, 0)
        for number in range(_BALLS):
            self.ball(self.step, number, (0x40A0F0, 0xF0A040, 0x40F060, 0xD040D0)[number % 4])
        self.step += 1
        self.display.sync()

    def ball(self, step: int, number: int, color: int) -> None:
        x = (number * 230 + step * (5 + number)) % (self.width - _BALL)
        y = (number * 120 + step * (3 + number)) % (self.height - _BALL)
        self.context.change(foreground=color)
        self.window.fill_arc(self.context, x, y, _BALL, _BALL, 0, 360 * 64)

    def stripes(self) -> None:
        for top in range(0, self.height, 24):
            shade = (top * 3 + self.step * 7) % 256
            self.context.change(foreground=shade << 16 | (255 - shade) << 8 | 0x60)
            self.window.fill_rectangle(self.context, 0, top, self.width, 24)

    def write(self, record: dict) -> None:
        self.log.write(json.dumps(record) + "\n")
        self.log.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--fps", type=float, default=0.0)
    parser.add_argument("--busy", action="store_true")
    options = parser.parse_args()
    with options.log.open("a", encoding="utf-8") as log:
        Stage(options, log).run()


main()
