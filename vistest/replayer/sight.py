"""Waiting for the object of a step: look, find, wait until quiet, search by scrolling.

The rules are written down in `replayer/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.errors import WaitNote
from vistest.core.geometry import Point, Position, Rect
from vistest.replayer.aiming import NOTCH_DP, scroll
from vistest.replayer.motion import motion_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.clock import Clock
    from vistest.core.frame import Frame
    from vistest.core.scene import Match, Scene
    from vistest.devices.base import Device
    from vistest.replayer.eye import Eye
    from vistest.replayer.locating import Locator
    from vistest.replayer.options import ReplayOptions
    from vistest.script.model import Target

_SCROLL_SHARE = 0.3
"""A search scrolls by this share of the screen, so that nothing is skipped."""

_BACK_TURNS = 2
_SCROLL_ANSWER_S = 0.5

_SCROLLED_BY_THE_WHEEL = {"slider", "dropdown", "text_field", "tab", "switch", "radio", "checkbox"}
"""Turning the wheel over one of these may change its value."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of a target.

    Attributes:
        match: The last match.
        frame: The frame that it is about.
        waited: The log of the wait.
        scrolled: Whether the screen was scrolled in search of it.
        moving: It was found, but had not come to rest when the time was over.
    """

    match: Match
    frame: Frame
    waited: tuple[WaitNote, ...] = ()
    scrolled: bool = False
    moving: bool = False


class Lookout:
    """Waits for targets on one device."""

    def __init__(
        self, device: Device, eye: Eye, locator: Locator, clock: Clock, options: ReplayOptions
    ) -> None:
        self._device = device
        self._eye = eye
        self._locator = locator
        self._clock = clock
        self._options = options

    def await_target(
        self, target: Target, deadline: Deadline, accept: Callable[[Match], bool]
    ) -> Sight:
        """Wait until `accept` takes the match of `target` on a quiet screen, or give up.

        An ambiguous answer is given up after `search_after_s` on an unchanged screen, for
        waiting does not tell twins apart; an absent target is searched by scrolling once, then
        waited for until `deadline`.
        """
        log: list[WaitNote] = []
        patience = Deadline.after(self._options.search_after_s, self._clock)
        scrolled = False
        while True:
            sight = self._look(target, deadline, log)
            moving = accept(sight.match) and not self._stands_still(sight)
            still = patience.passed and not self._moved_since(sight)
            given_up = deadline.passed or (still and sight.match.outcome == "ambiguous")
            if given_up or (accept(sight.match) and not moving):
                return replace(sight, waited=tuple(log), scrolled=scrolled, moving=moving)
            if still and not scrolled and sight.match.outcome == "absent":
                scrolled = True
                found = self._search(target, deadline, accept, log)
                if found is not None:
                    return replace(found, waited=tuple(log), scrolled=True)
                continue
            wait = deadline if scrolled else min(deadline, patience, key=lambda d: d.at_ms)
            self._eye.wait_changed(sight.frame, wait)

    def _look(self, target: Target, deadline: Deadline, log: list[WaitNote]) -> Sight:
        if not self._eye.wait_quiet(deadline):
            log.append(WaitNote(self._clock.now_ms(), "the screen did not come to rest in time"))
        frame = self._eye.frame
        match = self._locator.find(target, frame)
        note = match.reason or match.outcome
        if not log or log[-1].text != note:
            log.append(WaitNote(self._clock.now_ms(), note))
        return Sight(match, frame)

    def _stands_still(self, sight: Sight) -> bool:
        """Whether the object found is still where it was when the frame was taken."""
        best = sight.match.best
        if sight.match.outcome != "found" or best is None:
            return True
        motion = motion_between(sight.frame, self._eye.look())
        moved = motion.outside(self._eye.restless)
        return not any(box.intersection(best.element.box) is not None for box in moved)

    def _moved_since(self, sight: Sight) -> bool:
        return bool(motion_between(sight.frame, self._eye.look()).outside(self._eye.restless))

    def _search(
        self,
        target: Target,
        deadline: Deadline,
        accept: Callable[[Match], bool],
        log: list[WaitNote],
    ) -> Sight | None:
        """Scroll back a little, then to the end, then to the beginning, looking after every turn.

        A recorded swipe goes too far on a larger screen; then the target is just above.
        """
        spots = scroll_spots(self._locator.scene(self._eye.frame))
        turns_each = self._options.search_turns
        for way, turns in ((-1, _BACK_TURNS), (1, turns_each), (-1, 2 * turns_each)):
            for _ in range(turns):
                spots = self._scroll(spots, way)
                if not spots or deadline.passed:
                    break
                log.append(WaitNote(self._clock.now_ms(), "scrolled in search of the target"))
                sight = self._look(target, deadline, log)
                while accept(sight.match) and not self._stands_still(sight):
                    if deadline.passed:
                        return None
                    sight = self._look(target, deadline, log)
                if accept(sight.match):
                    return sight
            spots = spots or scroll_spots(self._locator.scene(self._eye.frame))
        return None

    def _scroll(self, spots: tuple[Position, ...], way: int) -> tuple[Position, ...]:
        """Scroll at the first spot that moves the screen; the spots that are still worth a try."""
        for index, spot in enumerate(spots):
            before = self._eye.frame
            notches = round(
                _SCROLL_SHARE * spot.screen.size.height / (NOTCH_DP * spot.screen.density)
            )
            self._eye.acted()
            self._device.sink.perform(
                scroll(spot, 0, way * max(1, notches), self._device.capabilities)
            )
            self._device.sink.park_pointer()
            if self._eye.wait_changed(before, Deadline.after(_SCROLL_ANSWER_S, self._clock)):
                return spots[index:]
        return ()


def scroll_spots(scene: Scene) -> tuple[Position, ...]:
    """Where the wheel may scroll and changes no value: middle, left and right of the content."""
    if not scene.elements:
        size = scene.screen.size
        return (Position(Point(size.width / 2, size.height / 2), scene.screen),)
    content = Rect.bounding(element.box for element in scene.elements).clipped(scene.screen.size)
    touchy = [e.box for e in scene.elements if e.cls in _SCROLLED_BY_THE_WHEEL]
    spots = []
    for across in (0.5, 0.2, 0.8):
        for down in (0.5, 0.6, 0.4, 0.7, 0.3):
            point = Point(
                content.left + across * content.width, content.top + down * content.height
            )
            if not any(box.contains(point) for box in touchy):
                spots.append(Position(point, scene.screen))
                break
    return tuple(spots)
