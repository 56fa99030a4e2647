"""Touched objects -> targets of steps, with their scenes and pictures numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.script.model import SceneReference, Target
from vistest.vision.images import encode_png, picture_of

if TYPE_CHECKING:
    from vistest.codegen.objects import Touched
    from vistest.codegen.options import ObjectOptions
    from vistest.core.frame import Frame
    from vistest.core.scene import Scene, UiElement


class TargetMaker:
    """Numbers the scenes and pictures of one script.

    Attributes:
        pictures: PNG files by their path in the script's folder.
    """

    def __init__(self, options: ObjectOptions) -> None:
        self._options = options
        self._paths: dict[Scene, str] = {}
        self.pictures: dict[str, bytes] = {}

    def target(self, touched: Touched, frame: Frame) -> Target:
        """The target that means `touched`, which was seen on `frame`."""
        element = touched.element
        return Target(
            text=self._name(element, touched.scene),
            cls=element.cls if element.cls != "text" else None,
            recorded=SceneReference(
                touched.scene, touched.index, self._path(touched.scene), touched.grip
            ),
            picture=self._picture(element, frame),
        )

    def _name(self, element: UiElement, scene: Scene) -> str:
        """The element's text if a person would know the element by it."""
        text = element.text.strip()
        same = [
            other
            for other in scene.elements
            if other.cls == element.cls and _folded(other.text) == _folded(text)
        ]
        named = 0 < len(text) <= self._options.longest_text and "\n" not in text
        return text if named and len(same) == 1 else ""

    def _path(self, scene: Scene) -> str:
        return self._paths.setdefault(scene, f"scenes/{len(self._paths) + 1:03}.json")

    def _picture(self, element: UiElement, frame: Frame) -> str:
        pixels = picture_of(frame, element.box, self._options.picture_margin_dp)
        path = f"pictures/{len(self.pictures) + 1:03}.png"
        self.pictures[path] = encode_png(pixels)
        return path


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
