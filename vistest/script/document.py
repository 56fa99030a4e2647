"""A script file under change: what is not changed stays as it is, to the byte.

The text is edited in place rather than dumped anew, because no YAML writer keeps a person's
spacing, quotes and line breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError
from vistest.script.actions import Part, target_node
from vistest.script.edits import target_edits, with_edits
from vistest.script.files import (
    made_path,
    read_text,
    replace_text,
    script_file,
    script_name,
    targets_of,
)
from vistest.script.nodes import Fields, Items, Node, parse
from vistest.script.reading import read_script
from vistest.script.scenes import save_scene
from vistest.script.targets import SceneStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vistest.core.scene import Scene
    from vistest.script.model import Script, Target


@dataclass(frozen=True, slots=True)
class ScriptDocument:
    """A script together with its file's text.

    Attributes:
        file: The YAML file.
        text: Its characters, with the changes made since it was loaded.
        script: What the text means.
    """

    file: Path
    text: str
    script: Script

    @classmethod
    def load(cls, path: Path) -> ScriptDocument:
        """From a script's folder or YAML file.

        Raises:
            FormatError: as `load_script`.
        """
        file = script_file(path)
        text = read_text(file)
        return cls(file, text, _meaning(file, text, {}))

    def with_target(self, index: int, target: Target, part: Part = "target") -> ScriptDocument:
        """The document in which step `index` acts on `target` (or drags `to` it).

        Raises:
            FormatError: the step has no such part.
        """
        node = _target_node(parse(self.text, str(self.file)), index, part)
        if node is None:
            raise FormatError(f"{self.file}: step {index + 1} has no target to change")
        text = with_edits(self.text, target_edits(self.text, node, target))
        scenes = _scenes(self.script)
        if target.recorded is not None:
            scenes[target.recorded.path] = target.recorded.scene
        return replace(self, text=text, script=_meaning(self.file, text, scenes))

    def save(self, pictures: Mapping[str, bytes] | None = None) -> None:
        """Write new scenes and `pictures` (PNG by path), then the text, which replaces the file."""
        folder = self.file.parent
        for path, content in (pictures or {}).items():
            made_path(folder, path).write_bytes(content)
        for path, scene in _scenes(self.script).items():
            place = made_path(folder, path)
            if not place.exists():
                save_scene(scene, place)
        mark = "\ufeff" if self.file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        replace_text(self.file, mark + self.text)


def _meaning(file: Path, text: str, scenes: Mapping[str, Scene]) -> Script:
    store = SceneStore(file.parent, scenes)
    return read_script(parse(text, str(file)), text, store, script_name(file))


def _scenes(script: Script) -> dict[str, Scene]:
    references = [target.recorded for target in targets_of(script)]
    return {item.path: item.scene for item in references if item is not None}


def _target_node(document: Node, index: int, part: Part) -> Node | None:
    steps = document.get("steps") if isinstance(document, Fields) else None
    if not isinstance(steps, Items) or not 0 <= index < len(steps.items):
        return None
    step = steps.items[index]
    return target_node(step, part) if isinstance(step, Fields) else None
