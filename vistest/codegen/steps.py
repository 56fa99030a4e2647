"""Interactions and the pictures before them -> steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, assert_never

from vistest.codegen.doubts import doubt
from vistest.codegen.interactions import Checkpoint, Interaction, SecretInput
from vistest.codegen.objects import MIDDLE, Touched, drop_object, regrip, touched_object
from vistest.codegen.paths import direction_of, path_of
from vistest.core.events import (
    Hover,
    KeyPress,
    LongPress,
    Pinch,
    Scroll,
    Swipe,
    Tap,
    TextInput,
)
from vistest.core.geometry import Rect
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
    from vistest.codegen.doubts import ElementMatcher
    from vistest.codegen.options import BuildOptions
    from vistest.codegen.targets import TargetMaker
    from vistest.core.frame import Frame
    from vistest.core.geometry import Direction, Point, Position
    from vistest.core.scene import Scene, UiElement
    from vistest.script.model import Action, Target

_TURNED_BY_THE_WHEEL = frozenset(("slider", "dropdown", "tab"))
_SIDEWAYS = frozenset(("left", "right"))


@dataclass(frozen=True, slots=True)
class View:
    """What the user saw when beginning an interaction."""

    frame: Frame
    scene: Scene


class Viewer(Protocol):
    """Shows the screen as it was."""

    def view(self, time_ms: float, at: Position) -> View:
        """The last frame not later than `time_ms`, on which `at` was measured.

        Raises:
            FormatError: there is none that can be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class Drafted:
    """A step on its way into the script.

    Attributes:
        action: What to do.
        remark: What the tester should check; empty if nothing.
    """

    action: Action
    remark: str = ""


class StepMaker:
    """Turns interactions into steps, in the order of time."""

    def __init__(
        self,
        viewer: Viewer,
        targets: TargetMaker,
        matcher: ElementMatcher,
        options: BuildOptions,
    ) -> None:
        self._viewer = viewer
        self._matcher = matcher
        self._targets = targets
        self._options = options

    def step(self, interaction: Interaction) -> Drafted:
        """The step for `interaction`.

        Raises:
            FormatError: the picture before it cannot be read.
        """
        match interaction.act:
            case TextInput(text):
                return Drafted(TypeStep(text=text))
            case SecretInput(name):
                return Drafted(TypeStep(secret=name))
            case KeyPress(keys):
                return Drafted(KeyStep(keys))
            case Swipe() as swipe:
                return self._swipe(interaction, swipe)
            case Scroll() as scroll:
                return self._scroll(interaction, scroll)
            case Pinch() as pinch:
                return self._pinch(interaction, pinch)
            case Tap() | LongPress() | Hover() | Checkpoint() as act:
                return self._on_object(interaction, act)
            case _:
                assert_never(interaction.act)

    def _on_object(
        self, interaction: Interaction, act: Tap | LongPress | Hover | Checkpoint
    ) -> Drafted:
        view = self._viewer.view(interaction.time_ms, act.at)
        touched = self._touched(view, act.at.point)
        remark = doubt(touched, self._matcher)
        match act:
            case Tap():
                target = self._targets.target(touched, view.frame)
                return Drafted(TapStep(target, act.count, act.button), remark)
            case LongPress():
                target = self._targets.target(touched, view.frame)
                return Drafted(LongPressStep(target, round(act.duration_ms)), remark)
            case Hover():
                return Drafted(HoverStep(self._whole(touched, view)), remark)
            case Checkpoint():
                return Drafted(ExpectStep(self._whole(touched, view)), remark)

    def _swipe(self, interaction: Interaction, swipe: Swipe) -> Drafted:
        start = swipe.path[0].at
        view = self._viewer.view(interaction.time_ms, start)
        touched = self._touched(view, start.point)
        direction, fraction = direction_of(swipe.path)
        if not interaction.flick or _slides(touched.element, direction):
            return self._drag(swipe, touched, view)
        everywhere = direction not in _SIDEWAYS and _is_central(start)
        target = None if everywhere else self._whole(touched, view)
        duration = round(swipe.path[-1].after_ms)
        return Drafted(SwipeStep(direction, target, round(fraction, 3), duration))

    def _drag(self, swipe: Swipe, touched: Touched, view: View) -> Drafted:
        end = swipe.path[-1].at
        path = path_of(swipe.path, self._options.gestures.path_tolerance_dp)
        onto = None if touched.blank else self._dropped_on(touched, view, end.point)
        target = self._targets.target(touched, view.frame)
        to = self._targets.target(onto, view.frame) if onto is not None else None
        doubts = [doubt(one, self._matcher) for one in (touched, onto) if one is not None]
        remark = "; ".join(dict.fromkeys(filter(None, doubts)))
        return Drafted(DragStep(target, to, path, swipe.button), remark)

    def _dropped_on(self, touched: Touched, view: View, end: Point) -> Touched | None:
        """Another object under the end, or another place on an object where places matter."""
        options = self._options.objects
        same = touched.element.box.expanded(options.near_dp * view.frame.density)
        if touched.element.cls == "slider" or (touched.grip != MIDDLE and same.contains(end)):
            return regrip(touched, end)
        return drop_object(view.scene, view.frame, touched.element, end, options)

    def _scroll(self, interaction: Interaction, scroll: Scroll) -> Drafted:
        view = self._viewer.view(interaction.time_ms, scroll.at)
        return Drafted(ScrollStep(scroll.dx, scroll.dy, self._region(view, scroll.at)))

    def _pinch(self, interaction: Interaction, pinch: Pinch) -> Drafted:
        view = self._viewer.view(interaction.time_ms, pinch.at)
        scale = round(pinch.end_span / pinch.start_span, 3)
        return Drafted(PinchStep(scale, self._region(view, pinch.at), round(pinch.duration_ms)))

    def _region(self, view: View, at: Position) -> Target | None:
        """What the content under a gesture is known by; None where the middle will do."""
        touched = self._touched(view, at.point)
        if _is_central(at) and touched.element.cls not in _TURNED_BY_THE_WHEEL:
            return None
        return None if touched.blank else self._whole(touched, view)

    def _touched(self, view: View, point: Point) -> Touched:
        return touched_object(view.scene, view.frame, point, self._options.objects)

    def _whole(self, touched: Touched, view: View) -> Target:
        return self._targets.target(replace(touched, grip=MIDDLE), view.frame)


def _slides(element: UiElement, direction: Direction) -> bool:
    """Whether a quick finger in that direction moves a slider rather than the content."""
    lies = element.box.width >= element.box.height
    return element.cls == "slider" and lies == (direction in _SIDEWAYS)


def _is_central(at: Position) -> bool:
    """Whether a gesture in the middle of the screen means the same content."""
    width, height = at.screen.size.width, at.screen.size.height
    return Rect(width * 0.25, height * 0.25, width * 0.75, height * 0.75).contains(at.point)
