"""Changes to the text of a target that leave spacing, order and comments alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.script.nodes import Fields, Node, Scalar, parse
from vistest.script.writing import target_fields, written_target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vistest.script.model import Target

Edit = tuple[int, int, str]


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with each slice from start to end replaced; the slices do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def target_edits(text: str, node: Node, target: Target) -> list[Edit]:
    """What to change so that `node` means `target`."""
    fields = target_fields(target)
    if isinstance(node, Fields) and {key.text for key, _ in node.entries} == set(fields):
        return _changed_values(node, fields)
    if isinstance(node, Fields) and not node.flow and _keys_begin_lines(text, node):
        return _changed_lines(text, node, fields)
    return [(node.start, node.end, written_target(target))]


def _changed_values(node: Fields, fields: dict[str, str]) -> list[Edit]:
    return [
        (value.start, value.end, fields[key.text])
        for key, value in node.entries
        if key.text in fields and not _means(value, fields[key.text])
    ]


def _means(node: Node, written: str) -> bool:
    other = parse(written, "")
    return isinstance(node, Scalar) and isinstance(other, Scalar) and node.text == other.text


def _keys_begin_lines(text: str, node: Fields) -> bool:
    return all(
        not text[_line_start(text, key.start) : key.start].strip() for key, _ in node.entries
    )


def _changed_lines(text: str, node: Fields, fields: dict[str, str]) -> list[Edit]:
    """New entries go below the last one; those that are not wanted leave with their lines."""
    margin = " " * (node.place.column - 1)
    line_end = "\r\n" if "\r\n" in text else "\n"
    known = {key.text for key, _ in node.entries}
    added = [f"{margin}{key}: {value}" for key, value in fields.items() if key not in known]
    edits = _changed_values(node, fields)
    end = _line_end(text, node.end)
    last_stays = node.entries[-1][0].text in fields
    for key, value in node.entries:
        if key.text not in fields:
            edits.append((_line_start(text, key.start), _line_end(text, value.end), ""))
    if added:
        before = line_end if last_stays and not text[:end].endswith("\n") else ""
        edits.append((end, end, before + line_end.join(added) + line_end))
    return edits


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    """Behind the line's end, or the end of the text."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
