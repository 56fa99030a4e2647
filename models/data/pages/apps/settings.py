"""Settings: switches, links to pages, sliders, a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import LONG, PEOPLE, bar, make_page, slug

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def settings(rng: random.Random) -> list[Page]:
    flags = [
        ("Flight mode", "send"),
        ("Bluetooth", "bluetooth"),
        ("Location", "pin"),
        ("Automatic updates", "refresh"),
        ("Vibration", "phone"),
        ("Notifications", "bell"),
    ]
    links = [
        ("Network", "wifi"),
        ("Display", "sun"),
        ("Sounds", "volume"),
        ("Storage", "folder"),
        ("Battery", "battery"),
        ("Privacy", "eye"),
        ("Security", "shield"),
        ("Language", "globe"),
        ("Backup", "cloud"),
        ("Help", "help"),
        ("About", "info"),
        ("Wallpaper", "image"),
    ]
    icons = rng.random() < 0.7
    general = [
        w.row(
            f"main/{slug(t)}",
            t,
            "",
            i if icons else "",
            w.switch(f"main/{slug(t)}/switch", "", rng.random() < 0.5),
        )
        for t, i in rng.sample(flags, rng.randint(2, 4))
    ]
    more = [
        w.row(
            f"main/{slug(t)}",
            t,
            "",
            i if icons else "",
            chevron=True,
            trail=rng.choice(["", "", "2", "64 GB", "87 %"]),
        )
        for t, i in rng.sample(links, rng.randint(4, 7))
    ]
    display = [
        w.switch("display/dark", "Dark mode", rng.random() < 0.5),
        w.slider("display/brightness", "Brightness", rng.randint(5, 95)),
        w.radios("display/text-size", "Text size", ["Low", "Medium", "High"], rng.randrange(3)),
        w.dropdown("display/language", "Language", rng.choice(["English", "Deutsch", "Español"])),
        w.slider("display/volume", "Volume", rng.randint(5, 95)),
    ]
    account = [
        w.field("account/first", "First name", rng.choice(PEOPLE).split()[0]),
        w.field("account/last", "Last name", rng.choice(PEOPLE).split()[1]),
        w.field("account/mail", "E-mail address", "", "name@example.org"),
        w.checkbox("account/news", "Send me news", rng.random() < 0.5),
        w.button("account/save", "Save"),
        w.button("account/sign-out", "Sign out", style="outline"),
    ]
    person = w.row("main/person", rng.choice(PEOPLE), "Account", picture=rng.randrange(999))
    sections = [
        w.listed("main/top", person),
        w.listed("main/general", *general, title="General"),
        w.listed("main/more", *more, title="Advanced"),
    ]
    return [
        make_page("settings", "main", "Settings", sections, bar(rng, "search", "more")),
        make_page(
            "settings",
            "display",
            "Display",
            [w.form("display/form", *display)],
            bar(rng, "search", "more", back=True),
        ),
        make_page(
            "settings",
            "account",
            "Account",
            [
                w.form("account/form", *account, fixed=True),
                w.listed(
                    "account/more",
                    w.row("account/privacy", "Privacy", LONG[1], "shield", chevron=True),
                ),
            ],
            bar(rng, "help", back=True),
        ),
    ]
