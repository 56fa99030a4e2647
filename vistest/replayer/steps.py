"""One step: see, decide, act, wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.events import LongPress, Pinch, Swipe
from vistest.core.geometry import Point
from vistest.replayer.aiming import grip_point, interaction
from vistest.replayer.expecting import fulfilled, missing
from vistest.replayer.platforms import adapted
from vistest.results.model import Attempt
from vistest.script.model import (
    DragStep,
    ExpectStep,
    HoverStep,
    KeyStep,
    TapStep,
    TypeStep,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.clock import Clock
    from vistest.core.events import InputEvent
    from vistest.core.frame import Frame
    from vistest.core.scene import Match
    from vistest.devices.base import Device
    from vistest.replayer.eye import Eye
    from vistest.replayer.options import ReplayOptions
    from vistest.replayer.sight import Lookout, Sight
    from vistest.replayer.system import DialogKeeper, SystemState
    from vistest.results.model import Flag, Status
    from vistest.script.model import Action, Step, Target

_SILENT_REACTION = 0.25
"""Keys and gestures may well change nothing: they are watched for this share of `reaction_s`."""


_MOVING = "it was found, but did not come to rest in time"


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of a step; the frames are for the report.

    Attributes:
        status: `passed` or `failed`.
        reason: One sentence when it failed.
        attempts: In order.
        flags: What the reader must know although it passed.
        before: The frame that was decided on.
        after: The frame when the step ended.
        own_ms: Time that was neither the application's nor the recorded user's.
    """

    status: Status
    before: Frame
    after: Frame
    reason: str = ""
    attempts: tuple[Attempt, ...] = ()
    flags: tuple[Flag, ...] = ()
    own_ms: float = 0.0


