"""Screens that are lists: settings, people, messages, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    face,
    icon,
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
from models.data.pages.apps.common import CHAT, PEOPLE, SUBJECTS, time_of_day
from models.data.pages.model import Widget

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Part, Screen


def settings(rng: random.Random) -> Screen:
    """Title and summary, a switch or a box at the end; with icons or without."""
    icons, boxes, summaries = rng.random() < 0.55, rng.random() < 0.5, rng.random()
    parts: list[Part] = []
    for group in range(rng.randint(2, 4)):
        rows = []
        for n, title in enumerate(words(rng, rng.randint(2, 6))):
            id = f"set{group}/{n}"
            below = summary(rng) if rng.random() < summaries else ""
            shown = {"title": title, "subtitle": below}
            end = _end(rng, f"{id}/end", boxes)
            rows.append(
                row(id, shown, *end, icon=icon(rng) if icons else "", wrap=rng.random() < 0.5)
            )
        title = word(rng) if rng.random() < 0.7 else ""
        parts.append(part(f"set{group}", "list", *rows, title=title))
    return screen(rng, "settings", *parts, float_chance=0.05)


def _end(rng: random.Random, id: str, boxes: bool) -> tuple[Widget, ...]:
    choice = rng.random()
    on = {"on": rng.random() < 0.5}
    if choice < 0.45:
        return (Widget(id, "checkbox" if boxes else "switch", {}, state=on),)
    if choice < 0.55:
        return (w.icon_button(id, rng.choice(("settings", "forward", "info", "more"))),)
    return ()


def contacts(rng: random.Random) -> Screen:
    """Round pictures or letters, a name, sometimes a number and keys to call."""
    letters, numbers, call = rng.random() < 0.5, rng.random() < 0.4, rng.random() < 0.3
    rows = []
    for n, name in enumerate(rng.sample(PEOPLE, rng.randint(8, 16))):
        texts, state = face(rng, name, letters)
        number = f"+{rng.randint(30, 49)} {rng.randint(100, 999)} {rng.randint(1000, 9999)}"
        end = [w.icon_button(f"who/{n}/call", "phone")] if call else []
        rows.append(
            row(
                f"who/{n}",
                {**texts, "title": name, "subtitle": number if numbers else ""},
                *end,
                **state,
            )
        )
    head = [search_pill(rng)] if rng.random() < 0.3 else [tabs(rng)] if rng.random() < 0.5 else []
    return screen(rng, "contacts", *head, part("who", "list", *rows), float_chance=0.6)


def chats(rng: random.Random) -> Screen:
    """Conversations: picture, name, last words, time."""
    letters = rng.random() < 0.35
    rows = []
    for n, name in enumerate(rng.sample(PEOPLE, rng.randint(6, 12))):
        texts, state = face(rng, name, letters)
        shown = {**texts, "title": name, "subtitle": sentence(rng), "trail": time_of_day(rng)}
        rows.append(row(f"chat/{n}", shown, bold=rng.random() < 0.3, **state))
    head = [tabs(rng)] if rng.random() < 0.5 else []
    return screen(rng, "chats", *head, part("chats", "list", *rows), float_chance=0.7)


def mails(rng: random.Random) -> Screen:
    """Sender, subject and first words; a star or a box."""
    letters, boxes = rng.random() < 0.7, rng.random() < 0.25
    rows = []
    for n in range(rng.randint(6, 10)):
        name = rng.choice(PEOPLE)
        texts, state = face(rng, name, letters)
        box = w.checkbox(f"mail/{n}/box", "", rng.random() < 0.3)
        end = box if boxes else w.icon_button(f"mail/{n}/star", "star")
        shown = {**texts, "title": name, "subtitle": rng.choice(SUBJECTS), "body": rng.choice(CHAT)}
        if shown["subtitle"] == shown["body"]:
            shown["body"] = ""
        rows.append(row(f"mail/{n}", shown, end, bold=rng.random() < 0.4, **state))
    head = [search_pill(rng)] if rng.random() < 0.4 else []
    return screen(rng, "mails", *head, part("mails", "list", *rows), float_chance=0.7)


def files(rng: random.Random) -> Screen:
    """Things with an icon or a small picture, and a key for more."""
    thumbs, more, bar = rng.random() < 0.4, rng.random() < 0.7, rng.random() < 0.3
    rows = []
    for n, name in enumerate(words(rng, rng.randint(6, 12))):
        state = {"picture": rng.randrange(9999), "thumb": True} if thumbs else {}
        if bar and rng.random() < 0.5:
            state["value"] = rng.randint(5, 95)
        end = (
            [w.icon_button(f"file/{n}/more", rng.choice(("more", "download", "play")))]
            if more
            else []
        )
        shown = {"title": f"{name} {n}", "subtitle": summary(rng) if rng.random() < 0.8 else ""}
        rows.append(row(f"file/{n}", shown, *end, icon="" if thumbs else icon(rng), **state))
    head = [tabs(rng)] if rng.random() < 0.4 else []
    return screen(rng, "files", *head, part("files", "list", *rows))


def plain_list(rng: random.Random) -> Screen:
    """Words only, or words and a number."""
    numbers = rng.random() < 0.5
    rows = [
        row(f"line/{n}", {"title": text, "trail": str(rng.randint(0, 999)) if numbers else ""})
        for n, text in enumerate(words(rng, rng.randint(8, 18)))
    ]
    head = [tabs(rng)] if rng.random() < 0.3 else []
    tail = [part("foot", "spread", *keys(rng, "foot", rng.randint(2, 5)), place="bottom")]
    return screen(
        rng, "plain-list", *head, part("lines", "list", *rows), *(tail * (rng.random() < 0.3))
    )


def conversation(rng: random.Random) -> Screen:
    """Bubbles, and a field to answer in."""
    bubbles = [
        w.bubble(f"said/{n}", sentence(rng), rng.random() < 0.5) for n in range(rng.randint(5, 12))
    ]
    if rng.random() < 0.3:
        bubbles.insert(
            2,
            Widget(
                "said/photo",
                "image",
                state={"picture": rng.randrange(9999), "ratio": 1.4, "tap": True},
            ),
        )
    answer = w.field("say/field", "", "", "Write a message")
    line = part(
        "say",
        "spread",
        *keys(rng, "say/lead", rng.randint(0, 2)),
        answer,
        w.icon_button("say/send", rng.choice(("send", "mic"))),
        place="bottom",
    )
    return screen(
        rng,
        "conversation",
        part("said", "column", *bubbles),
        line,
        title=rng.choice(PEOPLE),
        bar="toolbar",
        nav_chance=0,
        float_chance=0,
    )
