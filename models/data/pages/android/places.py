"""Screens over a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.android.common import (
    icon,
    keys,
    part,
    row,
    screen,
    search_pill,
    summary,
    words,
)

if TYPE_CHECKING:
    import random

    from models.data.pages.android.model import Screen


def street_map(rng: random.Random) -> Screen:
    """A map with a search pill, round keys at the side and a sheet at the bottom."""
    pill = [search_pill(rng)] if rng.random() < 0.75 else []
    chips = [part("chips", "carousel", w.chips("chips/kind", words(rng, 6), 0), place="top")] * (
        rng.random() < 0.4
    )
    stack = part("stack", "stack", *keys(rng, "stack", rng.randint(1, 3)), place="over")
    rows = [
        row(f"place/{n}", {"title": t, "subtitle": summary(rng)}, icon=icon(rng))
        for n, t in enumerate(words(rng, rng.randint(1, 3)))
    ]
    sheet = part("places", "list", *rows, place="bottom")
    return screen(
        rng,
        "map",
        *pill,
        *chips,
        stack,
        *([sheet] * (rng.random() < 0.5)),
        bar="none" if pill else "toolbar",
        backdrop=f"map:{rng.randrange(9999)}",
        float_chance=0.5,
        overlay_chance=0.05,
    )
