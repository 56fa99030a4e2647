"""From "this step, there" to the interaction that the device performs. Pure.

Gestures are translated to what the device has: a swipe turns into the wheel where there is no
touch, the wheel into a slow swipe where there is no wheel, a pinch into the wheel with Control held
where there is one finger at most, a click with the right button into a long press where there is no
mouse.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, assert_never

from vistest.core.events import (
    Hover,
    InputEvent,
    KeyPress,
    LongPress,
    Pinch,
    Scroll,
    Swipe,
    Tap,
    TextInput,
    Waypoint,
)
from vistest.core.geometry import Point, Position
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

    from vistest.core.geometry import Direction, Rect, Screen
    from vistest.devices.base import Capabilities
    from vistest.script.model import Action, PathPoint

NOTCH_DP = 53.0
"""How far one notch of the wheel scrolls: 53 px in Chromium at density 1, near enough elsewhere."""

ZOOM_PER_NOTCH = 1.2
"""Applications zoom by 10 % (Chromium, Firefox) to 25 % (image viewers) for a notch."""

_LONG_PRESS_MS = 800.0
_PINCH_SPAN_DP = 120.0
_SWIPE_SAMPLES = 12
_SCROLL_MS = 600.0
_HOLD_MS = 150.0
"""A finger that rests before it lifts does not fling the list further."""

_WAYS: Mapping[Direction, tuple[int, int]] = {
    "up": (0, -1),
    "down": (0, 1),
    "left": (-1, 0),
    "right": (1, 0),
}


def grip_point(box: Rect, grip: tuple[float, float]) -> Point:
    """The place in `box` at the fractions `grip`."""
    return Point(box.left + grip[0] * box.width, box.top + grip[1] * box.height)


def interaction(
    action: Action,
    point: Point,
    screen: Screen,
    capabilities: Capabilities,
    *,
    end: Point | None = None,
) -> InputEvent:
    """What the device has to do for `action`.

    Args:
        action: The step's action.
        point: Where its target is; the middle of the screen if it has none.
        screen: The screen that `point` was measured on.
        capabilities: Of the device.
        end: Where the target of a drag's end is.

    Raises:
        ValueError: `action` is an expectation, which performs nothing.
    """
    at = Position(point, screen)
    match action:
        case TapStep():
            if action.button == "right" and capabilities.touch and not capabilities.hover:
                return LongPress(at, _LONG_PRESS_MS)
            return Tap(at, action.count, action.button)
        case LongPressStep():
            return LongPress(at, action.duration_ms)
        case DragStep():
            return Swipe(_drag_path(action.path, at, end), action.button)
        case SwipeStep():
            return _swipe(action, at, capabilities)
        case ScrollStep():
            return scroll(at, action.dx, action.dy, capabilities)
        case PinchStep():
            return _pinch(action, at, capabilities)
        case HoverStep():
            return Hover(at)
        case TypeStep():
            return TextInput(action.text)
        case KeyStep():
            return KeyPress(action.keys)
        case ExpectStep():
            raise ValueError("an expectation performs nothing")
        case _:
            assert_never(action)


def _pinch(action: PinchStep, at: Position, capabilities: Capabilities) -> InputEvent:
    if not capabilities.multi_touch and capabilities.wheel and capabilities.keyboard:
        notches = max(1, round(abs(math.log(action.scale)) / math.log(ZOOM_PER_NOTCH)))
        return Scroll(at, dy=-notches if action.scale > 1 else notches, held=("Control",))
    span = _PINCH_SPAN_DP * at.screen.density
    return Pinch(
        at,
        start_span=span / max(1.0, action.scale),
        end_span=span * min(1.0, action.scale),
        duration_ms=action.duration_ms,
    )


def scroll(at: Position, dx: int, dy: int, capabilities: Capabilities) -> InputEvent:
    """Scroll by notches over `at`, with the wheel or else with a slow finger."""
    if capabilities.wheel:
        return Scroll(at, dx, dy)
    length = NOTCH_DP * at.screen.density
    return _straight(at, -dx * length, -dy * length, _SCROLL_MS, _HOLD_MS)


def _swipe(action: SwipeStep, at: Position, capabilities: Capabilities) -> InputEvent:
    way_x, way_y = _WAYS[action.direction]
    size = at.screen.size
    dx = way_x * action.fraction * size.width
    dy = way_y * action.fraction * size.height
    if capabilities.touch or not capabilities.wheel:
        return _straight(at, dx, dy, action.duration_ms)
    notch = NOTCH_DP * at.screen.density
    return Scroll(at, dx=round(-dx / notch), dy=round(-dy / notch))


def _straight(
    at: Position, dx: float, dy: float, duration_ms: float, hold_ms: float = 0.0
) -> Swipe:
    """A straight way of `dx`, `dy` pixels around `at`, kept on the screen."""
    start = _clamped(Point(at.point.x - dx / 2, at.point.y - dy / 2), at.screen)
    finish = _clamped(Point(start.x + dx, start.y + dy), at.screen)
    path = [
        Waypoint(
            share * duration_ms,
            Position(
                Point(
                    start.x + (finish.x - start.x) * share,
                    start.y + (finish.y - start.y) * share,
                ),
                at.screen,
            ),
        )
        for share in (index / _SWIPE_SAMPLES for index in range(_SWIPE_SAMPLES + 1))
    ]
    if hold_ms:
        path.append(Waypoint(duration_ms + hold_ms, Position(finish, at.screen)))
    return Swipe(tuple(path))


def _drag_path(
    path: tuple[PathPoint, ...], at: Position, end: Point | None
) -> tuple[Waypoint, ...]:
    """The recorded movement, begun at `at` and bent so that it ends at `end`."""
    density = at.screen.density
    shape = [(step.after_ms, step.dx_dp * density, step.dy_dp * density) for step in path]
    if len(shape) < 2:
        if end is None:
            raise ValueError("a drag needs a target to end on, or a path")
        return _straight_drag(at, end)
    last_ms, last_dx, last_dy = shape[-1]
    error_x = (end.x - at.point.x - last_dx) if end is not None else 0.0
    error_y = (end.y - at.point.y - last_dy) if end is not None else 0.0
    return tuple(
        Waypoint(
            after_ms,
            Position(
                _clamped(
                    Point(
                        at.point.x + dx + error_x * after_ms / max(last_ms, 1.0),
                        at.point.y + dy + error_y * after_ms / max(last_ms, 1.0),
                    ),
                    at.screen,
                ),
                at.screen,
            ),
        )
        for after_ms, dx, dy in shape
    )


def _straight_drag(at: Position, end: Point) -> tuple[Waypoint, ...]:
    middle = Point((at.point.x + end.x) / 2, (at.point.y + end.y) / 2)
    drag = _straight(
        Position(middle, at.screen), end.x - at.point.x, end.y - at.point.y, _SCROLL_MS, _HOLD_MS
    )
    return drag.path


def _clamped(point: Point, screen: Screen) -> Point:
    return Point(
        min(max(point.x, 0.0), screen.size.width - 1.0),
        min(max(point.y, 0.0), screen.size.height - 1.0),
    )
