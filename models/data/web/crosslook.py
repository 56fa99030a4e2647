"""The same page in several looks: truth for "where is this element on another screen?"."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from models.data.looks import (
    Look,
    other_flow,
    other_kit,
    other_language,
    other_size,
    other_spacing,
    random_look,
    turned,
)
from models.data.pages.apps import APPS
from models.data.screens import write_labels
from models.data.split import first_seed

if TYPE_CHECKING:
    from pathlib import Path

    from models.data.pages.model import Page
    from models.data.web.renderer import WebRenderer

Split = Literal["tuning", "reporting"]
LOOKS = (
    "base",
    "size",
    "dark",
    "kit",
    "reordered",
    "translated",
    "absent",
    "spaced",
    "reflowed",
    "turned",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen to draw: the page, how it looks, and the name of that look."""

    name: str
    page: Page
    look: Look


def page_seed(split: Split, number: int) -> int:
    """Even seeds are for tuning, odd ones for reporting: no page is in both."""
    return 2 * number + first_seed("training" if split == "tuning" else "layouts")


def plan(seed: int, names: tuple[str, ...] = LOOKS) -> list[Shot]:
    """The screens of one page. What each look is does not depend on which others are asked for."""
    rng = random.Random(f"page {seed}")
    pages = rng.choice(APPS)(rng)
    page, another = rng.sample(pages, 2)
    base = random_look(rng)
    return [_shot(name, page, another, base, random.Random(f"{name} {seed}")) for name in names]


def _shot(name: str, page: Page, another: Page, base: Look, rng: random.Random) -> Shot:
    if name == "base":
        return Shot(name, page, base)
    if name == "size":
        return Shot(name, page, other_size(base, rng))
    if name == "dark":
        return Shot(name, page, replace(base, dark=not base.dark))
    if name == "kit":
        return Shot(name, page, other_kit(base, rng))
    if name == "reordered":
        return Shot(name, page.reordered(rng), replace(base, order=rng.randrange(10**6)))
    if name == "translated":
        return Shot(name, page, other_language(base, rng))
    if name == "spaced":
        return Shot(name, page, other_spacing(base, rng))
    if name == "reflowed":
        return Shot(name, page, other_flow(base, rng))
    if name == "turned":
        return Shot(name, page, turned(base))
    if name == "absent":
        look = other_size(base, rng) if rng.random() < 0.5 else other_kit(base, rng)
        return Shot(name, another, look)
    raise ValueError(f"unknown look {name!r}; looks: {', '.join(LOOKS)}")


def draw(renderer: WebRenderer, seed: int, shots: list[Shot], folder: Path) -> int:
    """Draws the shots that `folder` lacks and says how many that were.

    Raises:
        RenderError: a shot could not be drawn; those before it are on disk.
    """
    missing = [shot for shot in shots if not (folder / f"{shot.name}.json").exists()]
    for shot in missing:
        folder.mkdir(parents=True, exist_ok=True)
        png = folder / f"{shot.name}.png"
        page = shot.page.as_json(shot.look.language)
        (view,) = renderer.draw(page, [(shot.look, png)])
        write_labels(
            png,
            shot.look.density,
            view,
            source="web",
            seed=seed,
            app=shot.page.app,
            page=shot.page.name,
            look=shot.name,
            kit=shot.look.kit,
            look_options=shot.look.as_json(),
        )
    return len(missing)
