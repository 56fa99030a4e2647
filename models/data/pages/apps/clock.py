"""Alarms, a timer, an alarm to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import bar, make_page, slug, time_of_day

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def clock(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("alarms", "Alarms", "alarm"),
        ("timer", "Timer", "timer"),
        ("stopwatch", "Stopwatch", "clock"),
    )
    days = ["Work days", "Weekend", "Every day", "Monday", "Tuesday"]
    rows = [
        w.row(
            f"alarms/{n}",
            time_of_day(rng),
            days[n],
            "",
            w.switch(f"alarms/{n}/on", "", rng.random() < 0.5),
        )
        for n in range(rng.randint(3, 5))
    ]
    timer = [
        w.form(
            "timer/face",
            w.heading("timer/left", f"0{rng.randint(0, 9)}:{rng.randint(10, 59)}"),
            w.slider("timer/length", "Timer", rng.randint(5, 95)),
            fixed=True,
        ),
        w.line(
            "timer/keys",
            w.button("timer/start", "Start", "play"),
            w.button("timer/reset", "Reset", "refresh", "outline"),
        ),
        w.form(
            "timer/flags",
            w.switch("timer/vibration", "Vibration", True),
            w.dropdown("timer/sound", "Sounds", rng.choice(["Bass", "Treble"])),
        ),
    ]
    edit = [
        w.form(
            "alarm/form",
            w.field("alarm/name", "Name", "", "Work days"),
            w.field("alarm/time", "Start", time_of_day(rng)),
        ),
        w.form(
            "alarm/days",
            *(w.checkbox(f"alarm/{slug(d)}", d, rng.random() < 0.5) for d in days[:4]),
            title="Today",
        ),
        w.line(
            "alarm/end",
            w.button("alarm/save", "Save"),
            w.button("alarm/delete", "Delete", "", "danger"),
        ),
    ]
    new = w.icon_button("alarms/add", "add")
    return [
        make_page(
            "clock",
            "alarms",
            "Alarms",
            [w.listed("alarms/rows", *rows)],
            bar(rng, "more"),
            nav,
            0,
            new,
        ),
        make_page("clock", "timer", "Timer", timer, bar(rng, "more"), nav, 1),
        make_page("clock", "edit", "Edit", edit, bar(rng, "check", back=True)),
    ]
