"""Generated pages in several looks, and the questions that they pose."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from models.data.pairs import cases
from models.data.web.crosslook import Shot, Split, draw, page_seed, plan
from models.data.web.renderer import RenderError, WebRenderer
from vistest.core.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = Path("out/bench/locate")
SETUP = Path("models/data/web/setup")
SAME_APP = ("size", "dark", "density")
ARRANGED = ("spaced", "reflowed", "turned")
LOOKS = ("base", *SAME_APP, "kit", "reordered", "translated", "absent", *ARRANGED)
QUICK_LOOKS = ("base", *SAME_APP, "absent")
_DENSITIES = (1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Question:
    """Where is the element of one picture on another?

    Attributes:
        name: Unique.
        look: How the target differs from the source.
        cls: True class of the element.
        source, target: Pictures.
        box: True box on the source.
        truth: Boxes on the target where a tap is right; none if the element is not there.
        densities: True pixels per dp of both.
    """

    name: str
    look: str
    cls: str
    source: Path
    target: Path
    box: Rect
    truth: tuple[Rect, ...]
    densities: tuple[float, float]


def drawn_pages(split: Split, count: int, looks: Sequence[str] = LOOKS) -> list[Path]:
    """Draw what is missing of `count` pages in `looks`; returns their folders."""
    subprocess.run([SETUP], check=True)
    folders = []
    with WebRenderer() as renderer:
        for number in range(count):
            seed = page_seed(split, number)
            folder = FOLDER / split / f"{seed:06}"
            for shot in (shot for shot in _shots(seed) if shot.name in looks):
                try:
                    draw(renderer, seed, [shot], folder)
                except RenderError as error:
                    Console(stderr=True).print(f"seed {seed}, {shot.name}: {error}", markup=False)
            if (folder / "base.json").exists():
                folders.append(folder)
    return folders


def questions(folders: Sequence[Path], looks: Sequence[str] = LOOKS) -> Iterator[Question]:
    """From `base` to every other one of `looks` of each page."""
    for folder in folders:
        for case in (case for case in cases(folder) if case["look"] in looks):
            yield Question(
                case["id"],
                case["look"],
                case["class"],
                Path(case["source"]),
                Path(case["target"]),
                Rect.from_list(case["box"]),
                tuple(Rect.from_list(box) for box in case["truth"]),
                (case["source_density"], case["target_density"]),
            )


def _shots(seed: int) -> list[Shot]:
    names = tuple(look for look in LOOKS if look != "density")
    base, *others = plan(seed, names)
    densities = [density for density in _DENSITIES if density != base.look.density]
    density = random.Random(f"density {seed}").choice(densities)
    return [base, *others, Shot("density", base.page, replace(base.look, density=density))]
