"""Screens of cards: feeds, shops, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    flat, icon, image, keys, part, row, screen, search_pill, sentence, summary, tabs, word, words,
)  # fmt: skip
from models.data.pages.apps.common import GOODS, LONG, PEOPLE, money
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen


def feed(rng: random.Random) -> Screen:
    """Posts: who, a picture, words and a line of keys."""
    pictures = rng.random() < 0.8
    parts: list[Part] = []
    for n in range(rng.randint(2, 4)):
        head = row(f"post{n}/who", {"title": rng.choice(PEOPLE), "subtitle": summary(rng)},
                   w.icon_button(f"post{n}/more", "more"), picture=rng.randrange(9999))  # fmt: skip
        line = keys(rng, f"post{n}/key", rng.randint(2, 4))
        counts = [w.text(f"post{n}/likes", str(rng.randint(1, 9999)), "caption")] * (
            rng.random() < 0.5
        )
        post = Widget(f"post{n}", "card", {"body": f"{sentence(rng)} {rng.choice(LONG)}"},
                      state=_photo(rng, pictures), children=(*line, *counts))  # fmt: skip
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


def goods(rng: random.Random) -> Screen:
    """Things to buy as tiles, with prices."""
    tiles = [
        image(
            f"good/{n}",
            rng,
            rng.choice((1.0, 0.8)),
            caption=f"{rng.choice(GOODS)} {n}",
            sub=money(rng),
        )
        for n in range(rng.randint(6, 14))
    ]
    chips = [part("chips", "carousel", w.chips("chips/kind", words(rng, rng.randint(4, 8)), 0))]
    return screen(
        rng,
        "goods",
        search_pill(rng),
        *(chips * (rng.random() < 0.6)),
        part("goods", "tiles", *tiles),
        nav_chance=0.6,
        float_chance=0.1,
    )


def product(rng: random.Random) -> Screen:
    """One thing: photo, name, stars, price, how many, and the key to buy it."""
    photo = image("photo", rng, rng.choice((1.0, 1.4, 1.8)))
    about = part("about", "column", w.text("name", rng.choice(GOODS), "title"),
                 Widget("stars", "text", {"text": f"({rng.randint(3, 900)})"}, state={"style": "caption", "rating": rng.randint(3, 5)}),
                 w.text("price", money(rng), "title"), w.text("body", rng.choice(LONG)))  # fmt: skip
    sizes = part(
        "sizes",
        "line",
        w.chips("sizes/chips", ["S", "M", "L", "XL", "XXL"][: rng.randint(3, 5)], 1),
    )
    stepper = part(
        "stepper",
        "line",
        w.icon_button("stepper/less", "remove"),
        w.text("stepper/count", str(rng.randint(1, 9))),
        w.icon_button("stepper/more", "add"),
    )
    buy = part(
        "buy",
        "wide",
        w.button("buy/now", "Add to cart", rng.choice(("", "cart"))),
        place=rng.choice(("bottom", "content")),
    )
    more = [
        row(f"more/{n}", {"title": t, "subtitle": summary(rng)}, icon=rng.choice(("", icon(rng))))
        for n, t in enumerate(words(rng, rng.randint(1, 4)))
    ]
    middle = [sizes] * (rng.random() < 0.6) + [stepper] * (rng.random() < 0.7)
    return screen(
        rng,
        "product",
        part("photo", "hero", photo),
        about,
        *middle,
        part("more", "list", *more),
        buy,
        nav_chance=0.1,
        float_chance=0.2,
    )


def basket(rng: random.Random) -> Screen:
    """What will be bought: pictures, prices, steppers."""
    rows = []
    for n in range(rng.randint(3, 6)):
        stepper = (
            w.icon_button(f"item/{n}/less", "remove"),
            w.text(f"item/{n}/count", str(rng.randint(1, 9))),
            w.icon_button(f"item/{n}/add", "add"),
        )
        end = stepper if rng.random() < 0.8 else (w.icon_button(f"item/{n}/trash", "trash"),)
        rows.append(
            row(
                f"item/{n}",
                {"title": f"{rng.choice(GOODS)} {n}", "subtitle": money(rng)},
                *end,
                picture=rng.randrange(9999),
                thumb=rng.random() < 0.6,
            )
        )
    total = part(
        "total",
        "spread",
        w.text("total/sum", money(rng), "title"),
        w.button("total/go", rng.choice(("Checkout", "Place order"))),
        place="bottom",
    )
    return screen(rng, "basket", part("items", "list", *rows), total, float_chance=0)


def article(rng: random.Random) -> Screen:
    """A text to read, under a picture."""
    text = [
        w.text(f"text/{n}", " ".join(rng.sample(LONG, len(LONG)))) for n in range(rng.randint(3, 6))
    ]
    head = [
        w.text("headline", sentence(rng), "title"),
        w.text(
            "byline",
            f"{rng.choice(PEOPLE)} · {rng.randint(1, 28)}.{rng.randint(1, 12)}.",
            "caption",
        ),
    ]
    photo = [part("photo", "hero", image("photo", rng, 1.6))] * (rng.random() < 0.7)
    foot = part("foot", "spread", *keys(rng, "foot", rng.randint(3, 5)), place="bottom")
    return screen(
        rng,
        "article",
        *photo,
        part("text", "column", *head, *text),
        *([foot] * (rng.random() < 0.4)),
        float_chance=0.3,
        nav_chance=0.1,
    )


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
