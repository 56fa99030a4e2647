"""Screens for every day: weather, clocks, things to do, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    fact,
    icon,
    keys,
    part,
    row,
    screen,
    search_pill,
    summary,
    tabs,
    word,
    words,
)  # fmt: skip
from models.data.pages.apps.common import CHORES, LONG, time_of_day
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


def weather(rng: random.Random) -> Screen:
    """A large number over a photo, hours in a line that is cut off, days below each other."""
    now = part(
        "now",
        "centre",
        w.text("now/city", rng.choice(("Oslo", "Porto", "Graz", "Lyon", "Kyoto"))),
        w.text("now/degrees", f"{rng.randint(-9, 38)}°", "display"),
        w.text("now/sky", word(rng), "caption"),
    )
    hours = [
        fact(
            f"hour/{n}",
            f"{n + rng.randint(6, 9)}:00",
            rng.choice(("sun", "cloud", "moon", icon(rng))),
        )
        for n in range(8)
    ]
    days = [
        row(
            f"day/{n}",
            {"title": t, "trail": f"{rng.randint(5, 30)}° / {rng.randint(-5, 5)}°"},
            icon=rng.choice(("sun", "cloud", "moon")),
        )
        for n, t in enumerate(words(rng, 6))
    ]
    scene = f"photo:{rng.randrange(9999)}" if rng.random() < 0.6 else ""
    return screen(
        rng,
        "weather",
        now,
        part("hours", "carousel", *hours),
        part("days", "list", *days),
        backdrop=scene,
        bar="toolbar",
        float_chance=0.1,
    )


def stopwatch(rng: random.Random) -> Screen:
    """Large digits, round keys, laps."""
    shown = part(
        "shown",
        "centre",
        w.text(
            "shown/time",
            f"{rng.randint(0, 59):02}:{rng.randint(0, 59):02}.{rng.randint(0, 99):02}",
            "display",
        ),
    )
    laps = [
        row(f"lap/{n}", {"title": f"# {n}", "trail": time_of_day(rng)})
        for n in range(1, rng.randint(2, 7))
    ]
    round_keys = part(
        "go",
        "spread",
        w.icon_button("go/reset", rng.choice(("refresh", "close", "flag"))),
        w.icon_button("go/play", rng.choice(("play", "pause")), plate="solid"),
        w.icon_button("go/share", rng.choice(("timer", "share", "add"))),
        place=rng.choice(("content", "bottom")),
    )
    return screen(
        rng,
        "stopwatch",
        *([tabs(rng)] * (rng.random() < 0.6)),
        shown,
        part("laps", "list", *laps),
        round_keys,
        float_chance=0,
    )


def alarms(rng: random.Random) -> Screen:
    """Times in large digits with a switch each."""
    rows = [
        row(
            f"alarm/{n}",
            {"title": time_of_day(rng), "subtitle": word(rng)},
            w.switch(f"alarm/{n}/on", "", rng.random() < 0.5),
            large=True,
        )
        for n in range(rng.randint(2, 7))
    ]
    return screen(
        rng,
        "alarms",
        *([tabs(rng)] * (rng.random() < 0.6)),
        part("alarms", "list", *rows),
        float_chance=0.9,
    )


def chores(rng: random.Random) -> Screen:
    """A box before each thing to do; some with a key at the end."""
    rows = []
    for n in range(rng.randint(5, 12)):
        box = w.checkbox(f"todo/{n}/box", "", rng.random() < 0.4, first=True)
        end = [w.icon_button(f"todo/{n}/key", rng.choice(("star", "trash", "more", "flag")))] * (
            rng.random() < 0.5
        )
        shown = {
            "title": f"{rng.choice(CHORES)} {n}",
            "subtitle": summary(rng) if rng.random() < 0.3 else "",
        }
        rows.append(row(f"todo/{n}", shown, box, *end))
    return screen(
        rng,
        "chores",
        part("todo", "list", *rows, title=rng.choice(("", word(rng)))),
        float_chance=0.8,
    )


def pick_one(rng: random.Random) -> Screen:
    """A radio button in each row, before the words or after them."""
    first, chosen = rng.random() < 0.5, rng.randrange(4)
    rows = [
        row(
            f"pick/{n}",
            {"title": text, "subtitle": summary(rng) if rng.random() < 0.4 else ""},
            Widget(
                f"pick/{n}/dot",
                "radios",
                {},
                state={"selected": 0 if n == chosen else 9, "count": 1, "first": first},
            ),
        )
        for n, text in enumerate(words(rng, rng.randint(4, 10)))
    ]
    done = part("done", "wide", w.button("done/go", word(rng)), place="bottom")
    return screen(
        rng,
        "pick-one",
        part("pick", "list", *rows),
        *([done] * (rng.random() < 0.4)),
        float_chance=0.1,
    )


def notes(rng: random.Random) -> Screen:
    """Cards of words in two columns, in colours."""
    made = [
        Widget(
            f"note/{n}",
            "card",
            {"title": text, "body": " ".join(rng.sample(LONG, rng.randint(1, 3)))},
            state={"tone": rng.randrange(360) if rng.random() < 0.7 else None},
        )
        for n, text in enumerate(words(rng, rng.randint(4, 9)))
    ]
    foot = part("foot", "spread", *keys(rng, "foot", rng.randint(3, 5)), place="bottom")
    return screen(
        rng,
        "notes",
        *([search_pill(rng)] * (rng.random() < 0.5)),
        part("notes", "cards", *made, columns=2),
        *([foot] * (rng.random() < 0.3)),
        float_chance=0.7,
    )
