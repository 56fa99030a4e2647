"""What the kinds of Android screens share: bars, navigation, dialogs, words and small widgets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from models.data.pages import widgets as w
from models.data.pages.android.model import Arrangement, Part, Place, Screen
from models.data.pages.apps.common import CHAT, GOODS, LONG, PEOPLE, SUBJECTS, time_of_day
from models.data.pages.mixed import ICONS
from models.data.pages.model import Overlay, Widget
from models.data.pages.phrases import phrases

if TYPE_CHECKING:
    import random

    from models.data.pages.model import State

_SHORT = tuple(words for words in phrases() if len(words) < 16)
_ACTIONS = ("search", "filter", "share", "refresh", "edit", "trash", "star", "add", "bell", "cart")
_ANY_ICON = 10_000


def word(rng: random.Random) -> str:
    return rng.choice(_SHORT)


def words(rng: random.Random, count: int) -> list[str]:
    """Different short phrases."""
    return rng.sample(_SHORT, count)


def sentence(rng: random.Random) -> str:
    return rng.choice((*LONG, *SUBJECTS, *CHAT))


def summary(rng: random.Random) -> str:
    """What a second line says; unlike any first line."""
    return rng.choice(
        (
            f"{rng.randint(1, 90)} {rng.choice(('min', 'km', 'MB', 'GB', '%', 'kg'))}",
            f"{word(rng)} · {time_of_day(rng)}",
            f"{rng.choice(PEOPLE)} · {rng.randint(1, 28)}.{rng.randint(1, 12)}.",
            sentence(rng),
            f"{rng.choice(GOODS)}, {rng.choice(PEOPLE)}",
        )
    )


def icon(rng: random.Random) -> str:
    """A common icon, or any of the icon set."""
    return rng.choice(ICONS) if rng.random() < 0.5 else f"any/{rng.randrange(_ANY_ICON)}"


def part(
    id: str,
    arrangement: Arrangement,
    *widgets: Widget,
    place: Place = "content",
    title: str = "",
    columns: int = 0,
) -> Part:
    head = w.heading(f"{id}/title", title) if title else None
    shown = tuple(_without_empty_texts(widget) for widget in widgets)
    return Part(id, "form", shown, head, columns, True, arrangement, place)


def _without_empty_texts(widget: Widget) -> Widget:
    texts = {name: text for name, text in widget.texts.items() if text}
    return replace(widget, texts=texts, children=tuple(map(_without_empty_texts, widget.children)))


def keys(rng: random.Random, id: str, count: int, **state: State) -> list[Widget]:
    """Icon buttons."""
    return [w.icon_button(f"{id}/{n}", icon(rng), **state) for n in range(count)]


def image(id: str, rng: random.Random, ratio: float, **texts_or_state: State) -> Widget:
    """A picture; `caption` and `sub` are written below it, the rest is state."""
    texts = {k: str(v) for k, v in texts_or_state.items() if k in ("caption", "sub") and v}
    state = {k: v for k, v in texts_or_state.items() if k not in ("caption", "sub")}
    return Widget(
        id, "image", texts, state={"picture": rng.randrange(9999), "ratio": ratio, **state}
    )


def fact(id: str, words: str, icon: str) -> Widget:
    """A short text beside an icon that does nothing."""
    return Widget(id, "text", {"text": words}, icon, {"style": "fact"})


def face(rng: random.Random, name: str, letters: bool) -> tuple[dict[str, str], dict[str, State]]:
    """Texts and state of a row that begins with a letter on a disc, or with a picture."""
    if letters:
        return {"letter": name[0].upper()}, {"tone": rng.randrange(360)}
    return {}, {"picture": rng.randrange(9999)}


def row(
    id: str,
    texts: dict[str, str],
    *children: Widget,
    icon: str = "",
    **state: State,
) -> Widget:
    """A line of a list; texts are `title`, `subtitle`, `body`, `trail` and `letter`."""
    given = {name: text for name, text in texts.items() if text}
    return Widget(id, "row", given, icon, state, children)


def nav(rng: random.Random) -> tuple[Widget, ...]:
    """Bottom navigation, with captions or without."""
    captions = rng.random() < 0.65
    return tuple(
        Widget(f"nav/{n}", "button", {"text": text} if captions else {}, icon(rng))
        for n, text in enumerate(words(rng, rng.randint(3, 5)))
    )


def floating(rng: random.Random) -> Widget:
    name = rng.choice(("add", "edit", "send", "chat", "camera", "check", icon(rng)))
    return (
        w.button("float", word(rng), name) if rng.random() < 0.2 else w.icon_button("float", name)
    )


def tabs(rng: random.Random, id: str = "tabs") -> Part:
    """A strip of tabs below the bar: words or icons, sometimes more than fit."""
    count = rng.randint(2, 7)
    if rng.random() < 0.2:
        icons = ",".join(icon(rng) for _ in range(count))
        state = {"selected": rng.randrange(count), "count": count, "icons": icons}
        return part(id, "strip", Widget(f"{id}/tabs", "tabs", {}, state=state), place="top")
    strip = w.tabs(f"{id}/tabs", words(rng, count), rng.randrange(min(count, 3)))
    return part(id, "strip", strip, place="top")


def search_pill(rng: random.Random, place: Place = "top") -> Part:
    field = w.field("pill/search", "", "", word(rng), icon=rng.choice(("search", "menu", "back")))
    return part("pill", "pill", field, place=place)


def screen(
    rng: random.Random,
    name: str,
    *parts: Part,
    title: str | None = None,
    bar: Literal["toolbar", "large", "photo", "none"] | None = None,
    backdrop: str = "",
    nav_chance: float = 0.3,
    float_chance: float = 0.3,
    overlay_chance: float = 0.12,
) -> Screen:
    """A screen with what Android has around the content."""
    kind = bar or rng.choice(("toolbar", "toolbar", "toolbar", "toolbar", "large", "photo"))
    shown = {} if kind == "none" else {"text": title or word(rng)}
    leading = rng.choice((None, "back", "back", "menu", "close"))
    actions = rng.sample(_ACTIONS, rng.randint(0, 3)) + ["more"] * (rng.random() < 0.6)
    bare = kind == "none"
    cells = nav(rng) if rng.random() < nav_chance else ()
    return Screen(
        app="android",
        name=name,
        title=Widget("bar/title", "heading", shown, state={"photo": rng.randrange(9999)}),
        sections=parts,
        leading=None if bare or leading is None else w.icon_button("bar/leading", leading),
        actions=() if bare else tuple(w.icon_button(f"bar/{a}", a) for a in actions),
        nav=cells,
        nav_selected=rng.randrange(len(cells)) if cells else 0,
        floating=floating(rng) if rng.random() < float_chance else None,
        overlay=overlay(rng) if rng.random() < overlay_chance else None,
        bar=kind,
        backdrop=backdrop,
    )


def overlay(rng: random.Random) -> Overlay:
    return rng.choice((_dialog, _dialog, _choices, _sheet, _menu, _drawer, _snackbar))(rng)


def flat(rng: random.Random, id: str, count: int) -> tuple[Widget, ...]:
    """Buttons that are nothing but words."""
    return tuple(
        w.button(f"{id}/{n}", text, style="plain") for n, text in enumerate(words(rng, count))
    )


def _dialog(rng: random.Random) -> Overlay:
    lines = [w.text("dialog/title", word(rng), "title")] * (rng.random() < 0.8)
    lines.append(w.text("dialog/body", rng.choice(LONG)))
    if rng.random() < 0.3:
        lines.append(w.field("dialog/field", "", rng.choice(PEOPLE)))
    if rng.random() < 0.2:
        lines.append(w.checkbox("dialog/again", word(rng), rng.random() < 0.5))
    return Overlay("dialog", tuple(lines), flat(rng, "dialog/key", rng.randint(1, 3)))


def _choices(rng: random.Random) -> Overlay:
    options = words(rng, rng.randint(3, 7))
    radios = Widget(
        "dialog/options",
        "radios",
        {f"option{n}": o for n, o in enumerate(options)},
        state={"selected": rng.randrange(3), "count": len(options)},
    )
    lines = (w.text("dialog/title", word(rng), "title"), radios)
    return Overlay("dialog", lines, flat(rng, "dialog/key", rng.randint(1, 2)))


def _sheet(rng: random.Random) -> Overlay:
    rows = [
        row(f"sheet/{n}", {"title": text}, icon=icon(rng) if rng.random() < 0.8 else "")
        for n, text in enumerate(words(rng, rng.randint(3, 7)))
    ]
    return Overlay("sheet", tuple(rows))


def _menu(rng: random.Random) -> Overlay:
    rows = [row(f"menu/{n}", {"title": t}) for n, t in enumerate(words(rng, rng.randint(3, 7)))]
    return Overlay("menu", tuple(rows))


def _drawer(rng: random.Random) -> Overlay:
    head = Widget(
        "drawer/head",
        "text",
        {"text": rng.choice(PEOPLE)},
        state={"style": "drawer", "photo": rng.randrange(9999)},
    )
    rows = [
        row(f"drawer/{n}", {"title": text}, icon=icon(rng))
        for n, text in enumerate(words(rng, rng.randint(4, 9)))
    ]
    return Overlay("drawer", (head, *rows))


def _snackbar(rng: random.Random) -> Overlay:
    return Overlay("snackbar", (w.text("snack", rng.choice(CHAT)),), flat(rng, "snack/key", 1))
