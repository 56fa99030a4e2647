"""Made-up screens whose elements are known, and their counterparts in another look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import Scene, UiElement


@dataclass
class SceneBuilder:
    """Builds a scene in dp, row by row; `name` says which element is which."""

    width: int = 400
    height: int = 800
    density: float = 1.0
    told_density: bool = True
    elements: list[UiElement] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name, cls, box, text="", look=None, clickable=None):
        vector = None
        if look is not None:
            vector = np.random.default_rng(look).normal(size=64).astype(np.float32)
            vector /= np.linalg.norm(vector)
        self.names[name] = len(self.elements)
        self.elements.append(
            UiElement(
                cls,
                Rect.from_list(box).scaled(self.density),
                text=text,
                clickable=cls != "text" if clickable is None else clickable,
                appearance=vector,
            )
        )
        return self

    def without(self, name):
        index = self.names.pop(name)
        del self.elements[index]
        self.names = {key: at - (at > index) for key, at in self.names.items()}
        return self

    def change(self, name, **changes):
        index = self.names[name]
        self.elements[index] = replace(self.elements[index], **changes)
        return self

    def element(self, name):
        return self.elements[self.names[name]]

    def scene(self):
        size = Size(round(self.width * self.density), round(self.height * self.density))
        density = self.density if self.told_density else 1.0
        return Scene(tuple(self.elements), Screen(size, density))


def settings_page(width=400, density=1.0, step=40, told_density=True):
    """A settings page: a bar with icons, a field, rows with switches and equal buttons."""
    page = SceneBuilder(width, 800, density, told_density)
    page.add("menu", "icon", (10, 10, 34, 34), look=1)
    page.add("title", "text", (60, 14, 140, 30), "Settings")
    page.add("search", "icon", (width - 40, 10, width - 16, 34), look=2)
    page.add("name label", "text", (20, 60, 62, 74), "Name")
    page.add("name", "text_field", (20, 78, width - 20, 110))
    page.add("mail label", "text", (20, 120, 60, 134), "Email")
    page.add("mail", "text_field", (20, 138, width - 20, 170))
    top = 190
    for row in ("Wireless", "Bluetooth", "Location", "Updates"):
        page.add(row, "text", (20, top, 20 + 8 * len(row), top + 14), row)
        page.add(f"{row} switch", "switch", (width - 60, top, width - 24, top + 18), look=3)
        page.add(f"{row} more", "button", (width - 140, top - 3, width - 80, top + 21), "More", 4)
        top += step
    page.add("save", "button", (20, top, 120, top + 36), "Save")
    page.add("cancel", "button", (140, top, 240, top + 36), "Cancel")
    return page


@pytest.fixture
def builder():
    return SceneBuilder


@pytest.fixture
def page():
    return settings_page
