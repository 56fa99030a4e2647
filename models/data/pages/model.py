"""A page as a user thinks of it: named widgets in named sections, without any toolkit.

Every renderer (web kit, native toolkit) shows the same page; the pair (widget id, part) names the
same element in all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from models.data.pages.phrases import translate

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Mapping

Kind = Literal[
    "heading", "text", "link", "button", "icon_button", "field", "area", "checkbox", "switch",
    "radios", "slider", "dropdown", "row", "card", "tabs", "chips", "image", "bubble", "table",
]  # fmt: skip
Layout = Literal["list", "form", "cards", "grid", "line"]
State = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Widget:
    """One control with the things that belong to it.

    Attributes:
        id: Unique in its application; the same id on two pages means the same control.
        kind: What it is.
        texts: By part name, English or literal text; known phrases are translated.
        icon: Logical icon name; empty if it has none.
        state: Options of the kind, such as `on`, `value`, `style`, `disabled`.
        children: Controls inside (buttons of a card, the switch of a row).
    """

    id: str
    kind: Kind
    texts: Mapping[str, str] = field(default_factory=dict)
    icon: str = ""
    state: Mapping[str, State] = field(default_factory=dict)
    children: tuple[Widget, ...] = ()

    def walk(self) -> Iterator[Widget]:
        """This widget and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Section:
    """Widgets that stay together.

    Attributes:
        id: Unique on the page.
        layout: How the widgets are laid out.
        widgets: In reading order.
        title: Heading above, or None.
        columns: Of a `grid`.
        fixed: The order of the widgets means something (a keypad, a form's buttons).
    """

    id: str
    layout: Layout
    widgets: tuple[Widget, ...]
    title: Widget | None = None
    columns: int = 0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies above the page, with a scrim below it."""

    kind: Literal["dialog", "sheet", "menu", "drawer", "snackbar"]
    widgets: tuple[Widget, ...]
    buttons: tuple[Widget, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One screenful (or more) of an application.

    Attributes:
        app: Name of the application.
        name: Name of the page in it.
        title: Shown in the application bar.
        leading, actions: Icon buttons of the application bar.
        sections: The content.
        nav: Items of the bottom or side navigation; empty if there is none.
        nav_selected: Index in `nav`.
        floating: Floating action button, or None.
        overlay: Dialog, sheet or menu above the page, or None.
    """

    app: str
    name: str
    title: Widget
    sections: tuple[Section, ...]
    leading: Widget | None = None
    actions: tuple[Widget, ...] = ()
    nav: tuple[Widget, ...] = ()
    nav_selected: int = 0
    floating: Widget | None = None
    overlay: Overlay | None = None

    def __post_init__(self) -> None:
        twice = [name for name, count in Counter(w.id for w in self.widgets()).items() if count > 1]
        if twice:
            raise ValueError(f"page {self.app}/{self.name} names two widgets {twice[0]!r}")

    def widgets(self) -> Iterator[Widget]:
        """All widgets of the page, in reading order."""
        tops: list[Widget | None] = [self.leading, self.title, *self.actions]
        for section in self.sections:
            tops += [section.title, *section.widgets]
        tops += [*self.nav, self.floating]
        if self.overlay is not None:
            tops += [*self.overlay.widgets, *self.overlay.buttons]
        for top in tops:
            if top is not None:
                yield from top.walk()

    def reordered(self, rng: random.Random) -> Page:
        """The same widgets with sections, list rows and cards in another order."""
        sections = [_shuffled(section, rng) for section in self.sections]
        return replace(self, sections=tuple(rng.sample(sections, len(sections))))

    def as_json(self, language: str) -> dict[str, Any]:
        """What the renderers read, with texts in `language`."""
        return _jsonable(self, lambda text: translate(text, language))


def _shuffled(section: Section, rng: random.Random) -> Section:
    if section.fixed:
        return section
    return replace(section, widgets=tuple(rng.sample(section.widgets, len(section.widgets))))


def _jsonable(value: object, words: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Widget):
        return {
            "id": value.id,
            "kind": value.kind,
            "texts": {part: words(text) for part, text in value.texts.items()},
            "icon": value.icon,
            "children": _jsonable(value.children, words),
            **value.state,
        }
    if isinstance(value, Page | Section | Overlay):
        names = type(value).__dataclass_fields__
        return {name: _jsonable(getattr(value, name), words) for name in names}
    if isinstance(value, tuple):
        return [_jsonable(item, words) for item in value]
    return value
