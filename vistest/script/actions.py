"""The actions of steps, read from YAML: one function for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from vistest.core.events import Button
from vistest.core.geometry import Direction
from vistest.script.keys import read_chord
from vistest.script.model import (
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    LongPressStep,
    PathPoint,
    PinchStep,
    ScrollStep,
    SwipeStep,
    TapStep,
    TypeStep,
)
from vistest.script.nodes import Fields, Node, Scalar, problem
from vistest.script.targets import SceneStore, read_target
from vistest.script.values import (
    check_keys,
    read_choice,
    read_fields,
    read_items,
    read_number,
    read_whole,
    read_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.script.model import Action, Target

MAX_SECONDS = 86_400
MAX_PATH = 100_000
BUTTONS: tuple[Button, ...] = get_args(Button)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

Options = dict[str, Node]
Part = Literal["target", "to"]


def _tap(node: Node, options: Options, store: SceneStore) -> Action:
    count = options.get("count")
    return TapStep(
        read_target(node, store),
        1 if count is None else read_whole(count, "count", 1, 20),
        _mouse(options.get("mouse")),
        _expects_change(options),
    )


def _double_tap(node: Node, options: Options, store: SceneStore) -> Action:
    target = read_target(node, store)
    return TapStep(target, 2, _mouse(options.get("mouse")), _expects_change(options))


def _expects_change(options: Options) -> bool:
    node = options.get("expect_change")
    return node is None or read_choice(node, "expect_change", ("true", "false")) == "true"


def _mouse(node: Node | None) -> Button:
    return "left" if node is None else read_choice(node, "mouse button", BUTTONS)


def _long_press(node: Node, options: Options, store: SceneStore) -> Action:
    return LongPressStep(read_target(node, store), _duration(options.get("duration_ms"), 800.0))


def _duration(node: Node | None, default: float) -> float:
    return default if node is None else read_number(node, "duration_ms", 0, MAX_SECONDS * 1000)


def _drag(node: Node, options: Options, store: SceneStore) -> Action:
    fields = read_fields(node, "a drag")
    check_keys(fields, ("from", "to", "path", "mouse"))
    start, end, path = (fields.get(key) for key in ("from", "to", "path"))
    if start is None:
        raise problem(node.place, "a drag needs 'from'")
    if end is None and path is None:
        raise problem(node.place, "a drag needs 'to'")
    return DragStep(
        read_target(start, store),
        None if end is None else read_target(end, store),
        () if path is None else _path(path),
        _mouse(fields.get("mouse")),
    )


def _path(node: Node) -> tuple[PathPoint, ...]:
    points = read_items(node, "a path")
    if not 2 <= len(points) <= MAX_PATH:
        raise problem(node.place, f"a path has 2 to {MAX_PATH} points")
    return tuple(_path_point(point) for point in points)


def _path_point(node: Node) -> PathPoint:
    numbers = read_items(node, "a point of a path")
    if len(numbers) != 3:
        raise problem(node.place, "a point of a path is [ms after the press, dp right, dp down]")
    after = read_number(numbers[0], "the time of a point", 0, MAX_SECONDS * 1000)
    right, down = (read_number(item, "a distance", -1e6, 1e6) for item in numbers[1:])
    return PathPoint(after, right, down)


def _swipe(node: Node, options: Options, store: SceneStore) -> Action:
    if isinstance(node, Scalar):
        return SwipeStep(read_choice(node, "direction", DIRECTIONS))
    fields = read_fields(node, "a swipe")
    check_keys(fields, ("direction", "on", "fraction", "duration_ms"))
    direction, fraction = fields.get("direction"), fields.get("fraction")
    if direction is None:
        raise problem(node.place, "a swipe needs 'direction'")
    return SwipeStep(
        read_choice(direction, "direction", DIRECTIONS),
        _on(fields, store),
        0.5 if fraction is None else read_number(fraction, "fraction", 0, 1),
        _duration(fields.get("duration_ms"), 300.0),
    )


def _on(fields: Fields, store: SceneStore) -> Target | None:
    node = fields.get("on")
    return None if node is None else read_target(node, store)


def _scroll(node: Node, options: Options, store: SceneStore) -> Action:
    fields = read_fields(node, "a scroll")
    check_keys(fields, ("dx", "dy", "on"))
    dx, dy = (
        0 if (value := fields.get(key)) is None else read_whole(value, key, -10_000, 10_000)
        for key in ("dx", "dy")
    )
    if dx == dy == 0:
        raise problem(node.place, "a scroll needs 'dy' or 'dx' other than 0")
    return ScrollStep(dx, dy, _on(fields, store))


def _pinch(node: Node, options: Options, store: SceneStore) -> Action:
    if isinstance(node, Scalar):
        return PinchStep(read_number(node, "the scale", 0.01, 100))
    fields = read_fields(node, "a pinch")
    check_keys(fields, ("scale", "on", "duration_ms"))
    scale = fields.get("scale")
    if scale is None:
        raise problem(node.place, "a pinch needs 'scale'")
    return PinchStep(
        read_number(scale, "the scale", 0.01, 100),
        _on(fields, store),
        _duration(fields.get("duration_ms"), 400.0),
    )


def _hover(node: Node, options: Options, store: SceneStore) -> Action:
    return HoverStep(read_target(node, store))


def _type(node: Node, options: Options, store: SceneStore) -> Action:
    if isinstance(node, Scalar):
        return TypeStep(text=read_words(node, "the text to type"))
    fields = read_fields(node, "type")
    check_keys(fields, ("secret", "text"))
    text, secret = fields.get("text"), fields.get("secret")
    if (text is None) == (secret is None):
        raise problem(node.place, "type needs either 'text' or 'secret'")
    if secret is not None:
        return TypeStep(secret=read_words(secret, "the secret's name"))
    return TypeStep(text=read_words(text, "the text to type")) if text else TypeStep()


def _key(node: Node, options: Options, store: SceneStore) -> Action:
    return KeyStep(read_chord(node))


def _expect(node: Node, options: Options, store: SceneStore) -> Action:
    absent = node.get("absent") if isinstance(node, Fields) else None
    if absent is not None and isinstance(node, Fields):
        check_keys(node, ("absent",))
        return ExpectStep(read_target(absent, store), absent=True)
    return ExpectStep(read_target(node, store))


def _expect_absent(node: Node, options: Options, store: SceneStore) -> Action:
    return ExpectStep(read_target(node, store), absent=True)


ACTIONS: dict[str, Callable[[Node, Options, SceneStore], Action]] = {
    "tap": _tap,
    "double_tap": _double_tap,
    "long_press": _long_press,
    "drag": _drag,
    "swipe": _swipe,
    "scroll": _scroll,
    "pinch": _pinch,
    "hover": _hover,
    "type": _type,
    "key": _key,
    "expect": _expect,
    "expect_absent": _expect_absent,
}
STEP_OPTIONS = {
    "tap": ("count", "mouse", "expect_change"),
    "double_tap": ("mouse", "expect_change"),
    "long_press": ("duration_ms",),
}

_TARGET_IS_VALUE = {"tap", "double_tap", "long_press", "hover", "expect_absent"}


def action_name(key: Scalar) -> str:
    """`double tap` is `double_tap`."""
    return key.text.replace(" ", "_")


def target_node(step: Fields, part: Part) -> Node | None:
    """Where the target of a step that was read without a mistake stands; None if it has none."""
    key, value = next(entry for entry in step.entries if action_name(entry[0]) in ACTIONS)
    name = action_name(key)
    if name == "drag" and isinstance(value, Fields):
        return value.get("from" if part == "target" else "to")
    if part == "to" or name in {"type", "key"}:
        return None
    if name in _TARGET_IS_VALUE:
        return value
    inner = value.get("absent" if name == "expect" else "on") if isinstance(value, Fields) else None
    return value if inner is None and name == "expect" else inner
