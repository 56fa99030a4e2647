"""Everything that can be set about a replay, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """How long to wait and what counts as quiet.

    Attributes:
        timeout_s: Deadline of a step that names none.
        quiet_ms: The screen is quiet when nothing but small motion was seen for this long.
        quiet_patience_s: How long an endlessly moving screen (a film) may hold up a step whose
            own target stands still.
        small_motion_dp: Motion inside a box of at most this width and height in dp is a caret or
            a spinner, not a change of the screen.
        reaction_s: How long an application may take to show that a tap reached it.
        search_after_s: How long a target is waited for before it is searched by scrolling.
        search_turns: How many scrolls a search may make in each direction.
        allow_coordinates: Act on the recorded, scaled coordinate when a target is not found.
            Every use is flagged in the results.
    """

    timeout_s: float = 15.0
    quiet_ms: float = 150.0
    quiet_patience_s: float = 3.0
    small_motion_dp: float = 48.0
    reaction_s: float = 2.0
    search_after_s: float = 2.0
    search_turns: int = 12
    allow_coordinates: bool = False
