"""Screens of things to buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    icon,
    image,
    part,
    row,
    screen,
    search_pill,
    summary,
    words,
)  # fmt: skip
from models.data.pages.apps.common import GOODS, LONG, money
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


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
    about = part(
        "about",
        "column",
        w.text("name", rng.choice(GOODS), "title"),
        Widget(
            "stars",
            "text",
            {"text": f"({rng.randint(3, 900)})"},
            state={"style": "caption", "rating": rng.randint(3, 5)},
        ),
        w.text("price", money(rng), "title"),
        w.text("body", rng.choice(LONG)),
    )
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
