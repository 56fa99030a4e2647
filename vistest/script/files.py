"""Scripts on disk: a folder `NAME.vistest`, or a single YAML file written by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.errors import FormatError
from vistest.core.paths import path_inside
from vistest.script.model import DragStep, KeyStep, Script, Target, TypeStep
from vistest.script.nodes import MAX_CHARACTERS, parse
from vistest.script.reading import read_script
from vistest.script.scenes import save_scene
from vistest.script.targets import SceneStore
from vistest.script.writing import written_script

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT_FILE = "script.yaml"
SCHEMA_FILE = Path(__file__).with_name("schema.json")


def load_script(path: Path) -> Script:
    """Read the script in the folder or YAML file `path`.

    Raises:
        FormatError: with file, line and column of what is wrong.
        UnsupportedVersion: a newer vistest wrote it.
    """
    file = script_file(path)
    text = read_text(file)
    store = SceneStore(file.parent)
    return read_script(parse(text, str(file)), text, store, script_name(file))


def save_script(script: Script, folder: Path, pictures: Mapping[str, bytes] | None = None) -> None:
    """Write `script` into `folder`; the YAML file last, so that a script is whole or not there.

    Args:
        script: Its scenes are written too, each under the path that its references give.
        folder: Created if missing.
        pictures: PNG files by the path that the targets give, `pictures/003.png`.

    Raises:
        FormatError: a path leads out of the folder.
    """
    for path, content in (pictures or {}).items():
        place = made_path(folder, path)
        place.write_bytes(content)
    written: set[str] = set()
    for target in targets_of(script):
        if target.recorded is not None and target.recorded.path not in written:
            written.add(target.recorded.path)
            save_scene(target.recorded.scene, made_path(folder, target.recorded.path))
    folder.mkdir(parents=True, exist_ok=True)
    replace_text(folder / SCRIPT_FILE, written_script(script))


def targets_of(script: Script) -> list[Target]:
    """All targets of all steps, in order."""
    found: list[Target | None] = []
    for step in script.steps:
        if isinstance(step.action, TypeStep | KeyStep):
            continue
        found.append(step.action.target)
        if isinstance(step.action, DragStep):
            found.append(step.action.to)
    return [target for target in found if target is not None]


def script_file(path: Path) -> Path:
    """The YAML file that `path` means."""
    file = path / SCRIPT_FILE if path.is_dir() else path
    if not file.is_file():
        hint = "a script is a folder NAME.vistest or a YAML file"
        raise FormatError(f"there is no script at {path}", hint=hint)
    return file


def script_name(file: Path) -> str:
    """The name of a script that gives none itself."""
    return file.resolve().parent.stem if file.name == SCRIPT_FILE else file.stem


def read_text(file: Path) -> str:
    """The file's characters, line ends as they are."""
    try:
        if file.stat().st_size > 4 * MAX_CHARACTERS:
            raise FormatError(f"{file}: too large for a script")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FormatError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise FormatError(f"{file} is not text in UTF-8 (byte {error.start})", hint=hint) from error


def replace_text(file: Path, text: str) -> None:
    """Write `text` beside `file`, then put it in its place: never half a script."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def made_path(folder: Path, path: str) -> Path:
    """Where `path` lies in `folder`, with the folders above it created."""
    place = path_inside(folder, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
