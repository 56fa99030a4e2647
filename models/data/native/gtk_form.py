"""A logical page as GTK widgets, with a note of where each of its parts is."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GdkPixbuf, GLib, Gtk, Pango  # noqa: E402

from models.data.icons import ICON_SETS, icon_svg  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

Rect = tuple[int, int, int, int]
ICON_DP = 20
_SHARPNESS = 3  # pixels per dp of icons


@dataclass
class Label:
    """Where a part of a widget is: `rect` (x, y, width, height) in coordinates of `widget`.

    `loose` says that the part is the ink somewhere in the rect.
    """

    id: str
    part: str
    cls: str
    widget: Gtk.Widget
    rect: Callable[[], Rect]
    text: str = ""
    clickable: bool = True
    loose: bool = False


def _whole(widget: Gtk.Widget) -> Rect:
    shown = widget.get_allocation()
    return 0, 0, shown.width, shown.height


def _box(vertical: bool, spacing: int = 8) -> Gtk.Box:
    orientation = Gtk.Orientation.VERTICAL if vertical else Gtk.Orientation.HORIZONTAL
    return Gtk.Box(orientation=orientation, spacing=spacing)


class Form:
    """The widgets of a page: `root` to show, `area` to scroll, `labels` to ask afterwards."""

    def __init__(self, page: dict[str, Any], look: dict[str, Any]) -> None:
        self.labels: list[Label] = []
        self._icons = ICON_SETS[look["icons"] % len(ICON_SETS)]
        self._flavour = look["flavour"]
        self._colour = "#e6e6e6" if look["dark"] else "#303030"
        self.root = _box(vertical=True, spacing=0)
        self.root.get_style_context().add_class("background")
        self.root.pack_start(self._bar(page), False, False, 0)
        self.area = Gtk.ScrolledWindow()
        self.area.set_policy(Gtk.PolicyType.NEVER, Gtk.PolicyType.AUTOMATIC)
        self.root.pack_start(self.area, True, True, 0)
        self.area.add(self._sections(page))
        if page["nav"]:
            self.root.pack_start(self._nav(page), False, False, 0)

    # ---- the page ----

    def _bar(self, page: dict[str, Any]) -> Gtk.Widget:
        bar = Gtk.HeaderBar()
        bar.set_custom_title(self._words(page["title"], "text"))
        if page["leading"]:
            bar.pack_start(self._icon_button(page["leading"]))
        for w in page["actions"]:
            bar.pack_end(self._icon_button(w))
        return bar

    def _sections(self, page: dict[str, Any]) -> Gtk.Widget:
        column = _box(vertical=True, spacing=12)
        column.set_border_width(12)
        for section in page["sections"]:
            if section["title"]:
                column.pack_start(self._heading(section["title"]), False, False, 0)
            column.pack_start(self._section(section), False, False, 0)
        return column

    def _section(self, section: dict[str, Any]) -> Gtk.Widget:
        widgets = section["widgets"]
        if section["layout"] == "list":
            rows = Gtk.ListBox()
            rows.set_selection_mode(Gtk.SelectionMode.NONE)
            for w in widgets:
                rows.add(self._widget(w))
            return _framed(rows)
        if section["layout"] in ("grid", "cards"):
            grid = Gtk.Grid(column_spacing=6, row_spacing=6, column_homogeneous=True)
            columns = section["columns"] or 2
            for n, w in enumerate(widgets):
                child = self._widget(w)
                child.set_hexpand(True)
                grid.attach(child, n % columns, n // columns, 1, 1)
            return grid
        is_line = section["layout"] == "line"
        box = _box(vertical=not is_line)
        for w in widgets[: 4 if is_line else None]:
            box.pack_start(self._widget(w), False, False, 0)
        return box

    def _nav(self, page: dict[str, Any]) -> Gtk.Widget:
        bar = _box(vertical=False, spacing=0)
        bar.set_homogeneous(True)
        first = None
        for n, w in enumerate(page["nav"]):
            button = Gtk.RadioButton.new_from_widget(first)
            first = first or button
            button.set_mode(False)
            button.set_active(n == page["nav_selected"])
            inner = _box(vertical=True, spacing=2)
            inner.pack_start(self._glyph(w), False, False, 0)
            inner.pack_start(self._words(w, "text", middle=True), False, False, 0)
            button.add(inner)
            bar.pack_start(button, True, True, 0)
            self._note(w, "button", "tab", button)
        return bar

    # ---- notes, icons and words ----

    def _note(self, w: dict[str, Any], part: str, cls: str, widget: Gtk.Widget) -> None:
        self.labels.append(Label(w["id"], part, cls, widget, lambda: _whole(widget)))

    def _note_text(
        self,
        w: dict[str, Any],
        part: str,
        widget: Gtk.Widget,
        rect: Callable[[], Rect] | None = None,
    ) -> None:
        words = w["texts"].get(part, "")
        if words:
            where = rect or (lambda: _whole(widget))
            is_link = w["kind"] == "link"
            self.labels.append(
                Label(w["id"], f"text.{part}", "text", widget, where, words, is_link, True)
            )

    def _words(
        self, w: dict[str, Any], part: str, markup: str = "", middle: bool = False
    ) -> Gtk.Label:
        label = Gtk.Label()
        text = GLib.markup_escape_text(w["texts"][part])
        label.set_markup(f"<span {markup}>{text}</span>" if markup else text)
        label.set_line_wrap(True)
        label.set_line_wrap_mode(Pango.WrapMode.WORD_CHAR)
        label.set_xalign(0.5 if middle else 0.0)
        self._note_text(w, part, label)
        return label

    def _image(self, name: str, size: int) -> Gtk.Image:
        loader = GdkPixbuf.PixbufLoader.new_with_type("svg")
        loader.set_size(size * _SHARPNESS, size * _SHARPNESS)
        loader.write(icon_svg(self._icons, name, self._colour).encode())
        loader.close()
        surface = Gdk.cairo_surface_create_from_pixbuf(loader.get_pixbuf(), _SHARPNESS, None)
        return Gtk.Image.new_from_surface(surface)

    def _glyph(self, w: dict[str, Any], clickable: bool = False) -> Gtk.Image:
        image = self._image(w["icon"], ICON_DP)

        def middle() -> Rect:
            shown = image.get_allocation()
            return (shown.width - ICON_DP) // 2, (shown.height - ICON_DP) // 2, ICON_DP, ICON_DP

        self.labels.append(Label(w["id"], "icon", "icon", image, middle, clickable=clickable))
        return image

    def _captioned(self, w: dict[str, Any], control: Gtk.Widget) -> Gtk.Widget:
        if "label" not in w["texts"]:
            return control
        box = _box(vertical=self._flavour % 3 != 0, spacing=4)
        box.pack_start(self._words(w, "label"), False, False, 0)
        box.pack_start(control, True, True, 0)
        return box

    # ---- widgets ----

    def _widget(self, w: dict[str, Any]) -> Gtk.Widget:
        return getattr(self, f"_draw_{w['kind']}")(w)

    def _heading(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._words(w, "text", 'size="large" weight="bold"')

    _draw_heading = _heading

    def _draw_text(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._words(w, "text")

    _draw_bubble = _draw_text

    def _draw_link(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._words(w, "text", 'foreground="#3584e4" underline="single"')

    def _draw_button(self, w: dict[str, Any]) -> Gtk.Widget:
        button = Gtk.Button()
        style = {"primary": "suggested-action", "danger": "destructive-action"}.get(w.get("style"))
        if style:
            button.get_style_context().add_class(style)
        inner = _box(vertical=False, spacing=6)
        inner.set_halign(Gtk.Align.CENTER)
        if w["icon"]:
            inner.pack_start(self._glyph(w), False, False, 0)
        inner.pack_start(self._words(w, "text", middle=True), False, False, 0)
        button.add(inner)
        button.set_sensitive(not w.get("disabled"))
        self._note(w, "button", "button", button)
        return button

    def _icon_button(self, w: dict[str, Any]) -> Gtk.Widget:
        button = Gtk.Button()
        button.add(self._glyph(w, clickable=True))
        if self._flavour % 2:
            button.set_relief(Gtk.ReliefStyle.NONE)
        else:
            self._note(w, "button", "button", button)
        return button

    _draw_icon_button = _icon_button

    def _draw_field(self, w: dict[str, Any]) -> Gtk.Widget:
        entry = Gtk.Entry(text=w["texts"].get("value", ""), visibility=not w.get("password"))
        entry.set_placeholder_text(w["texts"].get("placeholder", ""))
        entry.set_sensitive(not w.get("disabled"))
        self._note(w, "text_field", "text_field", entry)

        def inner() -> Rect:
            shown = entry.get_allocation()
            return 5, 4, shown.width - 10, shown.height - 8

        for part in ("value", "placeholder"):
            self._note_text(w, part, entry, inner)
        if not w["icon"]:
            return self._captioned(w, entry)
        box = _box(vertical=False)
        box.pack_start(self._glyph(w), False, False, 0)
        box.pack_start(entry, True, True, 0)
        return self._captioned(w, box)

    def _draw_area(self, w: dict[str, Any]) -> Gtk.Widget:
        view = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD)
        view.get_buffer().set_text(w["texts"]["value"])
        view.set_size_request(-1, 90)
        frame = _framed(view)
        self._note(w, "text_field", "text_field", frame)
        self._note_text(w, "value", view)
        return self._captioned(w, frame)

    def _draw_dropdown(self, w: dict[str, Any]) -> Gtk.Widget:
        combo = Gtk.ComboBoxText()
        combo.append_text(w["texts"]["value"])
        combo.set_active(0)
        combo.set_sensitive(not w.get("disabled"))
        self._note(w, "dropdown", "dropdown", combo)

        def inner() -> Rect:
            shown = combo.get_allocation()
            left = 34 if combo.get_direction() == Gtk.TextDirection.RTL else 6
            return left, 5, shown.width - 40, shown.height - 10

        self._note_text(w, "value", combo, inner)
        return self._captioned(w, combo)

    def _tick(
        self, w: dict[str, Any], button: Gtk.CheckButton, cls: str, part: str, words: str
    ) -> Gtk.Widget:
        label = self._words(w, words)
        button.add(label)
        button.set_sensitive(not w.get("disabled"))

        def glyph() -> Rect:
            shown, text = button.get_allocation(), label.get_allocation()
            if button.get_direction() == Gtk.TextDirection.RTL:
                left = text.x + text.width - shown.x
                return left, 0, shown.width - left, shown.height
            return 0, 0, text.x - shown.x, shown.height

        self.labels.append(Label(w["id"], part, cls, button, glyph, loose=True))
        return button

    def _draw_checkbox(self, w: dict[str, Any]) -> Gtk.Widget:
        button = Gtk.CheckButton()
        button.set_active(bool(w.get("on")))
        return self._tick(w, button, "checkbox", "checkbox", "label")

    def _draw_switch(self, w: dict[str, Any]) -> Gtk.Widget:
        switch = Gtk.Switch(active=bool(w.get("on")), sensitive=not w.get("disabled"))
        switch.set_valign(Gtk.Align.CENTER)
        self._note(w, "switch", "switch", switch)
        if "label" not in w["texts"]:
            return switch
        box = _box(vertical=False)
        box.pack_start(self._words(w, "label"), self._flavour % 2 == 0, True, 0)
        box.pack_start(switch, False, False, 0)
        return box

    def _draw_radios(self, w: dict[str, Any]) -> Gtk.Widget:
        box = _box(vertical=True, spacing=4)
        first = None
        for n in range(w["count"]):
            radio = Gtk.RadioButton.new_from_widget(first)
            first = first or radio
            radio.set_active(n == w["selected"])
            box.pack_start(
                self._tick(w, radio, "radio", f"radio{n}", f"option{n}"), False, False, 0
            )
        return self._captioned(w, box)

    def _draw_slider(self, w: dict[str, Any]) -> Gtk.Widget:
        scale = Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, 0, 100, 1)
        scale.set_value(w["value"])
        scale.set_draw_value(False)
        scale.set_sensitive(not w.get("disabled"))
        self._note(w, "slider", "slider", scale)
        return self._captioned(w, scale)

    def _draw_row(self, w: dict[str, Any]) -> Gtk.Widget:
        row = Gtk.ListBoxRow()
        line = _box(vertical=False, spacing=12)
        line.set_border_width(9)
        row.add(line)
        self._note(w, "row", "list_item", row)
        if w["icon"]:
            line.pack_start(self._glyph(w), False, False, 0)
        elif w.get("picture") is not None:
            line.pack_start(self._picture(w, 40, 40), False, False, 0)
        words = _box(vertical=True, spacing=2)
        for part in ("title", "subtitle"):
            if part in w["texts"]:
                words.pack_start(
                    self._words(w, part, 'size="small"' if part == "subtitle" else ""),
                    False,
                    False,
                    0,
                )
        line.pack_start(words, True, True, 0)
        if "trail" in w["texts"]:
            line.pack_start(self._words(w, "trail"), False, False, 0)
        for child in w["children"]:
            line.pack_start(self._widget(child), False, False, 0)
        return row

    def _draw_card(self, w: dict[str, Any]) -> Gtk.Widget:
        column = _box(vertical=True, spacing=6)
        column.set_border_width(10)
        if w.get("picture") is not None:
            column.pack_start(self._picture(w, 140, 90), False, False, 0)
        for part in ("title", "body"):
            column.pack_start(self._words(w, part), False, False, 0)
        for child in w["children"]:
            column.pack_start(self._widget(child), False, False, 0)
        return _framed(column)

    def _picture(self, w: dict[str, Any], width: int, height: int) -> Gtk.Widget:
        image = Gtk.Image.new_from_pixbuf(_made_up(w["picture"], width, height))
        image.set_halign(Gtk.Align.START)
        self.labels.append(
            Label(w["id"], "image", "image", image, lambda: _whole(image), clickable=False)
        )
        return image

    def _draw_image(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._picture(w, min(300, round(150 * w["ratio"])), 150)

    def _draw_tabs(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._joined(w, "tab", "tab", w["selected"])

    def _draw_chips(self, w: dict[str, Any]) -> Gtk.Widget:
        return self._joined(w, "chip", "button", w["selected"])

    def _joined(self, w: dict[str, Any], name: str, cls: str, selected: int) -> Gtk.Widget:
        box = _box(vertical=False, spacing=0)
        box.get_style_context().add_class("linked")
        first = None
        for n in range(w["count"]):
            button = Gtk.RadioButton.new_from_widget(first)
            first = first or button
            button.set_mode(False)
            button.add(self._words(w, f"{name}{n}", middle=True))
            button.set_active(n == selected)
            box.pack_start(button, False, False, 0)
            self._note(w, f"{name}{n}", cls, button)
        return box

    def _draw_table(self, w: dict[str, Any]) -> Gtk.Widget:
        grid = Gtk.Grid(column_spacing=24, row_spacing=8, border_width=8)
        for c in range(w["columns"]):
            grid.attach(self._words(w, f"head{c}", 'weight="bold"'), c, 0, 1, 1)
            for r in range(w["rows"]):
                grid.attach(self._words(w, f"r{r}c{c}"), c, r + 1, 1, 1)
        return _framed(grid)


def _framed(child: Gtk.Widget) -> Gtk.Frame:
    frame = Gtk.Frame()
    frame.add(child)
    return frame


def _made_up(seed: int, width: int, height: int) -> GdkPixbuf.Pixbuf:
    """A picture of coloured ellipses."""
    rng = random.Random(seed)
    shapes = "".join(
        f'<ellipse cx="{rng.randrange(width)}" cy="{rng.randrange(height)}" '
        f'rx="{rng.randint(5, width)}" '
        f'ry="{rng.randint(5, height)}" fill="hsl({rng.randrange(360)},{rng.randint(20, 90)}%,'
        f'{rng.randint(15, 85)}%)" opacity=".6"/>'
        for _ in range(rng.randint(4, 20))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{shapes}</svg>'
    )
    loader = GdkPixbuf.PixbufLoader.new_with_type("svg")
    loader.write(svg.encode())
    loader.close()
    return loader.get_pixbuf()
