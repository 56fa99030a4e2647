"""The process that draws pages with GTK 3 on a display of its own. Started by `models.data.native`.

It runs under the system's Python, which has the GTK bindings, and so imports nothing but those.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

import cairo
import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

from models.data.native.gtk_form import Form, Label  # noqa: E402

_LIGHT = (
    "Adwaita",
    "Arc",
    "Arc-Lighter",
    "Materia",
    "Materia-light-compact",
    "Greybird",
    "Breeze",
    "Raleigh",
)
_DARK = ("Adwaita-dark", "Arc-Dark", "Materia-dark", "Greybird-dark", "Breeze-Dark")
_FONTS = (
    "Noto Sans 10",
    "Noto Sans 11",
    "DejaVu Sans 9",
    "Nimbus Sans 11",
    "Noto Serif 10",
    "Noto Sans 12",
)


def _draw(job: dict[str, Any]) -> list[dict[str, Any]]:
    look = job["look"]
    rng = random.Random(f"gtk {look['hue']} {look['flavour']} {look['icons']}")
    settings = Gtk.Settings.get_default()
    settings.set_property("gtk-theme-name", rng.choice(_DARK if look["dark"] else _LIGHT))
    settings.set_property("gtk-font-name", rng.choice(_FONTS))
    settings.set_property("gtk-enable-animations", False)
    right_to_left = Gtk.TextDirection.RTL if look["rtl"] else Gtk.TextDirection.LTR
    Gtk.Widget.set_default_direction(right_to_left)
    window = Gtk.OffscreenWindow()
    form = Form(job["page"], look)
    window.add(form.root)
    answers = [_view(window, form, view) for view in job["views"]]
    window.destroy()
    return answers


def _photograph(form: Form, view: dict[str, Any]) -> None:
    """Paints the widgets now, as they are laid out: the window's own picture may lag behind."""
    density = view["density"]
    size = [round(view[side] * density) for side in ("width", "height")]
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, *size)
    surface.set_device_scale(density, density)
    form.root.draw(cairo.Context(surface))
    surface.write_to_png(view["png"])


def _lay_out(window: Gtk.OffscreenWindow, view: dict[str, Any]) -> None:
    """Gives all widgets their places now; GTK itself would wait for the next frame."""
    whole = Gdk.Rectangle()
    whole.width, whole.height = view["width"], view["height"]
    for _ in range(2):
        while Gtk.events_pending():
            Gtk.main_iteration()
        window.get_preferred_size()
        window.size_allocate(whole)


def _view(window: Gtk.OffscreenWindow, form: Form, view: dict[str, Any]) -> dict[str, Any]:
    window.set_size_request(view["width"], view["height"])
    form.root.set_size_request(view["width"], view["height"])
    window.resize(view["width"], view["height"])
    window.show_all()
    _lay_out(window, view)
    bar = form.area.get_vadjustment()
    bar.set_value(view["scroll"] * max(0, bar.get_upper() - bar.get_page_size()))
    _lay_out(window, view)
    _photograph(form, view)
    screen = (0, 0, view["width"], view["height"])
    elements = [_element(label, window, form, screen) for label in form.labels]
    return {"elements": [element for element in elements if element], "behind": []}


def _element(
    label: Label, window: Gtk.Window, form: Form, screen: tuple[int, int, int, int]
) -> dict[str, Any] | None:
    x, y, width, height = label.rect()
    left, top = label.widget.translate_coordinates(window, x, y)
    seen = _common((left, top, left + width, top + height), screen)
    if label.widget.is_ancestor(form.area):
        shown = form.area.get_allocation()
        at = form.area.translate_coordinates(window, 0, 0)
        seen = _common(seen, (at[0], at[1], at[0] + shown.width, at[1] + shown.height))
    area = max(0, seen[2] - seen[0]) * max(0, seen[3] - seen[1])
    if area < 0.5 * width * height or area < 6:
        return None
    return {
        "id": label.id,
        "part": label.part,
        "class": label.cls,
        "text": label.text,
        "clickable": label.clickable,
        "loose": label.loose,
        "box": list(seen),
    }


def _common(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, int, int, int]:
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def main() -> None:
    """Answers jobs until standard input ends."""
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer = {"id": job["id"], "views": _draw(job)}
        except Exception as error:  # noqa: BLE001 - the other side must hear of any failure
            answer = {"id": job["id"], "error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
