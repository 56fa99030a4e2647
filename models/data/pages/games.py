"""Screens of made-up games: boards, menus and controls that a game draws by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.mixed import ICONS
from models.data.pages.model import Page, Section, Widget

if TYPE_CHECKING:
    import random

_TITLES = ("Play", "Settings", "Start", "Reset", "New", "Continue", "Reports", "Favourites")
_MENU = (
    "Play", "Continue", "Settings", "Sounds", "Help", "About", "Sign in", "Reset", "Cards",
    "Recent", "More", "Share",
)  # fmt: skip


def game_page(rng: random.Random) -> Page:
    """A board, a menu or controls over a scene, with counters on top."""
    kind = rng.choice(("board", "menu", "scene", "cards"))
    counters = [
        w.text(f"hud/{n}", f"{rng.choice(('', 'x', 'LV ', '+'))}{rng.randint(0, 99999)}")
        for n in range(rng.randint(1, 3))
    ]
    keys = [w.icon_button(f"hud/key{n}", icon) for n, icon in enumerate(rng.sample(ICONS, 2))]
    middle = {"board": _board, "menu": _menu, "scene": _scene, "cards": _cards}[kind](rng)
    return Page(
        app="game",
        name=kind,
        title=w.heading("title", rng.choice(_TITLES)),
        sections=(Section("hud", "line", (*counters, *keys), fixed=True), *middle),
    )


def _board(rng: random.Random) -> list[Section]:
    columns = rng.randint(4, 8)
    icons = rng.sample(ICONS, rng.randint(3, 6))
    cells = [
        w.icon_button(f"board/{n}", rng.choice(icons)) for n in range(columns * rng.randint(4, 8))
    ]
    return [w.grid("board", columns, *cells), w.line("end", *_keys(rng, "end", rng.randint(1, 3)))]


def _menu(rng: random.Random) -> list[Section]:
    buttons = [
        w.button(
            f"menu/{n}",
            words,
            rng.choice((*ICONS, *[""] * 30)),
            rng.choice(("primary", "secondary", "danger")),
        )
        for n, words in enumerate(rng.sample(_MENU, rng.randint(3, 6)))
    ]
    flags = [
        w.switch("menu/sound", "Sounds", rng.random() < 0.5),
        w.slider("menu/volume", "Volume", rng.randint(5, 95)),
    ]
    return [w.form("menu", *buttons), w.form("flags", *flags[: rng.randint(0, 2)])]


def _scene(rng: random.Random) -> list[Section]:
    sprites = [w.image(f"scene/{n}", rng.randrange(9999), 1.0) for n in range(rng.randint(2, 7))]
    return [
        w.line("scene", *sprites),
        w.line("controls", *(w.icon_button(f"controls/{i}", i) for i in rng.sample(ICONS, 4))),
        w.line("end", *_keys(rng, "end", 2)),
    ]


def _cards(rng: random.Random) -> list[Section]:
    cards = [
        w.card(f"card/{n}", words, str(rng.randint(1, 99)), picture=rng.randrange(9999))
        for n, words in enumerate(rng.sample(_MENU, rng.randint(3, 6)))
    ]
    return [w.cards("cards", *cards), w.line("end", *_keys(rng, "end", 2))]


def _keys(rng: random.Random, id: str, count: int) -> list[Widget]:
    return [
        w.button(f"{id}/{n}", words, style=rng.choice(("primary", "danger")))
        for n, words in enumerate(rng.sample(_MENU, count))
    ]