class StepRunner:
    """Runs steps on one device, one after the other."""

    def __init__(
        self,
        device: Device,
        eye: Eye,
        lookout: Lookout,
        clock: Clock,
        options: ReplayOptions,
        secrets: Mapping[str, str],
        dialogs: DialogKeeper,
    ) -> None:
        self._device = device
        self._eye = eye
        self._lookout = lookout
        self._clock = clock
        self._options = options
        self._secrets = secrets
        self._dialogs = dialogs
        self._hovering = False

    def run(self, step: Step) -> StepOutcome:
        """Run one step to its end; dialogs of the device's system are looked for before it.

        One that comes up while the target is waited for is answered, and the step begun again.

        Raises:
            DeviceError: the device failed; the script's own failures are outcomes.
        """
        state = self._dialogs.settle()
        if state.in_front and _goes_to_what_is_in_front(step.action):
            return StepOutcome("failed", self._eye.frame, self._eye.frame, state.in_front)
        outcome = self._run(step)
        if outcome.status == "failed":
            later = self._dialogs.settle()
            state = replace(later, notes=(*state.notes, *later.notes))
            if later.notes and not later.in_front:
                outcome = self._run(step)
        return _with_state(outcome, state)

    def _run(self, step: Step) -> StepOutcome:
        timeout_s = self._options.timeout_s if step.timeout_s is None else step.timeout_s
        deadline = Deadline.after(timeout_s, self._clock)
        if not self._hovering:
            self._device.sink.park_pointer()
        stopwatch = _Stopwatch(self._clock, self._eye)
        if isinstance(step.action, ExpectStep):
            return self._expect(step.action, deadline, stopwatch)
        target = getattr(step.action, "target", None)
        if target is None:
            return self._act_untargeted(step.action, deadline, stopwatch)
        return self._act_on(target, step.action, deadline, stopwatch)

    def _expect(self, action: ExpectStep, deadline: Deadline, stopwatch: _Stopwatch) -> StepOutcome:
        def accept(match: Match) -> bool:
            return fulfilled(action, match)

        sight = self._lookout.await_target(action.target, deadline, accept)
        passed = accept(sight.match)
        return StepOutcome(
            "passed" if passed else "failed",
            before=sight.frame,
            after=self._eye.frame,
            reason="" if passed else missing(action, sight.match),
            attempts=(self._attempt(sight, stopwatch),),
            flags=("scrolled_to_target",) if sight.scrolled else (),
            own_ms=stopwatch.own_ms(),
        )

    def _act_untargeted(
        self, action: Action, deadline: Deadline, stopwatch: _Stopwatch
    ) -> StepOutcome:
        self._eye.wait_quiet(deadline)
        before = self._eye.frame
        size = before.size
        stopwatch.seen()
        changed = self._perform(
            action, before, Point(size.width / 2, size.height / 2), None, stopwatch
        )
        return StepOutcome(
            "passed",
            before=before,
            after=self._eye.frame,
            attempts=(Attempt(changed=changed, elapsed_ms=stopwatch.elapsed_ms()),),
            own_ms=stopwatch.own_ms(),
        )

    def _act_on(
        self, target: Target, action: Action, deadline: Deadline, stopwatch: _Stopwatch
    ) -> StepOutcome:
        sight = self._lookout.await_target(target, deadline, _is_found)
        stopwatch.seen()
        flags: list[Flag] = ["scrolled_to_target"] if sight.scrolled else []
        if sight.moving:
            return self._failed(sight, _MOVING, stopwatch, flags)
        point = aim(target, sight.match)
        if point is None and self._options.allow_coordinates:
            point = recorded_point(target, sight.frame)
            flags += ["coordinates_used"] if point is not None else []
        if point is None:
            return self._failed(sight, sight.match.reason, stopwatch, flags)
        end = None
        if isinstance(action, DragStep) and action.to is not None:
            goal = self._lookout.await_target(action.to, deadline, _is_found)
            end = aim(action.to, goal.match)
            if end is None or goal.moving:
                reason = _MOVING if goal.moving else goal.match.reason
                return self._failed(goal, f"the end of the drag: {reason}", stopwatch)
        changed = self._perform(action, sight.frame, point, end, stopwatch)
        attempts = [self._attempt(sight, stopwatch, point, changed)]
        if changed is False and _may_be_repeated(action):
            again = self._repeat(target, action, point, stopwatch)
            if again is not None:
                attempts.append(again)
                flags.append("tap_retried")
        if attempts[-1].changed is False and _must_answer(action):
            flags.append("nothing_changed")
        return StepOutcome(
            "passed",
            before=sight.frame,
            after=self._eye.frame,
            attempts=tuple(attempts),
            flags=tuple(flags),
            own_ms=stopwatch.own_ms(),
        )

    def _repeat(
        self, target: Target, action: Action, point: Point, stopwatch: _Stopwatch
    ) -> Attempt | None:
        """Tap once more if the target still stands where it was tapped; else None."""
        soon = Deadline.after(self._options.reaction_s, self._clock)
        sight = self._lookout.await_target(target, soon, _is_found)
        spot = aim(target, sight.match)
        if spot is None or sight.moving or spot.distance_to(point) > 2 * sight.frame.density:
            return None
        changed = self._perform(action, sight.frame, spot, None, stopwatch)
        return self._attempt(sight, stopwatch, spot, changed)

    def _perform(
        self,
        action: Action,
        before: Frame,
        point: Point,
        end: Point | None,
        stopwatch: _Stopwatch,
    ) -> bool | None:
        """Act, then watch for the answer."""
        event = interaction(
            adapted(_revealed(action, self._secrets), self._device.info.platform),
            point,
            before.screen,
            self._device.capabilities,
            end=end,
        )
        self._eye.acted()
        self._device.sink.perform(event)
        self._hovering = isinstance(action, HoverStep)
        if not self._hovering:
            self._device.sink.park_pointer()
        stopwatch.acted(duration_ms(event))
        share = 1.0 if _must_answer(action) else _SILENT_REACTION
        reaction = Deadline.after(share * self._options.reaction_s, self._clock)
        changed = self._eye.wait_changed(before, reaction)
        self._eye.acted()
        stopwatch.answered()
        return changed

    def _failed(
        self, sight: Sight, reason: str, stopwatch: _Stopwatch, flags: list[Flag] | None = None
    ) -> StepOutcome:
        return StepOutcome(
            "failed",
            before=sight.frame,
            after=self._eye.frame,
            reason=reason,
            attempts=(self._attempt(sight, stopwatch),),
            flags=tuple(flags or ()),
            own_ms=stopwatch.own_ms(),
        )

    @staticmethod
    def _attempt(
        sight: Sight,
        stopwatch: _Stopwatch,
        point: Point | None = None,
        changed: bool | None = None,
    ) -> Attempt:
        return Attempt(sight.match, point, changed, sight.waited, stopwatch.elapsed_ms())


