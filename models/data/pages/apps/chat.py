"""Chats: people, bubbles, a person, a bottom sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import CHAT, PEOPLE, bar, make_page, slug, some, time_of_day
from models.data.pages.model import Overlay, Section

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def chat(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("chats", "Chats", "chat"), ("calls", "Calls", "phone"), ("contacts", "Contacts", "people")
    )
    people = some(rng, PEOPLE, 5, 9)
    rows = [
        w.row(
            f"chats/{slug(p)}",
            p,
            rng.choice(CHAT),
            picture=rng.randrange(999),
            trail=rng.choice(["", "2", time_of_day(rng)]),
        )
        for p in people
    ]
    said = [
        w.bubble(f"talk/{n}", words, rng.random() < 0.5)
        for n, words in enumerate(some(rng, CHAT, 4, 7))
    ]
    talk = [
        Section("talk/bubbles", "form", tuple(said), fixed=True),
        w.line(
            "talk/write",
            w.icon_button("talk/attach", "attach"),
            w.field("talk/message", "", "", "Write a message"),
            w.icon_button("talk/send", "send"),
        ),
    ]
    person = [
        w.form(
            "who/face",
            w.image("who/picture", rng.randrange(999), 1.5),
            w.heading("who/name", people[0]),
        ),
        w.line(
            "who/keys",
            w.icon_button("who/call", "phone"),
            w.icon_button("who/video", "video"),
            w.icon_button("who/mail", "mail"),
        ),
        w.listed(
            "who/rows",
            w.row("who/sounds", "Sounds", "", "bell", w.switch("who/sounds/on", "", True)),
            w.row("who/shared", "Pictures", "", "image", chevron=True, trail="24"),
            w.row("who/block", "Delete", "", "trash"),
        ),
    ]
    choose = Overlay(
        "sheet",
        tuple(
            w.row(f"sheet/{i}", t, "", i)
            for t, i in (
                ("Share", "share"),
                ("Copy", "copy"),
                ("Forward", "forward"),
                ("Delete", "trash"),
            )
        ),
    )
    new = w.icon_button("chats/new", "add")
    return [
        make_page(
            "chat",
            "chats",
            "Chats",
            [w.listed("chats/rows", *rows)],
            bar(rng, "search", "camera"),
            nav,
            0,
            new,
        ),
        make_page("chat", "talk", people[0], talk, bar(rng, "phone", "video", "more", back=True)),
        make_page("chat", "who", "Contacts", person, bar(rng, "edit", back=True)),
        make_page(
            "chat",
            "sheet",
            people[0],
            talk,
            bar(rng, "phone", "video", "more", back=True),
            overlay=choose,
        ),
    ]
