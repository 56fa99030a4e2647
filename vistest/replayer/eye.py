"""Watches one screen: what it shows now, whether it moved, whether it is quiet.

A caret that blinks, a spinner or a film must neither hold up a replay nor pass for the answer to
a tap. Places that move again and again while nobody acts are *restless*: motion inside them is
ignored until the screen changes elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.geometry import Rect
from vistest.replayer.motion import motion_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from vistest.core.clock import Clock
    from vistest.core.frame import Frame
    from vistest.devices.base import Device
    from vistest.replayer.motion import Motion
    from vistest.replayer.options import ReplayOptions

_FILM_MS = 1000.0
"""What moved during the last second of a wait in vain is where the film plays."""

_BLIND_SHARE = 0.5
"""When more of the screen than this is restless, nobody can say whether a tap changed it."""


class Eye:
    """Looks at a device's screen. `close` ends it; the device stays open.

    Attributes:
        frame: The last frame seen.
        restless: Where things move while nobody acts.
        last_change_ms: When the screen last changed elsewhere, on the host's clock.
    """

    def __init__(
        self,
        device: Device,
        clock: Clock,
        options: ReplayOptions,
        witness: Callable[[Frame], None] = lambda _: None,
    ) -> None:
        self._device = device
        self._clock = clock
        self._options = options
        self._witness = witness
        self._video = device.open_video(exact=True)
        self._flickered: list[tuple[float, Rect]] = []
        self.restless: tuple[Rect, ...] = ()
        self.last_change_ms = clock.now_ms()
        self.frame = device.grab()
        witness(self.frame)

    def look(self) -> Frame:
        """The screen as it is now."""
        self._see(self._device.grab())
        return self.frame

    def wait_quiet(self, deadline: Deadline) -> bool:
        """Watch until the screen is quiet; False if `deadline` passed first.

        What still moves after `quiet_patience_s` is taken for a film and becomes restless.
        """
        patience = Deadline.after(self._options.quiet_patience_s, self._clock)
        quiet = self._quiet_deadline()
        while not quiet.passed:
            if deadline.passed:
                return False
            frame = self._video.next_frame(min(quiet.remaining_s, deadline.remaining_s))
            if frame is not None and self._see(frame):
                quiet = self._quiet_deadline()
            if patience.passed:
                self._become_restless(self._moved_lately())
                break
        self.look()
        return True

    def acted(self) -> None:
        """Forget the motion seen so far: what comes now may be the answer to an action."""
        self._flickered.clear()

    def wait_changed(self, reference: Frame, deadline: Deadline) -> bool | None:
        """Watch until the screen differs from `reference` other than in restless places.

        Returns:
            Whether it did before `deadline`; None if too much of the screen is restless to say.
        """
        size = reference.size
        if sum(box.area for box in self.restless) > _BLIND_SHARE * size.width * size.height:
            return None
        while not motion_between(reference, self._answer()).outside(self.restless):
            if deadline.passed:
                return False
            self._video.next_frame(deadline.remaining_s)
        return True

    def close(self) -> None:
        """Stop watching."""
        self._video.close()

    def _answer(self) -> Frame:
        """The screen after an action: its motion says nothing about restlessness."""
        frame = self._device.grab()
        if motion_between(self.frame, frame).outside(self.restless):
            self.last_change_ms = self._clock.now_ms()
        self._take(frame)
        return frame

    def _see(self, frame: Frame) -> bool:
        """Take `frame` as the current one; whether it is more than small or restless motion."""
        motion = motion_between(self.frame, frame)
        self._take(frame)
        fresh = motion.outside(self.restless)
        if not fresh:
            return False
        limit = self._options.small_motion_dp * frame.density
        if motion.resized or any(max(box.width, box.height) > limit for box in fresh):
            self._notice_change(motion)
            self._remember(fresh)
            return True
        self._become_restless(
            [box for box in fresh if any(box.iou(old) > 0.3 for _, old in self._flickered)]
        )
        self._remember(fresh)
        return False

    def _take(self, frame: Frame) -> None:
        self.frame = frame
        self._witness(frame)

    def _notice_change(self, motion: Motion) -> None:
        self.last_change_ms = self._clock.now_ms()
        self.restless = tuple(box for box in self.restless if not motion.touches(box))

    def _remember(self, boxes: tuple[Rect, ...]) -> None:
        now_ms = self._clock.now_ms()
        self._flickered.extend((now_ms, box) for box in boxes)

    def _moved_lately(self) -> list[Rect]:
        since_ms = self._clock.now_ms() - _FILM_MS
        return [box for moved_ms, box in self._flickered if moved_ms >= since_ms]

    def _become_restless(self, boxes: list[Rect]) -> None:
        if boxes:
            margin = self._options.small_motion_dp * self.frame.density / 4
            self.restless = (*self.restless, Rect.bounding(boxes).expanded(margin))

    def _quiet_deadline(self) -> Deadline:
        return Deadline.after(self._options.quiet_ms / 1e3, self._clock)
