"""Screens for the detector: several views of each page load."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from models.data.images import as_jpeg
from models.data.looks import DESKTOPS, KIT_MODES, PHONES, Chrome, Look, random_look
from models.data.pages.android import android_page
from models.data.pages.games import game_page
from models.data.pages.mixed import mixed_page
from models.data.pages.phrases import LANGUAGES
from models.data.screens import write_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from models.data.pages.model import Page
    from models.data.web.renderer import WebRenderer

VIEWS = 5
_OTHER_LANGUAGE = 0.45
_MOST_PIXELS = 4_200_000
_MOST_ANDROID_PIXELS = 2_800_000


def looks(rng: random.Random, kits: Mapping[str, tuple[str, ...]] = KIT_MODES) -> list[Look]:
    """Looks that one page load can show, in one of `kits`."""
    base = random_look(rng, kits)
    if rng.random() < _OTHER_LANGUAGE:
        base = replace(base, language=rng.choice(LANGUAGES[1:]))
    if rng.random() < 0.6:
        base = replace(base, chrome=_chrome(rng))
    return [_view(base, rng) for _ in range(VIEWS)]


def _chrome(rng: random.Random) -> Chrome:
    return Chrome(
        seed=rng.randrange(10**6),
        status=rng.random() < 0.7,
        system=rng.random() < 0.5,
        keyboard=rng.random() < 0.15,
        wallpaper=rng.randrange(9999) if rng.random() < 0.2 else None,
    )


def _view(base: Look, rng: random.Random) -> Look:
    width, height, density = rng.choice(PHONES if rng.random() < 0.65 else DESKTOPS)
    if rng.random() < 0.5:
        width = min(1920, max(320, round(width * rng.uniform(0.85, 1.15))))
        height = max(480, round(height * rng.uniform(0.85, 1.15)))
        density = rng.choice([1.0, 1.0, 1.25, 1.5, 2.0, 2.625, 3.0])
    while width * height * density**2 > _MOST_PIXELS:
        density = max(1.0, density - 0.5)
    scroll = rng.random() if rng.random() < 0.6 else 0.0
    return replace(base, width=width, height=height, density=density, scroll=scroll)


def web_plan(
    rng: random.Random, kits: Mapping[str, tuple[str, ...]] = KIT_MODES
) -> tuple[Page, list[Look]]:
    """A mixed page in one of `kits`."""
    return mixed_page(rng), looks(rng, kits)


def game_plan(rng: random.Random) -> tuple[Page, list[Look]]:
    """A game, painted without a toolkit."""
    page = game_page(rng)
    return page, [replace(look, kit="game", mode="default") for look in looks(rng)]


def android_plan(rng: random.Random) -> tuple[Page, list[Look]]:
    """A screen as Android applications draw them, mostly on telephones."""
    page = android_page(rng)
    base = replace(looks(rng)[0], kit="android", mode="default", font=None, width=0, height=0)
    if rng.random() < 0.5:
        base = replace(base, language="en")
    base = replace(base, chrome=_android_chrome(rng))
    return page, [_android_view(base, rng) for _ in range(VIEWS)]


def _android_chrome(rng: random.Random) -> Chrome:
    return Chrome(
        seed=rng.randrange(10**6),
        status=rng.random() < 0.85,
        system=rng.random() < 0.65,
        keyboard=rng.random() < 0.06,
        shapes=rng.random() < 0.75,
    )


def _android_view(base: Look, rng: random.Random) -> Look:
    if rng.random() < 0.78:
        width, height = rng.randint(320, 480), rng.randint(560, 960)
    elif rng.random() < 0.4:
        width, height = rng.randint(560, 900), rng.randint(320, 440)
    else:
        width, height = rng.choice([(600, 960), (800, 1280), (1280, 800), (1024, 600), (960, 600)])
    density = rng.choice([1.5, 2.0, 2.0, 2.625, 2.75, 3.0, 3.5])
    while width * height * density**2 > _MOST_ANDROID_PIXELS:
        density = max(1.0, density - 0.5)
    scroll = rng.random() if rng.random() < 0.4 else 0.0
    return replace(base, width=width, height=height, density=density, scroll=scroll)


def draw_page(
    renderer: WebRenderer,
    seed: int,
    folder: Path,
    plan: Callable[[random.Random], tuple[Page, list[Look]]] = web_plan,
) -> int:
    """Draws the screens of one page into `folder` unless they are there; says how many.

    `plan` makes up the page and the looks that one load of it can show.

    Raises:
        RenderError: the page could not be drawn.
    """
    last = folder / f"{seed:07}_{VIEWS - 1}.json"
    if last.exists():
        return 0
    page, shown = plan(random.Random(f"detector {seed}"))
    views = [(look, folder / f"{seed:07}_{n}.png") for n, look in enumerate(shown)]
    answers = renderer.draw(page.as_json(views[0][0].language), views)
    for (look, png), answer in zip(views, answers, strict=True):
        write_labels(
            as_jpeg(png), look.density, answer, source="web", kit=look.kit, app=page.app,
            page=page.name, seed=seed, look="random", look_options=look.as_json(),
        )  # fmt: skip
    return len(views)
