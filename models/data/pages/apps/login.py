"""Signing in and joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps.common import PEOPLE, bar, make_page

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page


def login(rng: random.Random) -> list[Page]:
    enter = [
        w.form(
            "login/hello",
            w.image("login/logo", rng.randrange(999), 2.2),
            w.heading("login/welcome", "Welcome back"),
        ),
        w.form(
            "login/form",
            w.field(
                "login/mail",
                "E-mail address",
                "",
                "name@example.org",
                icon=rng.choice(["mail", ""]),
            ),
            w.field("login/password", "Password", "secret-words", password=True),
            w.checkbox("login/remember", "Remember me", rng.random() < 0.5),
            w.button("login/enter", "Sign in"),
            fixed=True,
        ),
        w.form(
            "login/other",
            w.link("login/forgot", "Forgot password?"),
            w.button("login/create", "Create account", style="outline"),
        ),
    ]
    register = [
        w.form(
            "join/form",
            w.field("join/first", "First name"),
            w.field("join/last", "Last name"),
            w.field(
                "join/mail",
                "E-mail address",
                f"{rng.choice(PEOPLE).split()[0].lower()}@example.org",
            ),
            w.field("join/phone", "Phone number", "", "+00 000 000"),
            w.dropdown("join/country", "Country", rng.choice(["Norge", "Italia", "Perú"])),
            w.checkbox("join/terms", "I accept the terms"),
            w.checkbox("join/news", "Send me news", True),
        ),
        w.form(
            "join/end",
            w.button("join/go", "Continue"),
            w.button("join/cancel", "Cancel", style="plain"),
        ),
    ]
    return [
        make_page("login", "enter", "Sign in", enter, bar(rng, "help", "globe")),
        make_page("login", "register", "Create account", register, bar(rng, "help", back=True)),
    ]
