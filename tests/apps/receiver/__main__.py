"""A window that writes down all that it receives: `python tests/apps/receiver LOG`.

The upper half is a field that takes presses, wheel and keys and changes its colour on each press;
the lower half is a text box. Each line of LOG is a JSON object with `kind`,
`time_ms` (the server's stamp) and, as it applies, `x` and `y` on the screen, `button`, `value`.
"""

from __future__ import annotations

import sys
import tkinter
from json import dumps
from pathlib import Path

COLOURS = ("#204060", "#c0d0e0")
WHEEL_KINDS = {4: -1, 5: 1}


class Receiver:
    def __init__(self, log: Path) -> None:
        self.log = log.open("a", encoding="utf-8")
        self.presses = 0
        self.root = tkinter.Tk()
        self.root.title("receiver")
        self.root.geometry("600x400+0+0")
        self.field = tkinter.Canvas(self.root, bg=COLOURS[0], highlightthickness=0, takefocus=True)
        self.field.place(x=0, y=0, width=600, height=200)
        self.box = tkinter.Text(self.root, font=("DejaVu Sans", 12))
        self.box.place(x=0, y=200, width=600, height=200)
        self._bind()

    def _bind(self) -> None:
        field = self.field
        field.bind("<ButtonPress>", self._press)
        field.bind("<ButtonRelease>", lambda event: self._pointer("release", event))
        field.bind("<Motion>", lambda event: self._pointer("move", event))
        field.bind("<KeyPress>", lambda event: self._key("key_down", event))
        field.bind("<KeyRelease>", lambda event: self._key("key_up", event))
        self.box.bind("<<Modified>>", self._text)
        field.bind("<Map>", lambda event: self._write("ready"))

    def _press(self, event: tkinter.Event) -> None:
        if event.num in WHEEL_KINDS:
            self._write("wheel", event, value=WHEEL_KINDS[event.num])
            return
        self.field.focus_force()
        self.presses += 1
        self.field.configure(bg=COLOURS[self.presses % 2])
        self._pointer("press", event)

    def _pointer(self, kind: str, event: tkinter.Event) -> None:
        if event.num not in WHEEL_KINDS:
            button = event.num if isinstance(event.num, int) else 0
            self._write(kind, event, button=button)

    def _key(self, kind: str, event: tkinter.Event) -> None:
        self._write(kind, event, value=event.keysym, state=event.state)

    def _text(self, event: tkinter.Event) -> None:
        self._write("text", value=self.box.get("1.0", "end-1c"))
        self.box.edit_modified(False)

    def _write(self, kind: str, event: tkinter.Event | None = None, **facts: object) -> None:
        line = {"kind": kind, **facts}
        if event is not None:
            line |= {"time_ms": event.time, "x": event.x_root, "y": event.y_root}
        self.log.write(dumps(line) + "\n")
        self.log.flush()


Receiver(Path(sys.argv[1])).root.mainloop()
