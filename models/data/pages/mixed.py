"""Pages that no designer would make, for the detector: anything beside anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.data.pages import widgets as w
from models.data.pages.apps import APPS
from models.data.pages.phrases import phrases

if TYPE_CHECKING:
    import random

    from models.data.pages.model import Page, Section, Widget

ICONS = (
    "home", "person", "heart", "star", "search", "settings", "bell", "mail", "phone", "camera",
    "music", "play", "trash", "edit", "share", "download", "close", "check", "add", "pin",
    "calendar", "clock", "cart", "card", "wifi", "lock", "eye", "filter", "cloud", "folder",
    "file", "image", "video", "mic", "send", "refresh", "info", "help", "alert", "gift", "flag",
    "tag", "chat", "map", "print", "copy", "palette", "wallet", "chart", "grid", "bookmark",
)  # fmt: skip
_STYLES = ("primary", "secondary", "outline", "plain", "danger", "key")
_SWITCHED_OFF = 0.08
_WEARING = ("button", "switch", "field", "checkbox", "radios", "slider", "dropdown")
_FOCUSED = 0.5
# Of the kinds of `_random_widget`: what applications have few of, made-up pages have many of.
_KIND_WEIGHTS = (2, 3, 2, 4, 4, 3, 2, 1, 2, 1, 1, 2)


def mixed_page(rng: random.Random) -> Page:
    """Sections of several applications and random ones, some controls disabled."""
    pages = [rng.choice(app(rng)) for app in rng.sample(APPS, rng.randint(1, 4))]
    sections = [section for page in pages for section in page.sections]
    sections = rng.sample(sections, min(len(sections), rng.randint(2, 7)))
    sections += [_random_section(rng, f"any{n}") for n in range(rng.randint(1, 5))]
    rng.shuffle(sections)
    focused = rng.choice(sections).id if rng.random() < _FOCUSED else ""
    overlays = [page.overlay for page in pages if page.overlay is not None]
    return replace(
        pages[0],
        sections=tuple(_worn(section, rng, section.id == focused) for section in sections),
        overlay=overlays[0] if overlays and rng.random() < 0.7 else None,
    )


def _random_section(rng: random.Random, id: str) -> Section:
    widgets = [_random_widget(rng, f"{id}/{n}") for n in range(rng.randint(2, 8))]
    words = _word(rng) if rng.random() < 0.5 else ""
    choice = rng.random()
    if choice < 0.5:
        return w.form(id, *widgets, title=words)
    if choice < 0.8:
        return w.line(id, *(_random_key(rng, f"{id}/key{n}") for n in range(rng.randint(2, 9))))
    keys = [_random_key(rng, f"{id}/key{n}") for n in range(rng.randint(4, 16))]
    return w.grid(id, rng.randint(3, 5), *keys)


def _random_widget(rng: random.Random, id: str) -> Widget:
    on = rng.random() < 0.5
    kind = rng.choices(range(12), _KIND_WEIGHTS)[0]
    if kind == 0:
        return w.checkbox(id, _word(rng), on)
    if kind == 1:
        return w.switch(id, _word(rng), on)
    if kind == 2:
        return w.radios(id, _word(rng), rng.sample(_WORDS, rng.randint(2, 4)), rng.randrange(2))
    if kind == 3:
        return w.slider(id, _word(rng), rng.randint(0, 100))
    if kind == 4:
        return w.dropdown(id, _word(rng), str(rng.randint(1, 99)))
    if kind == 5:
        return w.field(id, _word(rng), *rng.choice([("", ""), ("42.50", ""), ("", "0000")]))
    if kind == 6:
        return w.tabs(id, rng.sample(_WORDS, rng.randint(2, 4)))
    if kind == 7:
        return w.chips(id, rng.sample(_WORDS, rng.randint(2, 5)))
    if kind == 8:
        return w.image(id, rng.randrange(9999), rng.choice([0.7, 1.0, 1.6, 2.5]))
    if kind == 9:
        return w.link(id, _word(rng))
    if kind == 10:
        cells = [[_word(rng), str(rng.randint(0, 999))] for _ in range(rng.randint(1, 5))]
        return w.table(id, rng.sample(_WORDS, 2), cells)
    return w.button(id, _word(rng), rng.choice((*ICONS, "", "", "")), rng.choice(_STYLES))


def _random_key(rng: random.Random, id: str) -> Widget:
    choice = rng.random()
    if choice < 0.45:
        return w.icon_button(id, rng.choice(ICONS))
    words = str(rng.randint(0, 99)) if choice < 0.65 else _word(rng)
    return w.button(id, words, rng.choice((*ICONS, *[""] * 40)), rng.choice(_STYLES))


_WORDS = [phrase for phrase in phrases() if len(phrase) < 16]


def _word(rng: random.Random) -> str:
    return rng.choice(_WORDS)


def _worn(section: Section, rng: random.Random, focused: bool) -> Section:
    """Some controls disabled; in the `focused` section the first field has the focus."""
    widgets = []
    for widget in section.widgets:
        state = {}
        if widget.kind in _WEARING and rng.random() < _SWITCHED_OFF:
            state = {"disabled": True}
        elif widget.kind == "field" and focused:
            state, focused = {"focused": True}, False
        widgets.append(replace(widget, state={**widget.state, **state}))
    return replace(section, widgets=tuple(widgets))
