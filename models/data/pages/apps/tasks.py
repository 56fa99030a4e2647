"""Tasks: check boxes, one to edit, a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import CHORES, LONG, bar, make_page, slug, some
from models.data.pages.model import Overlay

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def tasks(rng: random.Random) -> list[Page]:
    chores = some(rng, CHORES, 3, 6)
    done = [w.checkbox(f"today/{slug(c)}", c, rng.random() < 0.4) for c in chores]
    today = [
        w.form("today/kinds", w.tabs("today/kind", ["All", "Today", "Archive"], rng.randrange(3))),
        w.form("today/chores", *done, title="Tasks"),
        w.form("today/add", w.field("today/new", "", "", "Add", icon="add")),
    ]
    edit = [
        w.form(
            "task/form",
            w.field("task/name", "Name", chores[0]),
            w.area("task/notes", "Description", LONG[1]),
        ),
        w.form(
            "task/more",
            w.radios("task/priority", "Priority", ["High", "Medium", "Low"], rng.randrange(3)),
            w.dropdown("task/list", "Move", rng.choice(["Today", "Archive"])),
            w.switch("task/remind", "Notifications", rng.random() < 0.5),
        ),
        w.line(
            "task/end",
            w.button("task/save", "Save", "check"),
            w.button("task/cancel", "Cancel", style="outline"),
        ),
    ]
    menu = Overlay(
        "menu",
        tuple(
            w.row(f"menu/{slug(t)}", t, "", i)
            for t, i in (
                ("Edit", "edit"),
                ("Share", "share"),
                ("Print", "print"),
                ("Settings", "settings"),
            )
        ),
    )
    new = w.icon_button("today/plus", "add")
    return [
        make_page(
            "tasks", "today", "Tasks", today, bar(rng, "search", "sort", "more"), floating=new
        ),
        make_page("tasks", "edit", "Edit", edit, bar(rng, "trash", "check", back=True)),
        make_page(
            "tasks", "menu", "Tasks", today, bar(rng, "search", "sort", "more"), overlay=menu
        ),
    ]
