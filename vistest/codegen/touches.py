"""Strokes -> taps, long presses, swipes and pinches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.codegen.interactions import Dropped, Interaction
from vistest.codegen.strokes import Stroke, distance_dp
from vistest.core.events import LongPress, Pinch, Swipe, Tap
from vistest.core.geometry import Point, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vistest.codegen.options import GestureOptions
    from vistest.core.events import InputEvent


def interpret(
    strokes: Sequence[Stroke], options: GestureOptions
) -> tuple[list[Interaction], list[Dropped]]:
    """Each stroke ends in exactly one interaction or one `Dropped`."""
    interactions: list[Interaction] = []
    dropped: list[Dropped] = []
    for group in _together(strokes):
        if len(group) == 1 or all(stroke.reach_dp <= options.slop_dp for stroke in group):
            # Quick typing with two thumbs overlaps too: each of them taps for itself.
            interactions += [_alone(stroke, options) for stroke in group]
        elif (pinch := _pinch(group, options)) is not None:
            interactions.append(pinch)
        else:
            dropped.append(_unknown(group))
    return interactions, dropped


def _together(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Strokes in groups of fingers that were down at the same time; a mouse is alone."""
    groups: list[list[Stroke]] = []
    fingers: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.time_ms):
        if stroke.kind == "mouse":
            groups.append([stroke])
        elif any(stroke.overlaps(other) for other in fingers):
            fingers.append(stroke)
        else:
            fingers = [stroke]
            groups.append(fingers)
    return groups


def _alone(stroke: Stroke, options: GestureOptions) -> Interaction:
    if stroke.reach_dp > options.slop_dp:
        act: InputEvent = Swipe(tuple(stroke.path), stroke.button)
    elif stroke.button == "left" and stroke.duration_ms >= options.long_press_ms:
        act = LongPress(stroke.start, stroke.duration_ms)
    else:
        act = Tap(stroke.start, button=stroke.button)
    flick = isinstance(act, Swipe) and stroke.kind == "touch" and _is_flick(stroke, options)
    return _interaction(act, [stroke], flick=flick)


def _is_flick(stroke: Stroke, options: GestureOptions) -> bool:
    if stroke.rest_ms(options.slop_dp) >= options.long_press_ms:
        return False
    way = stroke.way_dp
    if distance_dp(stroke.start, stroke.end) < options.flick_straightness * way:
        return False
    fast = way * 1e3 >= options.flick_speed_dp_s * stroke.duration_ms
    return fast or _share_of_screen(stroke) >= options.flick_share


def _share_of_screen(stroke: Stroke) -> float:
    size = stroke.start.screen.size
    start, end = stroke.start.point, stroke.end.point
    return max(abs(end.x - start.x) / size.width, abs(end.y - start.y) / size.height)


def _pinch(group: Sequence[Stroke], options: GestureOptions) -> Interaction | None:
    if len(group) != 2 or not group[0].overlaps(group[1]):
        return None
    begin, end = max(s.time_ms for s in group), min(s.end_ms for s in group)
    spans = [_span(group, moment) for moment in (begin, end)]
    if min(spans) <= 0 or max(spans) / min(spans) < options.pinch_ratio:
        return None
    middle = _middle([stroke.position_at(begin) for stroke in group])
    return _interaction(Pinch(middle, spans[0], spans[1], end - begin), group)


def _span(group: Sequence[Stroke], moment: float) -> float:
    one, other = (stroke.position_at(moment).point for stroke in group)
    return one.distance_to(other)


def _middle(positions: Sequence[Position]) -> Position:
    count = len(positions)
    x, y = (sum(getattr(p.point, axis) for p in positions) / count for axis in "xy")
    return Position(Point(x, y), positions[0].screen)


def _unknown(group: Sequence[Stroke]) -> Dropped:
    reason = f"{len(group)} fingers moved together in a way that a script cannot say"
    return Dropped(group[0].time_ms, _sources(group), reason)


def _interaction(act: InputEvent, group: Sequence[Stroke], *, flick: bool = False) -> Interaction:
    return Interaction(
        act=act,
        time_ms=min(stroke.time_ms for stroke in group),
        end_ms=max(stroke.end_ms for stroke in group),
        last_ms=max(stroke.time_ms for stroke in group),
        sources=_sources(group),
        pointer=group[0].kind,
        flick=flick,
        remark="; ".join(sorted({stroke.remark for stroke in group} - {""})),
    )


def _sources(group: Iterable[Stroke]) -> tuple[int, ...]:
    return tuple(sorted({index for stroke in group for index in stroke.sources}))
