"""A bank: sums, a card, a transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import PEOPLE, bar, make_page, money, slug

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def bank(rng: random.Random) -> list[Page]:
    nav = w.nav(
        ("home", "Home", "home"),
        ("cards", "Cards", "card"),
        ("transfer", "Transfer", "send"),
        ("more", "More", "menu"),
    )
    kinds = [
        ("Groceries", "cart"),
        ("Salary", "wallet"),
        ("Electricity", "sun"),
        ("Refresh", "refresh"),
    ]
    rows = [
        w.row(f"bank/{slug(t)}", t, rng.choice(["Today", "Monday", "Tuesday"]), i, trail=money(rng))
        for t, i in kinds
    ]
    home = [
        w.cards(
            "bank/sums",
            w.card("bank/balance", "Available balance", money(rng)),
            w.card("bank/savings", "Savings", money(rng)),
        ),
        w.line(
            "bank/keys",
            w.button("bank/send", "Transfer", "send"),
            w.button("bank/top-up", "Add", "add", "secondary"),
        ),
        w.listed("bank/rows", *rows, title="Recent transactions"),
    ]
    card = [
        w.form("card/face", w.image("card/picture", rng.randrange(999), 1.6)),
        w.listed(
            "card/rows",
            w.row("card/freeze", "Freeze card", "", "lock", w.switch("card/freeze/on", "")),
            w.row("card/key", "Security", "", "key", chevron=True),
            w.row("card/limit", "Amount", "", "chart", chevron=True, trail=money(rng)),
        ),
    ]
    send = [
        w.form(
            "send/form",
            w.field("send/who", "Recipient", rng.choice(PEOPLE)),
            w.field("send/amount", "Amount", str(rng.randint(5, 500))),
            w.field("send/words", "Subject", "", "Thank you very much"),
            w.dropdown("send/from", "From", "Savings"),
            fixed=True,
        ),
        w.line(
            "send/end",
            w.button("send/go", "Continue"),
            w.button("send/stop", "Cancel", style="plain"),
        ),
    ]
    return [
        make_page("bank", "home", "Home", home, bar(rng, "bell", "search"), nav, 0),
        make_page("bank", "card", "Cards", card, bar(rng, "add", "more"), nav, 1),
        make_page("bank", "send", "Transfer", send, bar(rng, "help", back=True), nav, 2),
    ]
