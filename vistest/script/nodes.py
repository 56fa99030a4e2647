"""YAML text as nodes that know where they stand in the file.

Scalars keep the characters as written, so that `tap: yes` and `type: 012` mean what a person
reads. ruamel.yaml does the parsing; what could harm (tags, aliases, deep nesting, huge files)
is refused here, before anything is built from it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from vistest.core.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 4 * 1024 * 1024
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `start` and `end` are its offsets in the file's text."""

    text: str
    place: Place
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place
    start: int
    end: int
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; the keys are all different."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    start: int
    end: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Items | Fields


def problem(where: Place, message: str, *, then: str = "", hint: str = "") -> FormatError:
    """A `FormatError` that says where: `FILE: MESSAGE at line L, column C; THEN`."""
    sentence = f"{where.file}: {message} at line {where.line}, column {where.column}"
    return FormatError(f"{sentence}; {then}" if then else sentence, hint=hint)


def parse(text: str, file: str) -> Node:
    """The one document of `text`.

    Raises:
        FormatError: not YAML, or YAML that a script has no use for.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"{file}: {len(text):,} characters are too many for a script")
    try:
        stream = YAML(typ="safe", pure=True).parse(_stream(text))
        found = _Builder(text, file).build(iter(stream))
    except ReaderError as error:
        raise problem(
            _place_at(text, error.position, file),
            f"character U+{int(error.character):04X} must not stand in YAML",
            hint='write it as an escape in double quotes, such as "\\x1b"',
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        what = error.problem or error.context or "something is wrong"
        tab = "\\t" in what
        hint = "indent with spaces, not with tabs" if tab else "put text with : or # in quotes"
        raise problem(where, f"not valid YAML: {what}", hint=hint) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise FormatError(f"{file}: not valid YAML: {error}") from error
    if found is None:
        raise FormatError(f"{file}: the file is empty", hint="replayer/SCRIPT.md has examples")
    return found


def _stream(text: str) -> io.StringIO:
    """`text` as a stream that leaves line ends alone, so that offsets stay true."""
    return io.StringIO(text, newline="")


def _place_at(text: str, offset: int, file: str) -> Place:
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - before.rfind("\n"))


class _Builder:
    """Turns the event stream into nodes; depth is bounded before Python's stack is."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file

    def build(self, stream: Iterator[Any]) -> Node | None:
        found: Node | None = None
        for event in stream:
            if isinstance(event, events.DocumentStartEvent):
                if found is not None:
                    raise problem(self._place(event), "a second document begins")
                found = self._node(next(stream), stream, MAX_DEPTH)
        return found

    def _node(self, event: Any, stream: Iterator[Any], depth: int) -> Node:  # noqa: ANN401
        self._refuse(event, depth)
        if isinstance(event, events.MappingStartEvent):
            return self._fields(event, stream, depth)
        if isinstance(event, events.SequenceStartEvent):
            return self._items(event, stream, depth)
        start, end = event.start_mark.index, event.end_mark.index
        quoted = event.style is not None
        return Scalar(event.value, self._place(event), start, self._trim(start, end), quoted)

    def _items(self, first: Any, stream: Iterator[Any], depth: int) -> Items:  # noqa: ANN401
        items: list[Node] = []
        for event in stream:
            if isinstance(event, events.SequenceEndEvent):
                start, end = _span(first, event, items)
                return Items(tuple(items), self._place(first), start, end, bool(first.flow_style))
            items.append(self._node(event, stream, depth - 1))
        raise AssertionError("a sequence without an end passed the parser")

    def _fields(self, first: Any, stream: Iterator[Any], depth: int) -> Fields:  # noqa: ANN401
        entries: dict[str, tuple[Scalar, Node]] = {}
        for event in stream:
            if isinstance(event, events.MappingEndEvent):
                found = tuple(entries.values())
                start, end = _span(first, event, [node for entry in found for node in entry])
                return Fields(found, self._place(first), start, end, bool(first.flow_style))
            key = self._node(event, stream, depth - 1)
            if not isinstance(key, Scalar):
                raise problem(key.place, "a key must be a word")
            if key.text in entries:
                raise problem(key.place, f"key {key.text[:80]!r} stands here a second time")
            value = self._node(next(stream), stream, depth - 1)
            if value.start == value.end:
                value = Scalar("", key.place, key.end + 1, key.end + 1)
            entries[key.text] = (key, value)
        raise AssertionError("a mapping without an end passed the parser")

    def _refuse(self, event: Any, depth: int) -> None:  # noqa: ANN401
        place = self._place(event)
        if isinstance(event, events.AliasEvent) or event.anchor is not None:
            raise problem(place, "anchors and aliases (& and *) are not read in a script")
        if event.tag is not None:
            hint = "put text that begins with ! in quotes"
            raise problem(place, "tags (!) are not read in a script", hint=hint)
        if depth <= 0:
            raise problem(place, "nested too deeply")

    def _place(self, event: Any) -> Place:  # noqa: ANN401
        return Place(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _trim(self, start: int, end: int) -> int:
        """A block scalar's mark ends after the line ends that follow it."""
        return start + len(self._text[start:end].rstrip())


def _span(first: Any, last: Any, children: list[Node]) -> tuple[int, int]:  # noqa: ANN401
    """A block's own end mark lies beyond the comments that follow it."""
    start = int(first.start_mark.index)
    if first.flow_style or not children:
        return start, int(last.end_mark.index)
    return start, max(child.end for child in children)
