"""A recorded scene as JSON: `scenes/NNN.json` in a script's folder."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from vistest.core.errors import FormatError
from vistest.core.geometry import Rect, Screen, Size
from vistest.core.scene import ElementClass, Scene, UiElement
from vistest.script.migrate import SCENE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

MAX_BYTES = 64 * 1024 * 1024
_CLASSES: tuple[ElementClass, ...] = get_args(ElementClass)
_NUMBER_TYPES: dict[str, Callable[[bytes], NDArray[np.float32]]] = {
    "f16": lambda raw: np.frombuffer(raw, "<f2").astype(np.float32),
    "f32": lambda raw: np.frombuffer(raw, "<f4").astype(np.float32),
}


def save_scene(scene: Scene, path: Path) -> None:
    """Write `scene`, one element a line so that a difference can be read.

    Boxes are kept to 1/100 pixel, scores to four digits, appearance as float16.
    """
    head = json.dumps({"width": scene.screen.size.width, "height": scene.screen.size.height})
    elements = ",\n".join(json.dumps(_element_to_json(item)) for item in scene.elements)
    path.write_text(
        f'{{"version": {SCENE.version}, "size": {head}, '
        f'"density": {json.dumps(scene.screen.density)}, "elements": [\n{elements}\n]}}\n',
        encoding="ascii",
    )


def load_scene(path: Path) -> Scene:
    """Read a scene.

    Raises:
        FormatError: the file is missing, or is not a scene.
        UnsupportedVersion: a newer vistest wrote it.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormatError(f"{path}: too large for a scene")
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise FormatError(f"scene {path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{path} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise FormatError(f"{path} is not a scene")
    document = SCENE.upgrade(document, document.get("version"), str(path))
    try:
        size = Size(int(document["size"]["width"]), int(document["size"]["height"]))
        elements = tuple(_element_from_json(item) for item in document["elements"])
        return Scene(elements, Screen(size, float(document["density"])))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise FormatError(f"{path} is not a scene: {error!r}") from error


def _element_to_json(element: UiElement) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "class": element.cls,
        "box": [round(float(value), 2) for value in element.box.as_list()],
        "score": round(float(element.score), 4),
        "text": element.text,
        "clickable": bool(element.clickable),
    }
    if element.appearance is not None:
        halves = element.appearance.astype("<f2").tobytes()
        fields["appearance"] = "f16:" + base64.b64encode(halves).decode("ascii")
    return fields


def _element_from_json(fields: dict[str, Any]) -> UiElement:
    cls = fields["class"]
    if cls not in _CLASSES:
        raise ValueError(f"unknown class {cls!r}")
    if not isinstance(fields["text"], str):
        raise TypeError("text must be a string")
    appearance = fields.get("appearance")
    box = Rect.from_list(fields["box"])
    if not np.isfinite(box.as_list()).all():
        raise ValueError("a box must be finite")
    return UiElement(
        cls=cls,
        box=box,
        score=float(fields["score"]),
        text=fields["text"],
        clickable=bool(fields["clickable"]),
        appearance=None if appearance is None else _vector(appearance),
    )


def _vector(written: str | list[float]) -> NDArray[np.float32]:
    """From `f16:BASE64`, `f32:BASE64` or a list of numbers."""
    if isinstance(written, str):
        kind, _, data = written.partition(":")
        if kind not in _NUMBER_TYPES:
            raise ValueError(f"unknown kind of numbers {kind[:20]!r}")
        try:
            raw = base64.b64decode(data, validate=True)
        except binascii.Error as error:
            raise ValueError("appearance is not base64") from error
        vector: NDArray[np.float32] = _NUMBER_TYPES[kind](raw)
    else:
        vector = np.asarray(written, np.float32)
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise ValueError("appearance must be a row of finite numbers")
    return vector
