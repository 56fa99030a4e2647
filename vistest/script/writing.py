"""A script as YAML text, in the one form that vistest writes: a line for each step."""

from __future__ import annotations

import re
import shlex
import unicodedata
from typing import TYPE_CHECKING

from vistest.script.keys import written_chord
from vistest.script.migrate import SCRIPT
from vistest.script.model import (
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    LongPressStep,
    PinchStep,
    ScrollStep,
    SwipeStep,
    TapStep,
    TypeStep,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.script.model import Action, RecordedOn, Script, Step, Target

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./#+-]*")
_NOT_PLAIN = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_JOINERS = "\u200c\u200d"  # invisible, but emoji and Persian are made with them


def written_script(script: Script) -> str:
    """The whole file."""
    lines = [f"version: {SCRIPT.version}", f"name: {quoted(script.name)}"]
    if script.app:
        lines.append(f"app: {_command(script.app)}")
    if script.recorded_on is not None:
        lines.append(f"recorded_on: {_recorded_on(script.recorded_on)}")
    if script.system_dialogs:
        answers = {kind: quoted(text) for kind, text in script.system_dialogs.items()}
        lines.append(f"system_dialogs: {flow(answers)}")
    steps = [line for step in script.steps for line in written_step(step)]
    lines += ["steps:", *(f"  {line}" for line in steps)] if steps else ["steps: []"]
    return "\n".join(lines) + "\n"


def written_step(step: Step) -> list[str]:
    """The lines of a step, its dash included."""
    name, value, options = _action(step.action)
    if step.timeout_s is not None:
        options = {**options, "timeout": number(step.timeout_s)}
    return [f"- {name}: {value}", *(f"  {key}: {item}" for key, item in options.items())]


def written_target(target: Target) -> str:
    """In one line; a bare text if nothing else is known."""
    fields = target_fields(target)
    return fields["text"] if list(fields) == ["text"] else flow(fields)


def target_fields(target: Target) -> dict[str, str]:
    """The entries of a target, values as YAML."""
    fields: dict[str, str] = {}
    if target.cls is not None and target.cls != "text" and target.text:
        fields[target.cls] = quoted(target.text)
    else:
        if target.cls is not None:
            fields["class"] = target.cls
        if target.text:
            fields["text"] = quoted(target.text)
    fields.update({relation: quoted(text) for relation, text in target.relations.items()})
    if target.recorded is not None:
        fields["scene"] = word(f"{target.recorded.path}#{target.recorded.index}")
        if target.recorded.grip != (0.5, 0.5):
            fields["grip"] = sequence([number(round(part, 4)) for part in target.recorded.grip])
    if target.picture:
        fields["picture"] = word(target.picture)
    if not fields:
        raise ValueError("the target says nothing about the object")
    return fields


def flow(fields: Mapping[str, str]) -> str:
    """A mapping in one line, values as YAML."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"


def sequence(items: list[str]) -> str:
    """A list in one line, items as YAML."""
    return "[" + ", ".join(items) + "]"


def number(value: float) -> str:
    """The shortest form that reads back as `value`."""
    return str(int(value)) if value == int(value) else repr(float(value))


def word(text: str) -> str:
    """Bare if no reader of YAML could take it for something else, else quoted."""
    bare = _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN and " #" not in text
    return text if bare else quoted(text)


def quoted(text: str) -> str:
    """In double quotes; what steers a terminal, an editor or a reading direction is escaped."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    visible = unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    if visible or character in _JOINERS:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _command(words: tuple[str, ...]) -> str:
    plain = shlex.join(words) == " ".join(words)
    return quoted(" ".join(words)) if plain else sequence([quoted(item) for item in words])


def _recorded_on(recorded: RecordedOn) -> str:
    return flow(
        {
            "platform": word(recorded.platform),
            "backend": word(recorded.backend),
            "screen": str(recorded.screen.size),
            "density": number(recorded.screen.density),
        }
    )


def _action(action: Action) -> tuple[str, str, dict[str, str]]:
    """Name, value and options of the step."""
    match action:
        case TapStep():
            return _tap(action)
        case LongPressStep():
            held = _given("duration_ms", action.duration_ms, 800.0)
            return "long_press", written_target(action.target), held
        case HoverStep():
            return "hover", written_target(action.target), {}
        case ExpectStep():
            name = "expect_absent" if action.absent else "expect"
            return name, written_target(action.target), {}
        case DragStep():
            return "drag", _drag(action), {}
        case SwipeStep() | ScrollStep() | PinchStep():
            return _gesture(action)
        case TypeStep():
            secret = {"secret": word(action.secret)}
            return "type", flow(secret) if action.secret else quoted(action.text), {}
        case KeyStep():
            chord = written_chord(action.keys)
            keys = sequence([quoted(key) for key in action.keys])
            return "key", keys if chord is None else word(chord), {}


def _tap(action: TapStep) -> tuple[str, str, dict[str, str]]:
    name = "double_tap" if action.count == 2 else "tap"
    options = {"count": str(action.count)} if action.count > 2 else {}
    if action.button != "left":
        options["mouse"] = action.button
    if not action.expect_change:
        options["expect_change"] = "false"
    return name, written_target(action.target), options


def _drag(action: DragStep) -> str:
    fields = {"from": written_target(action.target)}
    if action.to is not None:
        fields["to"] = written_target(action.to)
    if action.path:
        points = [
            sequence([number(round(value, 2)) for value in (at.after_ms, at.dx_dp, at.dy_dp)])
            for at in action.path
        ]
        fields["path"] = sequence(points)
    if action.button != "left":
        fields["mouse"] = action.button
    return flow(fields)


def _gesture(action: SwipeStep | ScrollStep | PinchStep) -> tuple[str, str, dict[str, str]]:
    on = {"on": written_target(action.target)} if action.target is not None else {}
    match action:
        case SwipeStep():
            name, fields = "swipe", {"direction": action.direction, **on}
            fields |= _given("fraction", action.fraction, 0.5)
            fields |= _given("duration_ms", action.duration_ms, 300.0)
        case ScrollStep():
            name, fields = "scroll", _given("dx", action.dx, 0) | _given("dy", action.dy, 0) | on
        case PinchStep():
            name, fields = "pinch", {"scale": number(action.scale), **on}
            fields |= _given("duration_ms", action.duration_ms, 400.0)
    return name, flow(fields), {}


def _given(key: str, value: float, default: float) -> dict[str, str]:
    return {} if value == default else {key: number(value)}
