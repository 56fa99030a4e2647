"""Names, things and short ways that the applications share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.model import Overlay, Page, Section, Widget

if TYPE_CHECKING:
    import random

PEOPLE = (
    "Ana Ruiz", "Ben Okafor", "Chen Li", "Dora Novak", "Emil Berg", "Fatma Kaya", "Goran Petrov",
    "Hana Sato", "Ivan Orlov", "Julia Weiss", "Karim Said", "Lena Roth", "Marco Conti",
    "Nadia Haddad", "Olga Smirnova", "Paul Martin", "Rosa Silva", "Sven Dahl", "Tara Singh",
    "Yuki Mori",
)  # fmt: skip
GOODS = (
    "Wool scarf", "Leather boots", "Rain jacket", "Desk lamp", "Coffee maker", "Backpack",
    "Water bottle", "Headphones", "Wall clock", "Garden chair",
)  # fmt: skip
SONGS = ("Blue river", "Morning light", "Old town", "Last train", "Winter garden", "Paper moon")
SUBJECTS = (
    "Meeting moved to Friday", "Your invoice is ready", "Photos from the trip", "Weekly report",
    "Happy birthday!", "Parcel arrives today", "New login on your account", "Lunch tomorrow?",
)  # fmt: skip
CHAT = (
    "See you at eight", "I will be late", "Thank you very much", "Where are you?", "Sounds good",
    "Lunch tomorrow?", "Happy birthday!",
)  # fmt: skip
CHORES = (
    "Buy milk", "Call the dentist", "Water the plants", "Book the tickets", "Clean the kitchen",
    "Pay the rent",
)  # fmt: skip
LONG = (
    "Warm and light, for every day of the cold season.",
    "We keep your data on this device only.",
    "Please find the numbers of last week below. Sales went up again in the north.",
)


def some(rng: random.Random, items: tuple[str, ...], least: int, most: int) -> list[str]:
    return rng.sample(items, min(len(items), rng.randint(least, most)))


def slug(words: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in words.lower()).strip("-")


def money(rng: random.Random) -> str:
    return f"{rng.choice('€$£')}{rng.randint(2, 900)}.{rng.randint(0, 99):02}"


def time_of_day(rng: random.Random) -> str:
    return f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}"


def bar(
    rng: random.Random, *icons: str, back: bool = False
) -> tuple[Widget | None, tuple[Widget, ...]]:
    name = "back" if back else "menu"
    chosen = rng.sample(icons, rng.randint(1, len(icons))) if icons else []
    return w.icon_button(f"bar/{name}", name), tuple(w.icon_button(f"bar/{i}", i) for i in chosen)


def make_page(
    app: str,
    name: str,
    title: str,
    sections: list[Section],
    bar: tuple[Widget | None, tuple[Widget, ...]],
    nav: tuple[Widget, ...] = (),
    selected: int = 0,
    floating: Widget | None = None,
    overlay: Overlay | None = None,
) -> Page:
    leading, actions = bar
    return Page(
        app,
        name,
        w.heading(f"{name}/bar-title", title),
        tuple(sections),
        leading,
        actions,
        nav,
        selected,
        floating,
        overlay,
    )
