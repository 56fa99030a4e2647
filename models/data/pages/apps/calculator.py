"""A calculator: a keypad, a converter, the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import bar, make_page

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def calculator(rng: random.Random) -> list[Page]:
    keys = [
        "C",
        "(",
        ")",
        "÷",
        "7",
        "8",
        "9",
        "×",
        "4",
        "5",
        "6",
        "−",
        "1",
        "2",
        "3",
        "+",
        "0",
        ".",
        "%",
        "=",
    ]
    pad = [
        w.button(f"keys/{n}", key, style="primary" if key == "=" else "key")
        for n, key in enumerate(keys)
    ]
    shown = str(rng.randint(0, 10 ** rng.randint(1, 7)))
    main = [
        w.form("keys/screen", w.field("keys/display", "", shown), fixed=True),
        w.grid("keys/pad", 4, *pad),
    ]
    units = [
        w.form(
            "unit/from", w.dropdown("unit/a", "From", "km"), w.field("unit/amount", "Amount", "42")
        ),
        w.form(
            "unit/to",
            w.dropdown("unit/b", "To", "mi"),
            w.button("unit/go", "Apply"),
            w.button("unit/clear", "Clear", style="outline"),
        ),
    ]
    past = [
        w.listed(
            "past/rows",
            *(
                w.row(
                    f"past/{n}",
                    f"{rng.randint(2, 99)} + {rng.randint(2, 99)}",
                    f"= {rng.randint(100, 999)}",
                )
                for n in range(rng.randint(3, 6))
            ),
        ),
        w.line("past/actions", w.button("past/clear", "Clear", "trash", "outline")),
    ]
    kinds = w.tabs("keys/kind", ["Calculator", "Converter", "History"], 0)
    first = [w.form("keys/kinds", kinds), *main] if rng.random() < 0.5 else main
    return [
        make_page("calculator", "keys", "Calculator", first, bar(rng, "clock", "more")),
        make_page("calculator", "units", "Converter", units, bar(rng, "refresh", back=True)),
        make_page("calculator", "past", "History", past, bar(rng, "search", back=True)),
    ]
