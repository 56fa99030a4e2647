"""A sign-in window of Tk: name, password, a switch that shows it, an echo that repeats it.

    python tests/apps/signin --log FILE

The log has one JSON object a line: what was typed (`name`, `password`) when the button was pressed.
"""

from __future__ import annotations

import argparse
import json
import tkinter
from pathlib import Path

_FONT = ("DejaVu Sans", 16)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", type=Path, required=True)
    log = parser.parse_args().log
    root = tkinter.Tk()
    root.title("Sign in")
    root.geometry("600x420+40+40")
    name, password, shown = tkinter.StringVar(), tkinter.StringVar(), tkinter.BooleanVar()
    echo = tkinter.StringVar()

    def label(text: str, row: int) -> None:
        tkinter.Label(root, text=text, font=_FONT).grid(row=row, column=0, padx=20, pady=16)

    def field(variable: tkinter.StringVar, row: int, **options: str) -> tkinter.Entry:
        entry = tkinter.Entry(root, textvariable=variable, font=_FONT, width=24, **options)
        entry.grid(row=row, column=1)
        return entry

    label("Name", 0)
    field(name, 0)
    label("Password", 1)
    secret = field(password, 1, show="*")

    def show() -> None:
        secret.configure(show="" if shown.get() else "*")

    def repeat(*_: str) -> None:
        echo.set(f"You typed {password.get()}" if shown.get() else "")
        button.configure(state="normal" if password.get() else "disabled")

    def submit() -> None:
        record = {"name": name.get(), "password": password.get()}
        log.write_text(json.dumps(record) + "\n", encoding="utf-8")
        tkinter.Label(root, text="Welcome", font=_FONT).grid(row=5, column=1, pady=30)

    tkinter.Checkbutton(root, text="Show it", variable=shown, command=show, font=_FONT).grid(
        row=2, column=1
    )
    button = tkinter.Button(
        root, text="Enter the shop", command=submit, font=_FONT, state="disabled"
    )
    button.grid(row=3, column=1, pady=10)
    tkinter.Label(root, textvariable=echo, font=_FONT).grid(row=4, column=1)
    password.trace_add("write", repeat)
    root.mainloop()


main()
