"""Screens of cards: feeds, shops, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    flat,
    image,
    keys,
    part,
    row,
    screen,
    search_pill,
    sentence,
    summary,
    tabs,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import LONG, PEOPLE
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen


def feed(rng: random.Random) -> Screen:
    """Posts: who, a picture, words and a line of keys."""
    pictures = rng.random() < 0.8
    parts: list[Part] = []
    for n in range(rng.randint(2, 4)):
        head = row(
            f"post{n}/who",
            {"title": rng.choice(PEOPLE), "subtitle": summary(rng)},
            w.icon_button(f"post{n}/more", "more"),
            picture=rng.randrange(9999),
        )
        line = keys(rng, f"post{n}/key", rng.randint(2, 4))
        counts = [w.text(f"post{n}/likes", str(rng.randint(1, 9999)), "caption")] * (
            rng.random() < 0.5
        )
        post = Widget(
            f"post{n}",
            "card",
            {"body": f"{sentence(rng)} {rng.choice(LONG)}"},
            state=_photo(rng, pictures),
            children=(*line, *counts),
        )
        parts += [part(f"who{n}", "list", head), part(f"posts{n}", "cards", post, columns=1)]
    return screen(rng, "feed", *parts, nav_chance=0.6)


def _photo(rng: random.Random, there: bool) -> dict[str, int]:
    return {"picture": rng.randrange(9999), "tall": rng.randint(120, 300)} if there else {}


def cards(rng: random.Random) -> Screen:
    """Cards in one or two columns, with keys of words or of icons."""
    columns = rng.choice((1, 1, 2))
    side, pictures = columns == 1 and rng.random() < 0.4, rng.random() < 0.85
    made = []
    for n, title in enumerate(words(rng, rng.randint(3, 8))):
        worded = columns == 1 and rng.random() < 0.5
        end = (
            flat(rng, f"card{n}/flat", rng.randint(1, 2))
            if worded
            else keys(rng, f"card{n}/key", rng.randint(0, 3))
        )
        shown = {
            "title": f"{title} {n}",
            "body": rng.choice(LONG) if rng.random() < 0.6 else "",
            "meta": summary(rng) if rng.random() < 0.5 else "",
        }
        state = {**_photo(rng, pictures), "side": side, "rating": rng.choice((0, 0, 3, 4, 5))}
        made.append(
            Widget(
                f"card{n}",
                "card",
                {k: v for k, v in shown.items() if v},
                state=state,
                children=tuple(end),
            )
        )
    head = [tabs(rng)] if rng.random() < 0.4 else [search_pill(rng)] if rng.random() < 0.4 else []
    return screen(rng, "cards", *head, part("cards", "cards", *made, columns=columns))


def profile(rng: random.Random) -> Screen:
    """A person: a round picture, numbers, keys, and what they made."""
    who = part(
        "who",
        "centre",
        image("face", rng, 1.0, round=True, tap=True),
        w.text("name", rng.choice(PEOPLE), "title"),
        w.text("says", sentence(rng), "caption"),
    )
    numbers = part(
        "numbers",
        "spread",
        *(w.text(f"number/{n}", f"{rng.randint(1, 999)} {t}") for n, t in enumerate(words(rng, 3))),
    )
    buttons = part(
        "keys",
        "spread",
        w.button("keys/main", word(rng)),
        w.button("keys/other", word(rng), style="outline"),
        *keys(rng, "keys/icon", 1),
    )
    tiles = [image(f"made/{n}", rng, 1.0) for n in range(rng.randint(6, 15))]
    return screen(
        rng,
        "profile",
        who,
        numbers,
        *([buttons] * (rng.random() < 0.7)),
        part("made", "tiles", *tiles),
        nav_chance=0.4,
    )
