"""Neighbouring interactions that are one: double taps, wheel runs, typed text with corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vistest.codegen.interactions import Dropped, Interaction
from vistest.codegen.strokes import distance_dp
from vistest.core.events import KeyPress, Scroll, Tap, TextInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vistest.codegen.interactions import Act
    from vistest.codegen.options import GestureOptions
    from vistest.core.geometry import Position

_BACKSPACE = (KeyPress(("Backspace",)), KeyPress(("Shift", "Backspace")))


def merge(
    interactions: Iterable[Interaction], options: GestureOptions
) -> tuple[list[Interaction], list[Dropped]]:
    """Merge neighbours; text of which nothing is left after Backspace is dropped."""
    merged: list[Interaction] = []
    for interaction in interactions:
        act = _merged(merged[-1], interaction, options) if merged else None
        if act is None:
            merged.append(interaction)
        else:
            merged[-1] = _joined(merged[-1], interaction, act)
    dropped = [
        Dropped(item.time_ms, item.sources, "text that was deleted at once", harmless=True)
        for item in merged
        if _is_empty(item)
    ]
    return [item for item in merged if not _is_empty(item)], dropped


def _merged(before: Interaction, after: Interaction, options: GestureOptions) -> Act | None:
    """What both are together, or None if they are two."""
    match before.act, after.act:
        case Tap() as one, Tap() as two:
            return _tap(one, two, before, after, options)
        case Scroll() as one, Scroll() as two:
            return _scroll(one, two, before, after, options)
        case TextInput() as one, TextInput() as two:
            return TextInput(one.text + two.text)
        case TextInput() as one, KeyPress() as key if key in _BACKSPACE and one.text:
            return TextInput(one.text[:-1])
    return None


def _tap(
    one: Tap, two: Tap, before: Interaction, after: Interaction, options: GestureOptions
) -> Tap | None:
    touch = after.pointer == "touch"
    near = options.multi_tap_touch_dp if touch else options.multi_tap_mouse_dp
    if (
        (before.pointer, one.button) == (after.pointer, two.button)
        and before.end_ms <= after.time_ms
        and after.time_ms - before.last_ms <= options.multi_tap_ms
        and _near(one.at, two.at, near)
    ):
        return replace(one, count=one.count + two.count)
    return None


def _scroll(
    one: Scroll, two: Scroll, before: Interaction, after: Interaction, options: GestureOptions
) -> Scroll | None:
    if (
        after.time_ms - before.last_ms < options.scroll_pause_ms
        and _near(one.at, two.at, options.slop_dp)
        # Back and forth is not the same as the sum: the content may have grown meanwhile.
        and one.dx * two.dx >= 0
        and one.dy * two.dy >= 0
    ):
        return replace(one, dx=one.dx + two.dx, dy=one.dy + two.dy)
    return None


def _near(one: Position, two: Position, reach_dp: float) -> bool:
    """Within reach on the same screen: a turned screen shows something else there."""
    return one.screen == two.screen and distance_dp(one, two) <= reach_dp


def _joined(before: Interaction, after: Interaction, act: Act) -> Interaction:
    return replace(
        before,
        act=act,
        end_ms=max(before.end_ms, after.end_ms),
        last_ms=after.last_ms,
        sources=tuple(sorted({*before.sources, *after.sources})),
        remark="; ".join(dict.fromkeys(filter(None, (before.remark, after.remark)))),
    )


def _is_empty(interaction: Interaction) -> bool:
    return isinstance(interaction.act, TextInput) and not interaction.act.text
