"""Screens to look at one thing: an article, a page, a camera, a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    image,
    keys,
    part,
    screen,
    sentence,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import LONG, PEOPLE, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen
    from models.data.pages.model import Widget


def camera(rng: random.Random) -> Screen:
    """Icons over a picture that fills the screen, and a round key."""
    top = part("top", "spread", *keys(rng, "top", rng.randint(2, 5)), place="top")
    modes = part("modes", "carousel", w.chips("modes/chips", words(rng, 5), 1), place="bottom")
    shoot = part(
        "shoot",
        "spread",
        image("shoot/last", rng, 1.0, round=True, tap=True, size=48),
        w.icon_button("shoot/go", "camera", plate="solid"),
        w.icon_button("shoot/turn", "refresh"),
        place="bottom",
    )
    stack = part("stack", "stack", *keys(rng, "stack", rng.randint(1, 3)), place="over")
    return screen(
        rng,
        "camera",
        top,
        *([stack] * (rng.random() < 0.5)),
        *([modes] * (rng.random() < 0.5)),
        shoot,
        bar="none",
        backdrop=f"photo:{rng.randrange(9999)}",
        nav_chance=0,
        float_chance=0,
        overlay_chance=0.05,
    )


def film_controls(rng: random.Random) -> Screen:
    """A film that runs: transport keys and a seek bar over it."""
    middle = part(
        "middle",
        "spread",
        *(
            w.icon_button(f"middle/{n}", n, size=rng.choice((32, 40, 56)))
            for n in ("previous", "pause", "next")
        ),
    )
    seek = part(
        "seek",
        "spread",
        w.text("seek/at", time_of_day(rng), "caption"),
        w.slider("seek/bar", "", rng.randint(1, 99)),
        *keys(rng, "seek/key", rng.randint(1, 3)),
        place="bottom",
    )
    return screen(
        rng,
        "film-controls",
        middle,
        seek,
        bar="toolbar",
        title=sentence(rng),
        backdrop=f"photo:{rng.randrange(9999)}",
        nav_chance=0,
        float_chance=0,
        overlay_chance=0.05,
    )


def _line(rng: random.Random, number: int) -> Widget:
    if rng.random() < 0.5:
        return w.link(f"page/link{number}", f"{word(rng)} {number}")
    return w.text(f"page/text{number}", " ".join(rng.sample(LONG, 2)))


def browser(rng: random.Random) -> Screen:
    """An address, a page of words and links, keys at the bottom."""
    address = part(
        "address",
        "spread",
        *keys(rng, "address/lead", rng.randint(0, 1)),
        w.field("address/field", "", "example.org", icon=rng.choice(("lock", ""))),
        *keys(rng, "address/key", rng.randint(1, 3)),
        place="top",
    )
    lines = [w.text("page/head", sentence(rng), "title")]
    lines += [_line(rng, n) for n in range(rng.randint(3, 7))]
    lines += [image("page/photo", rng, 1.6)] * (rng.random() < 0.5)
    foot = part(
        "foot",
        "spread",
        *(w.icon_button(f"foot/{n}", n) for n in ("back", "forward", "home", "bookmark", "more")),
        place="bottom",
    )
    return screen(
        rng,
        "browser",
        address,
        part("page", "column", *lines),
        *([foot] * (rng.random() < 0.6)),
        bar="none",
        nav_chance=0,
        float_chance=0,
    )


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
