"""Did the application show, while it was recorded, that it received a tap?

If it did not then, a replay must not take silence for a tap that was lost and tap again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.events import PointerEvent
from vistest.core.geometry import Rect
from vistest.script.model import TapStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.codegen.interactions import Interaction
    from vistest.core.events import RawEvent
    from vistest.core.frame import Frame
    from vistest.recording import Recording
    from vistest.script.model import Action, Target

_NOISE_LEVEL = 24
"""Grey levels that the video's compression may change."""

_LEAST_PIXELS = 6
_GLOW_DP = 6.0
"""A button that is pointed at may glow beyond its box."""

_REACHED_DP = 48.0
"""Half the extent of what may glow around the pointer, where its object is not known."""

_SHOW_THEIR_STATE = {"checkbox", "switch", "radio", "slider", "text_field", "tab"}


def mark_silent(action: Action, interaction: Interaction, recording: Recording) -> Action:
    """A tap with `expect_change` as the recording shows it; other actions as they are."""
    if not isinstance(action, TapStep) or action.target.recorded is None:
        return action
    return replace(action, expect_change=_was_answered(action.target, interaction, recording))


def _was_answered(target: Target, interaction: Interaction, recording: Recording) -> bool:
    """Compare the screen before the press with it before the pointer left, and before the next.

    What the pointer rests on glows by that alone, and fades when it leaves: neither the object
    itself nor what the pointer came from and reached next is looked at, unless the object's own
    look is its state.
    """
    recorded = target.recorded
    if recorded is None or recorded.scene.elements[recorded.index].cls in _SHOW_THEIR_STATE:
        return True
    before = recording.frame_at(interaction.time_ms)
    box = recorded.scene.elements[recorded.index].box.expanded(_GLOW_DP * before.density)
    left, acted = _next_events(recording, interaction, box)
    came_from = _around(_last_elsewhere(recording, interaction, box), before.density)
    if _differs(before, _frame_before(left, recording), (box, *came_from)):
        return True
    after = _frame_before(acted, recording)
    return _differs(before, after, (box, *came_from, *_around(left, before.density)))


def _next_events(
    recording: Recording, interaction: Interaction, box: Rect
) -> tuple[RawEvent | None, RawEvent | None]:
    """The first event after `interaction` outside of `box`, and the first that does something."""
    later = [event for event in recording.events if event.time_ms > interaction.end_ms]
    acted = next((event for event in later if not _is_hovering(event)), None)
    for event in later:
        if event is acted or not (isinstance(event, PointerEvent) and box.contains(event.at.point)):
            return event, acted
    return None, None


def _frame_before(event: RawEvent | None, recording: Recording) -> Frame:
    """The last frame that can be read, and not later than `event`."""
    last_ms = max(ms for ms in recording.frame_times if ms < recording.readable_until_ms)
    return recording.frame_at(min(event.time_ms, last_ms) if event else last_ms)


def _last_elsewhere(
    recording: Recording, interaction: Interaction, box: Rect
) -> PointerEvent | None:
    """Where the pointer was last before it came to `box` for `interaction`."""
    earlier = [
        event
        for event in recording.events
        if isinstance(event, PointerEvent)
        and event.time_ms < interaction.time_ms
        and not box.contains(event.at.point)
    ]
    return earlier[-1] if earlier else None


def _around(event: RawEvent | None, density: float) -> tuple[Rect, ...]:
    """The surroundings of the pointer in `event`, if it tells where that is."""
    if not isinstance(event, PointerEvent):
        return ()
    point = event.at.point
    return (Rect(point.x, point.y, point.x, point.y).expanded(_REACHED_DP * density),)


def _is_hovering(event: RawEvent) -> bool:
    return isinstance(event, PointerEvent) and event.action == "move"


def _differs(before: Frame, after: Frame, without: Sequence[Rect]) -> bool:
    if before.size != after.size:
        return True
    difference = cv2.absdiff(before.pixels, after.pixels)[:, :, :3].max(axis=2)
    for box in without:
        inside = box.clipped(before.size)
        rows = slice(int(inside.top), int(np.ceil(inside.bottom)))
        difference[rows, int(inside.left) : int(np.ceil(inside.right))] = 0
    return int(np.count_nonzero(difference > _NOISE_LEVEL)) >= _LEAST_PIXELS
