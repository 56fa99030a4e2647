"""A step in words, for progress, reports and logs."""

from __future__ import annotations

from typing import assert_never

from vistest.script.model import (
    Action,
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    LongPressStep,
    PinchStep,
    ScrollStep,
    SwipeStep,
    TapStep,
    Target,
    TypeStep,
)

_TIMES = {1: "tap", 2: "double tap"}


def title(action: Action) -> str:
    """`tap button "Save"`. Holds recorded text: untrusted."""
    match action:
        case TapStep():
            verb = _TIMES.get(action.count, f"tap {action.count} times")
            side = "" if action.button == "left" else f"{action.button} "
            return f"{side}{verb} {named(action.target)}"
        case LongPressStep():
            return f"long press {named(action.target)}"
        case DragStep():
            goal = f" to {named(action.to)}" if action.to is not None else ""
            return f"drag {named(action.target)}{goal}"
        case SwipeStep():
            return f"swipe {action.direction}{_over(action.target)}"
        case ScrollStep():
            return f"scroll {_way(action)}{_over(action.target)}"
        case PinchStep():
            return f"{'zoom in' if action.scale > 1 else 'zoom out'}{_over(action.target)}"
        case HoverStep():
            return f"point at {named(action.target)}"
        case TypeStep():
            return f"type secret {action.secret}" if action.secret else f'type "{action.text}"'
        case KeyStep():
            return f"press {'+'.join(action.keys)}"
        case ExpectStep():
            return f"expect {'no ' if action.absent else ''}{named(action.target)}"
        case _:
            assert_never(action)


def named(target: Target) -> str:
    """`button "Save" below "Name"`."""
    kind = target.cls.replace("_", " ") if target.cls is not None else ""
    text = f'"{target.text}"' if target.text else ""
    relations = [f'{kind.replace("_", " ")} "{of}"' for kind, of in target.relations.items()]
    return " ".join(filter(None, [kind, text, *relations])) or "object"


def _over(target: Target | None) -> str:
    return f" over {named(target)}" if target is not None else ""


def _way(action: ScrollStep) -> str:
    ways = [
        f"{abs(notches)} {forward if notches > 0 else back}"
        for notches, forward, back in ((action.dy, "down", "up"), (action.dx, "right", "left"))
        if notches
    ]
    return " and ".join(ways) or "nowhere"
