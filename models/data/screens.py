"""A labelled screen on disk: a picture and, beside it, a JSON file that says what is on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from models.data.seen import seen
from vistest.core.geometry import Rect, Size
from vistest.core.scene import ElementClass
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_CLASSES = frozenset(get_args(ElementClass))


@dataclass(frozen=True, slots=True)
class LabelledElement:
    """One object of a rendered screen.

    Attributes:
        id: Logical widget that it belongs to; empty for decoration.
        part: Part of the widget. (id, part) is the same element in every look of the page.
        cls: Class.
        box: Visible part, in pixels of the image.
        text: What can be read in it.
        clickable: Whether the application reacts to a tap on it.
        target: Where a tap counts for it, if that is larger than the box.
    """

    id: str
    part: str
    cls: ElementClass
    box: Rect
    text: str = ""
    clickable: bool = False
    target: Rect | None = None

    @property
    def touch_box(self) -> Rect:
        """Where a tap counts for this element."""
        return self.target or self.box

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> LabelledElement:
        """From one entry of `elements`.

        Raises:
            ValueError: the class is none of the twelve.
        """
        if value["class"] not in _CLASSES:
            raise ValueError(f"unknown class {value['class']!r}")
        target = Rect.from_list(value["target"]) if "target" in value else None
        return cls(
            value["id"], value["part"], value["class"], Rect.from_list(value["box"]),
            value["text"], value["clickable"], target,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledScreen:
    """A picture with its labels.

    Attributes:
        image: The picture.
        size: Of the picture.
        density: Pixels per dp.
        seed: Of the page.
        look: Name of the look (`base`, `dark`, ...).
        look_options: How it was drawn.
        elements: What is on it.
        behind: Boxes of objects dimmed by a scrim: seen, but neither labelled nor wrong to find.
    """

    image: Path
    size: Size
    density: float
    seed: int
    look: str
    look_options: dict[str, Any]
    elements: tuple[LabelledElement, ...]
    behind: tuple[Rect, ...] = ()


def read_screen(path: Path) -> LabelledScreen:
    """The screen that the JSON file `path` describes.

    Raises:
        ValueError: a label is not understood.
    """
    value = json.loads(path.read_text(encoding="utf-8"))
    return LabelledScreen(
        image=path.parent / value["image"],
        size=Size(*value["size"]),
        density=value["density"],
        seed=value["seed"],
        look=value["look"],
        look_options=value["look_options"],
        elements=tuple(LabelledElement.from_json(entry) for entry in value["elements"]),
        behind=tuple(Rect.from_list(entry["box"]) for entry in value.get("behind", ())),
    )


def screens_below(folder: Path) -> Iterator[LabelledScreen]:
    """All screens in `folder` and below, sorted by path."""
    for path in sorted(folder.rglob("*.json")):
        yield read_screen(path)


def write_labels(
    image: Path,
    density: float,
    view: Mapping[str, Any],
    *,
    seed: int,
    look: str,
    look_options: Mapping[str, Any],
    **facts: str,
) -> None:
    """Writes the JSON file beside `image`, last and in one step: it marks the screen as done.

    Args:
        image: The picture, already on disk.
        density: Pixels per dp.
        view: `elements` and `behind` as a renderer says them, boxes in dp.
        seed: Of the page.
        look: Name of the look.
        look_options: How it was drawn.
        facts: More about the screen (`source`, `kit`, `app`, `page`).
    """
    frame = read_frame(image, density)
    elements = seen(view["elements"], frame.pixels, density)
    document = {
        "image": image.name,
        "size": [frame.size.width, frame.size.height],
        "density": density,
        "seed": seed,
        "look": look,
        **facts,
        "look_options": dict(look_options),
        "elements": [_in_pixels(element, density) for element in elements],
        "behind": [_in_pixels(element, density) for element in view["behind"]],
    }
    partial = image.with_suffix(".part")
    partial.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(image.with_suffix(".json"))


def _in_pixels(element: Mapping[str, Any], density: float) -> dict[str, Any]:
    boxes = {
        name: [round(edge * density, 1) for edge in element[name]]
        for name in ("box", "target")
        if name in element
    }
    return {**element, **boxes}
