"""Short ways to write the widgets of a page."""

from __future__ import annotations

from models.data.pages.model import Section, State, Widget


def heading(id: str, text: str) -> Widget:
    return Widget(id, "heading", {"text": text})


def text(id: str, words: str, style: str = "body") -> Widget:
    return Widget(id, "text", {"text": words}, state={"style": style})


def link(id: str, words: str) -> Widget:
    return Widget(id, "link", {"text": words})


def button(id: str, words: str, icon: str = "", style: str = "primary", **state: State) -> Widget:
    """Style is `primary`, `secondary`, `outline`, `plain`, `danger` or `key`."""
    return Widget(id, "button", {"text": words}, icon, {"style": style, **state})


def icon_button(id: str, icon: str, **state: State) -> Widget:
    return Widget(id, "icon_button", {}, icon, state)


def field(id: str, label: str, value: str = "", placeholder: str = "", **state: State) -> Widget:
    """A one-line input; it shows the value, or else the placeholder."""
    texts = {"label": label} if label else {}
    if value:
        texts["value"] = value
    elif placeholder:
        texts["placeholder"] = placeholder
    return Widget(id, "field", texts, icon=str(state.pop("icon", "")), state=state)


def area(id: str, label: str, value: str) -> Widget:
    return Widget(id, "area", {"label": label, "value": value})


def checkbox(id: str, label: str, on: bool = False, **state: State) -> Widget:
    return Widget(id, "checkbox", {"label": label}, state={"on": on, **state})


def switch(id: str, label: str = "", on: bool = False, **state: State) -> Widget:
    return Widget(id, "switch", {"label": label} if label else {}, state={"on": on, **state})


def radios(id: str, label: str, options: list[str], selected: int = 0) -> Widget:
    texts = {"label": label} | {f"option{n}": option for n, option in enumerate(options)}
    return Widget(id, "radios", texts, state={"selected": selected, "count": len(options)})


def slider(id: str, label: str, value: int) -> Widget:
    """Value is a percentage."""
    return Widget(id, "slider", {"label": label}, state={"value": value})


def dropdown(id: str, label: str, value: str) -> Widget:
    return Widget(id, "dropdown", {"label": label, "value": value})


def row(
    id: str, title: str, subtitle: str = "", icon: str = "", *children: Widget, **state: State
) -> Widget:
    """A line of a list: `trail` is a short text at its end, `picture` a seed for a small image."""
    texts = {"title": title}
    if subtitle:
        texts["subtitle"] = subtitle
    if trail := str(state.pop("trail", "")):
        texts["trail"] = trail
    return Widget(id, "row", texts, icon, state, children)


def card(id: str, title: str, body: str, *children: Widget, **state: State) -> Widget:
    return Widget(id, "card", {"title": title, "body": body}, "", state, children)


def tabs(id: str, items: list[str], selected: int = 0) -> Widget:
    texts = {f"tab{n}": item for n, item in enumerate(items)}
    return Widget(id, "tabs", texts, state={"selected": selected, "count": len(items)})


def chips(id: str, items: list[str], selected: int = 0) -> Widget:
    texts = {f"chip{n}": item for n, item in enumerate(items)}
    return Widget(id, "chips", texts, state={"selected": selected, "count": len(items)})


def image(id: str, picture: int, ratio: float = 1.6) -> Widget:
    """A made-up picture; ratio is width by height."""
    return Widget(id, "image", state={"picture": picture, "ratio": ratio})


def bubble(id: str, words: str, mine: bool) -> Widget:
    return Widget(id, "bubble", {"text": words}, state={"mine": mine})


def table(id: str, columns: list[str], rows: list[list[str]]) -> Widget:
    """Cells are parts `head0..` and `r0c0..`."""
    texts = {f"head{c}": words for c, words in enumerate(columns)}
    texts |= {f"r{r}c{c}": words for r, line in enumerate(rows) for c, words in enumerate(line)}
    return Widget(id, "table", texts, state={"columns": len(columns), "rows": len(rows)})


def nav(*items: tuple[str, str, str]) -> tuple[Widget, ...]:
    """Navigation items from (name, words, icon)."""
    return tuple(
        Widget(f"nav/{name}", "button", {"text": words}, icon) for name, words, icon in items
    )


def listed(id: str, *widgets: Widget, title: str = "") -> Section:
    return Section(id, "list", widgets, heading(f"{id}/title", title) if title else None)


def form(id: str, *widgets: Widget, title: str = "", fixed: bool = False) -> Section:
    head = heading(f"{id}/title", title) if title else None
    return Section(id, "form", widgets, head, fixed=fixed)


def cards(id: str, *widgets: Widget, title: str = "") -> Section:
    return Section(id, "cards", widgets, heading(f"{id}/title", title) if title else None)


def grid(id: str, columns: int, *widgets: Widget) -> Section:
    return Section(id, "grid", widgets, columns=columns, fixed=True)


def line(id: str, *widgets: Widget) -> Section:
    return Section(id, "line", widgets, fixed=True)
