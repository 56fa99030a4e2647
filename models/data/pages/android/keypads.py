"""Screens of keys in a grid: calculator, digits, days of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    icon,
    part,
    row,
    screen,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import time_of_day
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


def calculator(rng: random.Random) -> Screen:
    """A number above a grid of keys."""
    faces = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", ".", "0", "=", "+"]
    extra = rng.choice(([], ["C", "(", ")", "%"], ["sin", "cos", "tan", "π"]))
    made = [
        w.button(
            f"key/{n}", face, style="primary" if face in "÷×−+=" and rng.random() < 0.8 else "key"
        )
        for n, face in enumerate(extra + faces)
    ]
    shown = part(
        "shown",
        "column",
        w.text("shown/sum", f"{rng.randint(1, 99)}×{rng.randint(1, 99)}", "caption"),
        w.text("shown/value", str(rng.randint(1, 99999)), "display"),
        place="top",
    )
    return screen(
        rng,
        "calculator",
        shown,
        part("keys", "keys", *made, columns=4),
        bar=rng.choice(("none", "toolbar")),
        nav_chance=0,
        float_chance=0,
        overlay_chance=0.05,
    )


def dialer(rng: random.Random) -> Screen:
    """Digits, with letters below them to dial by, without to unlock by."""
    lettered = rng.random() < 0.6
    letters = ("", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", "")
    made: list[Widget] = []
    for n, digit in enumerate("123456789*0#"):
        small = {"small": letters[n]} if lettered and letters[n] else {}
        made.append(Widget(f"key/{n}", "button", {"text": digit, **small}, state={"style": "key"}))
    if rng.random() < 0.4:
        made[9] = w.icon_button("key/9", rng.choice(("close", "key", "person")))
        made[11] = w.icon_button("key/11", rng.choice(("back", "check", "forward")))
    number = part(
        "number",
        "centre",
        w.text(
            "number/shown",
            rng.choice((time_of_day(rng), str(rng.randint(100, 99999999)))),
            "display",
        ),
        place="top",
    )
    call = part("call", "centre", w.icon_button("call/go", "phone", plate="solid"), place="bottom")
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.25 else ""
    return screen(
        rng,
        "dialer",
        number,
        part("keys", "keys", *made, columns=3),
        *([call] * (rng.random() < 0.6)),
        backdrop=scene,
        bar=rng.choice(("none", "toolbar")),
        nav_chance=0.2,
        float_chance=0,
        overlay_chance=0.03,
    )


def month(rng: random.Random) -> Screen:
    """Days in a grid, and what is to be done on one of them."""
    marked = rng.randint(1, 28)
    days = [
        w.button(f"day/{n}", str(n), style="primary" if n == marked else "key")
        for n in range(1, 32)
    ]
    rows = [
        row(
            f"event/{n}",
            {"title": t, "subtitle": time_of_day(rng)},
            icon=rng.choice(("", icon(rng))),
        )
        for n, t in enumerate(words(rng, rng.randint(1, 4)))
    ]
    head = part(
        "head",
        "spread",
        w.icon_button("head/last", "back"),
        w.text("head/month", f"{word(rng)} {rng.randint(2012, 2030)}"),
        w.icon_button("head/next", "forward"),
    )
    return screen(
        rng,
        "month",
        head,
        part("days", "keys", *days, columns=7),
        part("events", "list", *rows),
        float_chance=0.5,
    )