class _Stopwatch:
    """Tells the time of a step that is ours from the application's and the recorded user's."""

    def __init__(self, clock: Clock, eye: Eye) -> None:
        self._clock = clock
        self._eye = eye
        self._started_ms = clock.now_ms()
        self._acted_ms = self._started_ms
        self._others_ms = 0.0

    def seen(self) -> None:
        """The target was found: until its last change the application was still busy."""
        self._others_ms += max(0.0, self._eye.last_change_ms - self._started_ms)

    def acted(self, gesture_ms: float) -> None:
        """An interaction that takes `gesture_ms` by itself was performed."""
        self._others_ms += gesture_ms
        self._acted_ms = self._clock.now_ms()

    def answered(self) -> None:
        """The application answered, or had its time to."""
        self._others_ms += self._clock.now_ms() - self._acted_ms

    def elapsed_ms(self) -> float:
        return self._clock.now_ms() - self._started_ms

    def own_ms(self) -> float:
        return max(0.0, self.elapsed_ms() - self._others_ms)


def aim(target: Target, match: Match) -> Point | None:
    """Where to act: the recorded grip of the element found; None if none was found."""
    if match.outcome != "found" or match.best is None:
        return None
    if target.recorded is not None and target.recorded.grip != (0.5, 0.5):
        return grip_point(match.best.element.box, target.recorded.grip)
    return match.point


def recorded_point(target: Target, frame: Frame) -> Point | None:
    """The recorded place, scaled to the screen of `frame`: a guess, used only on request."""
    recorded = target.recorded
    if recorded is None:
        return None
    spot = grip_point(recorded.scene.elements[recorded.index].box, recorded.grip)
    source, size = recorded.scene.screen.size, frame.size
    return Point(spot.x * size.width / source.width, spot.y * size.height / source.height)


def duration_ms(event: InputEvent) -> float:
    """How long an interaction takes by its nature."""
    if isinstance(event, LongPress | Pinch):
        return event.duration_ms
    return event.path[-1].after_ms if isinstance(event, Swipe) else 0.0


def _is_found(match: Match) -> bool:
    return match.outcome == "found"


def _goes_to_what_is_in_front(action: Action) -> bool:
    """Whether a dialog would get it instead of the application."""
    return isinstance(action, TypeStep | KeyStep)


def _with_state(outcome: StepOutcome, state: SystemState) -> StepOutcome:
    """What the system showed is part of why a step failed, and of what was waited for."""
    if state.in_front and outcome.status == "failed":
        outcome = replace(outcome, reason=f"{outcome.reason}; {state.in_front}")
    if state.notes and outcome.attempts:
        first, *others = outcome.attempts
        noted = replace(first, waited=(*state.notes, *first.waited))
        outcome = replace(outcome, attempts=(noted, *others))
    return outcome


def _revealed(action: Action, secrets: Mapping[str, str]) -> Action:
    """The action with the text behind the name of its secret; never stored."""
    if isinstance(action, TypeStep) and action.secret:
        return TypeStep(text=secrets[action.secret])
    return action


def _must_answer(action: Action) -> bool:
    return isinstance(action, TapStep) and action.expect_change


def _may_be_repeated(action: Action) -> bool:
    return (
        isinstance(action, TapStep)
        and action.expect_change
        and action.count == 1
        and action.button == "left"
    )
