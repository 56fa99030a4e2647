"""Dialogs of the device's system: answered as the script says, else told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline
from vistest.core.errors import WaitNote
from vistest.core.events import Tap
from vistest.core.geometry import Position
from vistest.core.text import printable
from vistest.devices.base import SystemWatch
from vistest.script.model import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vistest.core.clock import Clock
    from vistest.core.scene import Match
    from vistest.devices.base import Device, SystemDialog
    from vistest.replayer.eye import Eye
    from vistest.replayer.options import ReplayOptions
    from vistest.replayer.sight import Lookout

_MOST_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class SystemState:
    """What the system shows before a step.

    Attributes:
        notes: Dialogs that were answered.
        in_front: A dialog that is still there, for a person; empty if there is none.
    """

    notes: tuple[WaitNote, ...] = ()
    in_front: str = ""


class DialogKeeper:
    """Looks for dialogs of the system on one device.

    Args:
        device: The device; one that cannot tell shows none.
        eye: Watches its screen.
        lookout: Finds the answer on it.
        clock: The host's.
        options: How long to wait.
        answers: By kind of dialog, the text of the button to tap.
    """

    def __init__(
        self,
        device: Device,
        eye: Eye,
        lookout: Lookout,
        clock: Clock,
        options: ReplayOptions,
        answers: Mapping[str, str],
    ) -> None:
        self._device = device
        self._eye = eye
        self._lookout = lookout
        self._clock = clock
        self._options = options
        self._answers = answers

    def settle(self) -> SystemState:
        """Answer what the script has an answer for; say what is left."""
        notes: list[WaitNote] = []
        for _ in range(_MOST_IN_A_ROW):
            dialog = self._dialog()
            if dialog is None:
                return SystemState(tuple(notes))
            answer = self._answers.get(dialog.kind)
            if answer is None:
                return SystemState(tuple(notes), _told(dialog))
            if not self._tap(answer):
                shown = f"{_told(dialog)}, and shows no '{printable(answer, 40)}'"
                return SystemState(tuple(notes), shown)
            text = f"answered '{printable(answer, 40)}': {_told(dialog)}"
            notes.append(WaitNote(self._clock.now_ms(), text))
        return SystemState(tuple(notes), "the system shows one dialog after the other")

    def _dialog(self) -> SystemDialog | None:
        return self._device.system_dialog() if isinstance(self._device, SystemWatch) else None

    def _tap(self, answer: str) -> bool:
        """Tap on the button, found as any other object is."""
        soon = Deadline.after(self._options.search_after_s, self._clock)
        sight = self._lookout.await_target(Target(text=answer), soon, _is_found)
        point = sight.match.point
        if sight.match.outcome != "found" or point is None:
            return False
        self._eye.acted()
        self._device.sink.perform(Tap(Position(point, sight.frame.screen)))
        self._eye.wait_changed(sight.frame, Deadline.after(self._options.reaction_s, self._clock))
        return True


def _is_found(match: Match) -> bool:
    return match.outcome == "found"


def _told(dialog: SystemDialog) -> str:
    return f"the system shows a dialog: {printable(dialog.title, 120)}"
