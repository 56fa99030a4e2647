"""Screens of pictures, sound and film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
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
from models.data.pages.apps.common import LONG, PEOPLE, SONGS, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen


def player(rng: random.Random) -> Screen:
    """A cover, a seek bar and transport keys."""
    cover = image("cover", rng, rng.choice((1.0, 1.0, 1.6)), round=rng.random() < 0.15)
    names = part(
        "names",
        "centre",
        w.text("song", rng.choice(SONGS), "title"),
        w.text("artist", rng.choice(PEOPLE), "caption"),
    )
    seek = part(
        "seek",
        "spread",
        w.text("at", time_of_day(rng), "caption"),
        w.slider("seek/bar", "", rng.randint(2, 95)),
        w.text("end", time_of_day(rng), "caption"),
    )
    low = part("extra", "spread", *keys(rng, "extra", rng.randint(2, 5)))
    body = [part("art", "centre", cover), names, seek, _transport(rng)]
    if rng.random() < 0.6:
        body.append(low)
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.35 else ""
    return screen(
        rng, "player", *body, backdrop=scene, bar="toolbar", nav_chance=0.1, float_chance=0
    )


def _transport(rng: random.Random) -> Part:
    big = rng.choice((32, 40, 48, 56))
    middle = w.icon_button(
        "transport/play",
        rng.choice(("play", "pause")),
        size=big,
        **({"plate": "solid"} if rng.random() < 0.4 else {}),
    )
    near = [
        w.icon_button(f"transport/{n}", n, size=rng.choice((24, 28, 32, 36)))
        for n in ("previous", "next")
    ]
    line = [near[0], middle, near[1]]
    if rng.random() < 0.6:
        line = [
            w.icon_button("transport/shuffle", "shuffle"),
            *line,
            w.icon_button("transport/repeat", "repeat"),
        ]
    return part("transport", "spread", *line)


def songs(rng: random.Random) -> Screen:
    """A list of sounds and, at the bottom, the one that plays."""
    rows = [
        row(
            f"song/{n}",
            {
                "title": f"{rng.choice(SONGS)} {n + 1}",
                "subtitle": rng.choice(PEOPLE),
                "trail": time_of_day(rng) if rng.random() < 0.5 else "",
            },
            w.icon_button(f"song/{n}/more", "more"),
            picture=rng.randrange(9999),
            thumb=rng.random() < 0.3,
        )
        for n in range(rng.randint(6, 12))
    ]
    now = row(
        "now",
        {"title": rng.choice(SONGS), "subtitle": summary(rng)},
        w.icon_button("now/play", "pause"),
        *keys(rng, "now/key", rng.randint(0, 2)),
        picture=rng.randrange(9999),
    )
    return screen(
        rng,
        "songs",
        tabs(rng),
        part("songs", "list", *rows),
        part("now-playing", "list", now, place="bottom"),
    )


def gallery(rng: random.Random) -> Screen:
    """Thumbnails close together; with captions, or words on them."""
    captions, over = rng.random() < 0.45, rng.random() < 0.3
    ratio = rng.choice((1.0, 1.0, 1.5, 0.7))
    tiles = [
        image(
            f"tile/{n}",
            rng,
            ratio,
            over=over and captions,
            caption=text if captions else "",
            sub=summary(rng) if captions and rng.random() < 0.4 else "",
        )
        for n, text in enumerate(words(rng, rng.randint(8, 24)))
    ]
    head = [tabs(rng)] if rng.random() < 0.4 else [search_pill(rng)] if rng.random() < 0.3 else []
    return screen(rng, "gallery", *head, part("tiles", "tiles", *tiles))


def carousels(rng: random.Random) -> Screen:
    """Rows of covers that are cut off at the edge."""
    parts = []
    for line in range(rng.randint(2, 4)):
        ratio = rng.choice((1.0, 0.66, 1.6))
        tiles = [
            image(
                f"line{line}/{n}",
                rng,
                ratio,
                caption=text,
                sub=rng.choice(PEOPLE) if rng.random() < 0.4 else "",
            )
            for n, text in enumerate(words(rng, rng.randint(5, 9)))
        ]
        parts.append(part(f"line{line}", "carousel", *tiles, title=word(rng)))
    if rng.random() < 0.4:
        hero = image("hero", rng, rng.choice((1.3, 1.8)), caption=word(rng), sub=rng.choice(LONG))
        parts.insert(0, part("hero", "hero", hero))
    if rng.random() < 0.4:
        parts.insert(0, part("chips", "carousel", w.chips("chips/kind", words(rng, 7), 0)))
    return screen(rng, "carousels", *parts, nav_chance=0.7, float_chance=0.1)


def film(rng: random.Random) -> Screen:
    """A film with its title, keys below it and others that are like it."""
    hero = image("film", rng, 1.78, caption=time_of_day(rng))
    names = part(
        "about",
        "column",
        w.text("title", sentence(rng), "title"),
        w.text("views", summary(rng), "caption"),
    )
    actions = part("actions", "spread", *keys(rng, "actions", rng.randint(3, 5)))
    rows = [
        row(
            f"next/{n}",
            {"title": f"{sentence(rng)} {n}", "subtitle": rng.choice(PEOPLE)},
            w.icon_button(f"next/{n}/more", "more"),
            picture=rng.randrange(9999),
            thumb=True,
        )
        for n in range(rng.randint(4, 8))
    ]
    return screen(
        rng,
        "film",
        part("hero", "hero", hero),
        names,
        actions,
        part("next", "list", *rows, title=word(rng)),
        bar=rng.choice(("toolbar", "none")),
        float_chance=0,
    )
