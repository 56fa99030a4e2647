"""Prints what is on the screen after the accessibility tree, as JSON.

Runs by itself under the system's Python, which has the bindings (Debian: python3-gi and
gir1.2-atspi-2.0); `models.eval.desktop` starts it on a private screen. Truth for evaluation only:
the product never asks an accessibility tree.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - the version has to be chosen first

_MOST_CHILDREN = 400
_LARGEST_ICON = 48
_CLASSES = {
    "label": "text",
    "push button": "button",
    "toggle button": "button",
    "menu": "button",
    "check box": "checkbox",
    "radio button": "radio",
    "slider": "slider",
    "combo box": "dropdown",
    "page tab": "tab",
    "entry": "text_field",
    "password text": "text_field",
    "spin button": "text_field",
    "text": "text_field",
    "list item": "list_item",
    "menu item": "list_item",
    "check menu item": "list_item",
    "radio menu item": "list_item",
    "table cell": "list_item",
    "tree item": "list_item",
}


def walk(node: Atspi.Accessible, found: list[dict[str, Any]]) -> None:
    """Add `node` and all below it to `found`."""
    states = node.get_state_set()
    if states.contains(Atspi.StateType.SHOWING):
        add(node, found)
    for index in range(min(node.get_child_count(), _MOST_CHILDREN)):
        child = node.get_child_at_index(index)
        if child is not None:
            walk(child, found)


def add(node: Atspi.Accessible, found: list[dict[str, Any]]) -> None:
    """Add `node` if it is of a class that a detector knows."""
    component = node.get_component_iface()
    if component is None:
        return
    box = component.get_extents(Atspi.CoordType.SCREEN)
    role = node.get_role_name()
    cls = _CLASSES.get(role)
    if role in ("icon", "image"):
        cls = "icon" if max(box.width, box.height) <= _LARGEST_ICON else "image"
    if cls is None or box.width <= 2 or box.height <= 2 or box.x < 0 or box.y < 0:
        return
    corners = [box.x, box.y, box.x + box.width, box.y + box.height]
    found.append({"class": cls, "box": corners, "text": node.get_name() or ""})


def main() -> None:
    """Print the elements of all applications on this desktop."""
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    found = []
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application is not None:
            walk(application, found)
    json.dump(found, sys.stdout)


main()
