"""Steps and the head of a script, read from YAML."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from vistest.core.geometry import Screen, Size
from vistest.script.actions import ACTIONS, MAX_SECONDS, STEP_OPTIONS, action_name
from vistest.script.migrate import SCRIPT
from vistest.script.model import RecordedOn, Script, Step
from vistest.script.nodes import Fields, Items, Node, Scalar, problem
from vistest.script.values import (
    check_keys,
    nearest,
    read_fields,
    read_items,
    read_number,
    read_text,
    read_whole,
    read_words,
)

if TYPE_CHECKING:
    from vistest.script.targets import SceneStore

SCRIPT_KEYS = ("version", "name", "app", "recorded_on", "system_dialogs", "steps")
SYSTEM_DIALOGS = ("permission", "not_responding", "crashed")
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")


def read_script(document: Node, text: str, store: SceneStore, name: str) -> Script:
    """The script that `document`, parsed from `text`, is; `name` serves if it gives none."""
    fields = read_fields(document, "a script")
    fields = SCRIPT.upgrade(fields, _version(fields), fields.place.file)
    check_keys(fields, SCRIPT_KEYS)
    steps = fields.get("steps")
    if steps is None:
        raise problem(fields.place, "the script has no steps", hint="add a list under 'steps:'")
    named, app, recorded = (fields.get(key) for key in ("name", "app", "recorded_on"))
    dialogs = fields.get("system_dialogs")
    return Script(
        name=read_words(named, "the name") if named is not None else name,
        steps=tuple(_step(item, text, store) for item in read_items(steps, "the steps")),
        app=_command(app) if app is not None else (),
        recorded_on=_recorded_on(recorded) if recorded is not None else None,
        path=fields.place.file,
        system_dialogs=_system_dialogs(dialogs) if dialogs is not None else {},
    )


def _system_dialogs(node: Node) -> dict[str, str]:
    fields = read_fields(node, "system_dialogs")
    check_keys(fields, SYSTEM_DIALOGS)
    return {key.text: read_words(value, "a button") for key, value in fields.entries}


def _version(fields: Fields) -> int:
    node = fields.get("version")
    if node is None:
        hint = f"begin the file with the line 'version: {SCRIPT.version}'"
        raise problem(fields.place, "the script has no 'version'", hint=hint)
    return read_whole(node, "the version", 1, 1_000_000)


def _command(node: Node) -> tuple[str, ...]:
    if isinstance(node, Items):
        return tuple(read_text(item, "a word of the command") for item in node.items)
    try:
        return tuple(shlex.split(read_words(node, "the command")))
    except ValueError as error:
        raise problem(node.place, f"the command cannot be split into words ({error})") from error


def _recorded_on(node: Node) -> RecordedOn:
    fields = read_fields(node, "recorded_on")
    check_keys(fields, ("platform", "backend", "screen", "density"))
    values = {key.text: value for key, value in fields.entries}
    for key in ("platform", "backend", "screen"):
        if key not in values:
            raise problem(node.place, f"recorded_on lacks {key!r}")
    size = _SIZE.fullmatch(read_text(values["screen"], "a screen"))
    if size is None or "0" in size.groups():
        raise problem(values["screen"].place, "a screen is written as WIDTHxHEIGHT")
    width, height = (int(number) for number in size.groups())
    density = read_number(values["density"], "a density", 0.1, 20) if "density" in values else 1.0
    return RecordedOn(
        read_text(values["platform"], "a platform"),
        read_text(values["backend"], "a backend"),
        Screen(Size(width, height), density),
    )


def _step(node: Node, text: str, store: SceneStore) -> Step:
    fields = read_fields(node, "a step")
    found = [(key, value) for key, value in fields.entries if action_name(key) in ACTIONS]
    if len(found) != 1:
        _refuse_step(fields, found)
    key, value = found[0]
    name = action_name(key)
    options = {other.text: item for other, item in fields.entries if other is not key}
    check_keys(fields, (key.text, *STEP_OPTIONS.get(name, ()), "timeout"))
    timeout = options.pop("timeout", None)
    return Step(
        action=ACTIONS[name](value, options, store),
        timeout_s=None if timeout is None else read_number(timeout, "timeout", 0, MAX_SECONDS),
        line=key.place.line,
        source=source_of(fields, text),
    )


def source_of(node: Fields, text: str) -> str:
    """The lines of a step without their common indentation."""
    first, *others = text[node.start : node.end].split("\n")
    margin = node.place.column - 1
    return "\n".join([first, *(line[margin:] for line in others)])


def _refuse_step(fields: Fields, found: list[tuple[Scalar, Node]]) -> None:
    if found:
        names = " and ".join(key.text for key, _ in found)
        hint = "begin each with its own dash"
        raise problem(found[1][0].place, f"one step holds {names}", hint=hint)
    for key, _ in fields.entries:
        if key.text != "timeout":
            raise problem(
                key.place, f"unknown key {key.text[:80]!r}", then=nearest(key.text, ACTIONS)
            )
    raise problem(fields.place, "the step does nothing")
