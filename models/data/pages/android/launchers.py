"""Screens of icons in a grid."""

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
    sentence,
    summary,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import GOODS, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


def launcher(rng: random.Random) -> Screen:
    """Icons of applications over a photo."""
    apps = [
        image(f"app/{n}", rng, 1.0, caption=text)
        for n, text in enumerate(words(rng, rng.randint(8, 24)))
    ]
    dock = [image(f"dock/{n}", rng, 1.0) for n in range(rng.randint(3, 5))]
    search = [search_pill(rng)] if rng.random() < 0.5 else []
    clock = [
        part(
            "clock",
            "centre",
            w.text("clock", time_of_day(rng), "display"),
            w.text("date", summary(rng)),
        )
    ]
    return screen(
        rng,
        "launcher",
        *search,
        *(clock * (rng.random() < 0.5)),
        part("apps", "icons", *apps, columns=rng.randint(3, 5)),
        part("dots", "dots", columns=rng.randint(2, 5)),
        part("dock", "icons", *dock, columns=len(dock)),
        bar="none",
        backdrop=f"photo:{rng.randrange(9999)}",
        nav_chance=0,
        float_chance=0,
    )


def dashboard(rng: random.Random) -> Screen:
    """Large icons in a grid, each with its name."""
    parts = []
    for n in range(rng.randint(1, 3)):
        apps = [
            image(f"tool{n}/{m}", rng, 1.0, caption=t)
            for m, t in enumerate(words(rng, rng.randint(4, 9)))
        ]
        parts.append(
            part(
                f"tools{n}",
                "icons",
                *apps,
                columns=rng.randint(3, 4),
                title=word(rng) if rng.random() < 0.6 else "",
            )
        )
    rows = [
        row(f"rest/{n}", {"title": t}, icon=icon(rng))
        for n, t in enumerate(words(rng, rng.randint(2, 5)))
    ]
    return screen(rng, "dashboard", *parts, part("rest", "list", *rows), nav_chance=0.5)


def switches(rng: random.Random) -> Screen:
    """Round keys with names below them, as in the quick settings; a slider above."""
    cells = [
        w.icon_button(f"quick/{n}", icon(rng), plate=rng.choice(("solid", "disc")))
        for n in range(rng.choice((4, 8, 9, 12)))
    ]
    light = part(
        "light",
        "spread",
        w.icon_button("light/icon", "sun"),
        w.slider("light/bar", "", rng.randint(5, 95)),
    )
    told = [
        row(
            f"told/{n}",
            {"title": rng.choice(GOODS), "subtitle": sentence(rng), "trail": time_of_day(rng)},
            icon=icon(rng),
        )
        for n in range(rng.randint(1, 4))
    ]
    return screen(
        rng,
        "switches",
        light,
        part("quick", "icons", *cells, columns=rng.choice((3, 4, 5))),
        part("told", "list", *told),
        bar="none",
        nav_chance=0,
        float_chance=0,
    )
