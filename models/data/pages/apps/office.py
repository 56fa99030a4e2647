"""Office: a table of bills, a customer, a dashboard, a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import PEOPLE, bar, make_page, money, slug, some
from models.data.pages.model import Overlay

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def office(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("dashboard", "Dashboard", "chart"),
        ("customers", "Customers", "people"),
        ("invoices", "Invoices", "file"),
        ("reports", "Reports", "folder"),
    )
    states = ["Paid", "Pending", "Overdue"]
    people = some(rng, PEOPLE, 4, 8)
    lines = [[p, money(rng), rng.choice(states)] for p in people]
    invoices = [
        w.line(
            "bills/tools",
            w.button("bills/new", "Add", "add"),
            w.button("bills/export", "Export", "download", "outline"),
            w.button("bills/print", "Print", "print", "plain"),
        ),
        w.form(
            "bills/find",
            w.field("bills/search", "", "", "Search", icon="search"),
            w.dropdown("bills/status", "Status", rng.choice(states)),
        ),
        w.form("bills/rows", w.table("bills/table", ["Name", "Amount", "Status"], lines)),
    ]
    customer = [
        w.form(
            "client/name",
            w.field("client/full", "Name", people[0]),
            w.field("client/city", "City", rng.choice(["Oslo", "Lima", "Kyiv"])),
            title="Profile",
        ),
        w.form(
            "client/flags",
            w.switch("client/active", "Notifications", True),
            w.checkbox("client/news", "Send me news"),
            w.radios("client/priority", "Priority", ["High", "Medium", "Low"], rng.randrange(3)),
        ),
        w.line(
            "client/end",
            w.button("client/save", "Save", "check"),
            w.button("client/delete", "Delete", "trash", "danger"),
        ),
    ]
    numbers = [w.card(f"dash/{slug(t)}", t, money(rng)) for t in ("Total", *states)]
    dash = [
        w.cards("dash/numbers", *numbers),
        w.form(
            "dash/chart", w.image("dash/picture", rng.randrange(999), 2.0), title="Weekly report"
        ),
        w.listed(
            "dash/rows",
            *(w.row(f"dash/{slug(p)}", p, "", "person", trail=money(rng)) for p in people[:4]),
            title="Recent",
        ),
    ]
    ask = Overlay(
        "dialog",
        (
            w.heading("ask/title", "Delete this item?"),
            w.text("ask/words", "This cannot be undone."),
        ),
        (
            w.button("ask/cancel", "Cancel", style="plain"),
            w.button("ask/delete", "Delete", style="danger"),
        ),
    )
    return [
        make_page("office", "bills", "Invoices", invoices, bar(rng, "bell", "settings"), nav, 2),
        make_page(
            "office", "client", "Customers", customer, bar(rng, "print", "more", back=True), nav, 1
        ),
        make_page("office", "dash", "Dashboard", dash, bar(rng, "bell", "person"), nav, 0),
        make_page(
            "office",
            "ask",
            "Customers",
            customer,
            bar(rng, "print", "more", back=True),
            nav,
            1,
            None,
            ask,
        ),
    ]
