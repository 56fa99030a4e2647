"""Screens of small tools: figures, travel, questions, two lists side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    fact,
    flat,
    icon,
    image,
    part,
    row,
    screen,
    sentence,
    summary,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import LONG, PEOPLE, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


def figures(rng: random.Random) -> Screen:
    """Numbers with an icon each, in cards or without: steps, money, data used."""
    facts = [
        part(
            f"fact{n}",
            "spread",
            *(
                fact(f"fact{n}/{m}", str(rng.randint(1, 9999)), icon(rng))
                for m in range(rng.randint(2, 4))
            ),
        )
        for n in range(rng.randint(1, 3))
    ]
    rows = [
        row(
            f"bar/{n}",
            {"title": t, "trail": f"{rng.randint(1, 99)} %"},
            icon=icon(rng),
            value=rng.randint(3, 97),
        )
        for n, t in enumerate(words(rng, rng.randint(3, 6)))
    ]
    chart = image("chart", rng, rng.choice((1.6, 2.2)))
    return screen(
        rng,
        "figures",
        *([part("chart", "centre", chart)] * (rng.random() < 0.5)),
        *facts,
        part("bars", "list", *rows, title=word(rng)),
        nav_chance=0.5,
    )


def timetable(rng: random.Random) -> Screen:
    """Close rows of times and places, small icons in them, fields to search by."""
    ends = part(
        "ends",
        "column",
        w.field("from", "", rng.choice(PEOPLE), icon="pin"),
        w.field("to", "", "", word(rng), icon="flag"),
    )
    rows = [
        row(
            f"trip/{n}",
            {
                "title": f"{time_of_day(rng)} – {time_of_day(rng)}",
                "subtitle": summary(rng),
                "trail": f"{rng.randint(1, 9)} h",
            },
            fact(f"trip/{n}/kind", str(rng.randint(1, 99)), rng.choice(("car", icon(rng)))),
        )
        for n in range(rng.randint(4, 9))
    ]
    pair = part(
        "when",
        "spread",
        w.dropdown("when/day", "Today", time_of_day(rng)),
        w.button("when/go", "Search"),
    )
    return screen(
        rng,
        "timetable",
        ends,
        *([pair] * (rng.random() < 0.6)),
        part("trips", "list", *rows),
        float_chance=0.1,
    )


def quiz(rng: random.Random) -> Screen:
    """A question and answers as wide keys."""
    style = rng.choice(("primary", "outline", "secondary", "plain"))
    answers = [
        w.button(f"answer/{n}", t, style=style) for n, t in enumerate(words(rng, rng.randint(2, 6)))
    ]
    ask = part(
        "ask",
        "centre",
        *([image("ask/photo", rng, 1.4)] * (rng.random() < 0.5)),
        w.text("ask/text", sentence(rng), "title"),
    )
    low = part(
        "low",
        "spread",
        w.text("low/count", f"{rng.randint(1, 9)}/10", "caption"),
        *flat(rng, "low/flat", rng.randint(1, 2)),
        place="bottom",
    )
    return screen(
        rng,
        "quiz",
        ask,
        part("answers", "wide", *answers),
        *([low] * (rng.random() < 0.5)),
        float_chance=0,
        nav_chance=0.1,
    )


def two_panes(rng: random.Random) -> Screen:
    """A list at the side of wide screens, and what was chosen beside it."""
    rows = [
        row(f"side/{n}", {"title": t}, icon=icon(rng))
        for n, t in enumerate(words(rng, rng.randint(5, 10)))
    ]
    body = [
        w.text("body/head", word(rng), "title"),
        *(w.text(f"body/{n}", " ".join(rng.sample(LONG, 2))) for n in range(3)),
    ]
    more = [
        row(
            f"more/{n}",
            {"title": t, "subtitle": summary(rng)},
            w.switch(f"more/{n}/on", "", n == 1),
        )
        for n, t in enumerate(words(rng, 4))
    ]
    return screen(
        rng,
        "two-panes",
        part("side", "list", *rows, place="side"),
        part("body", "column", *body),
        part("more", "list", *more),
        nav_chance=0.1,
    )
