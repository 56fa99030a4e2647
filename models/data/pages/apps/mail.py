"""Mail: inbox, a message, writing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import (
    LONG,
    PEOPLE,
    SUBJECTS,
    bar,
    make_page,
    slug,
    some,
    time_of_day,
)

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def mail(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("inbox", "Inbox", "mail"), ("sent", "Sent", "send"), ("archive", "Archive", "archive")
    )
    people = some(rng, PEOPLE, 5, 8)
    rows = [
        w.row(
            f"inbox/{slug(p)}",
            p,
            rng.choice(SUBJECTS),
            rng.choice(["person", ""]),
            trail=time_of_day(rng),
        )
        for p in people
    ]
    message = [
        w.form("mail/head", w.heading("mail/subject", rng.choice(SUBJECTS))),
        w.listed(
            "mail/from",
            w.row(
                "mail/sender",
                people[0],
                "E-mail address",
                picture=rng.randrange(999),
                trail=time_of_day(rng),
            ),
        ),
        w.form(
            "mail/body", w.text("mail/words", LONG[2]), w.text("mail/thanks", "Thank you very much")
        ),
        w.line(
            "mail/actions",
            w.button("mail/reply", "Reply", "reply", "outline"),
            w.button("mail/forward", "Forward", "forward", "outline"),
        ),
    ]
    compose = [
        w.form(
            "write/fields",
            w.field("write/to", "To", "", "name@example.org"),
            w.field("write/subject", "Subject", rng.choice(SUBJECTS)),
            w.area("write/text", "Message", LONG[2]),
            fixed=True,
        ),
        w.line(
            "write/actions",
            w.button("write/send", "Send", "send"),
            w.button("write/attach", "Upload", "attach", "outline"),
            w.button("write/drop", "Delete", "trash", "plain"),
        ),
    ]
    new = w.icon_button("inbox/compose", "edit")
    return [
        make_page(
            "mail",
            "inbox",
            "Inbox",
            [w.listed("inbox/rows", *rows)],
            bar(rng, "search", "filter", "more"),
            nav,
            0,
            new,
        ),
        make_page(
            "mail", "message", "Message", message, bar(rng, "trash", "archive", "more", back=True)
        ),
        make_page("mail", "compose", "Compose", compose, bar(rng, "attach", "send", back=True)),
    ]
