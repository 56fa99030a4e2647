"""The object of a step, read from YAML and written to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from vistest.core.errors import FormatError
from vistest.core.paths import path_inside
from vistest.core.scene import ELEMENT_CLASSES, ElementClass, Relation, Scene
from vistest.script.model import SceneReference, Target
from vistest.script.nodes import Fields, Node, Scalar, problem
from vistest.script.scenes import load_scene
from vistest.script.values import (
    check_keys,
    read_choice,
    read_fields,
    read_items,
    read_number,
    read_text,
    read_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RELATIONS: tuple[Relation, ...] = get_args(Relation)
NAMED_CLASSES: tuple[ElementClass, ...] = tuple(name for name in ELEMENT_CLASSES if name != "text")
TARGET_KEYS = ("text", "class", *NAMED_CLASSES, *RELATIONS, "scene", "picture", "grip")

_ELEMENT = re.compile(r"([^#]+)#(\d{1,6})")


class SceneStore:
    """The scenes of one script's folder, each read once; `known` are not on disk yet."""

    def __init__(self, folder: Path, known: Mapping[str, Scene] | None = None) -> None:
        self._folder = folder
        self._scenes = dict(known or {})

    def load(self, node: Scalar, path: str) -> Scene:
        if path not in self._scenes:
            self._scenes[path] = load_scene(self.place(node, path))
        return self._scenes[path]

    def place(self, node: Scalar, path: str) -> Path:
        """Where `path` lies; it must not leave the folder."""
        try:
            return path_inside(self._folder, path)
        except FormatError as error:
            raise problem(node.place, str(error)) from error


def read_target(node: Node, store: SceneStore) -> Target:
    """`"Save"` or `{button: Save, below: Name, ...}`."""
    if isinstance(node, Scalar):
        return Target(text=read_words(node, "the target"))
    fields = read_fields(node, "a target")
    check_keys(fields, TARGET_KEYS)
    cls, text = _class_and_text(fields)
    relations = {
        relation: read_words(value, f"the text after {relation!r}")
        for relation in RELATIONS
        if (value := fields.get(relation)) is not None
    }
    target = Target(text, cls, relations, _recorded(fields, store), _picture(fields, store))
    if not (target.text or target.cls or target.relations or target.recorded):
        raise problem(node.place, "the target says nothing about the object")
    return target


def _class_and_text(fields: Fields) -> tuple[ElementClass | None, str]:
    named = [
        (key, cls, value)
        for key, value in fields.entries
        for cls in NAMED_CLASSES
        if key.text == cls
    ]
    text, cls_node = fields.get("text"), fields.get("class")
    if len(named) + (cls_node is not None) > 1:
        where = named[-1][0].place
        raise problem(where, "a target has one class only", hint="use below, near, inside, ...")
    if named:
        if text is not None:
            raise problem(text.place, f"the text stands after {named[0][1]!r} already")
        return named[0][1], read_text(named[0][2], f"the text after {named[0][1]!r}")
    cls = read_choice(cls_node, "class", ELEMENT_CLASSES) if cls_node is not None else None
    return cls, read_words(text, "the text") if text is not None else ""


def _recorded(fields: Fields, store: SceneStore) -> SceneReference | None:
    node, grip = fields.get("scene"), fields.get("grip")
    if node is None:
        if grip is not None:
            raise problem(grip.place, "a grip needs a scene")
        return None
    written = _ELEMENT.fullmatch(read_text(node, "a scene"))
    if written is None or not isinstance(node, Scalar):
        raise problem(node.place, "a scene is written as scenes/NAME.json#INDEX")
    path, index = written.group(1), int(written.group(2))
    scene = store.load(node, path)
    if index >= len(scene.elements):
        count = len(scene.elements)
        raise problem(node.place, f"{path} has {count} elements, there is no number {index}")
    return SceneReference(scene, index, path, _grip(grip) if grip is not None else (0.5, 0.5))


def _grip(node: Node) -> tuple[float, float]:
    items = read_items(node, "a grip")
    if len(items) != 2:
        raise problem(node.place, "a grip is two numbers from 0 to 1")
    across, down = (read_number(item, "a grip", 0, 1) for item in items)
    return across, down


def _picture(fields: Fields, store: SceneStore) -> str:
    node = fields.get("picture")
    if node is None:
        return ""
    path = read_words(node, "a picture")
    if isinstance(node, Scalar):
        store.place(node, path)
    return path
