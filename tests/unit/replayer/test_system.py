from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vistest.core.events import Tap, TextInput
from vistest.core.geometry import Rect
from vistest.core.scene import Candidate, Match, Scene, UiElement
from vistest.devices.base import DeviceLog, SystemDialog
from vistest.replayer.eye import Eye
from vistest.replayer.options import ReplayOptions
from vistest.replayer.replay import Replayer
from vistest.replayer.sight import Lookout
from vistest.replayer.steps import StepOutcome, StepRunner
from vistest.replayer.system import DialogKeeper
from vistest.results import load_results
from vistest.script.model import Script, Step, TapStep, Target, TypeStep
from vistest.testing import FakeClock, FakeDevice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vistest.core.events import InputEvent
    from vistest.core.frame import Frame
    from vistest.script.model import Action

OPTIONS = ReplayOptions(timeout_s=4, reaction_s=1, search_after_s=1, search_turns=1)
ASK = SystemDialog("permission", "Shop asks for the camera")
BUTTON = Rect(40, 100, 120, 130)


class FakePhone(FakeDevice):
    """Shows dialogs one after the other; each tap answers one."""

    def __init__(self, dialogs: Sequence[SystemDialog], logs: Sequence[DeviceLog] = ()) -> None:
        self.dialogs = dialogs
        self.logs = logs
        super().__init__(self._paint, clock=FakeClock())

    def system_dialog(self) -> SystemDialog | None:
        answered = sum(isinstance(event, Tap) for event in self.performed)
        return self.dialogs[answered] if answered < len(self.dialogs) else None

    def begin_logs(self) -> None: ...

    def collect_logs(self) -> Sequence[DeviceLog]:
        return self.logs

    @staticmethod
    def _paint(_: float, performed: Sequence[InputEvent]) -> np.ndarray:
        pixels = np.full((240, 320, 4), 230, np.uint8)
        pixels[100:130, 40:120] = 20 * len(performed)
        return pixels


class Locator:
    """Finds the texts that it is told of."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def find(self, target: Target, frame: Frame) -> Match:
        if target.text not in self._texts:
            return Match("absent", (), 0.0, reason=f"no {target.text}")
        element = UiElement("button", BUTTON, text=target.text)
        return Match("found", (Candidate(element, 0.9),), 0.9, BUTTON.center)

    def scene(self, frame: Frame) -> Scene:
        return Scene((), frame.screen)


def run(phone: FakePhone, action: Action, answers: Mapping[str, str], *texts: str) -> StepOutcome:
    clock = phone.clock
    eye = Eye(phone, clock, OPTIONS)
    lookout = Lookout(phone, eye, Locator(*texts), clock, OPTIONS)  # type: ignore[arg-type]
    keeper = DialogKeeper(phone, eye, lookout, clock, OPTIONS, answers)
    return StepRunner(phone, eye, lookout, clock, OPTIONS, {}, keeper).run(Step(action))


def test_a_dialog_is_answered_as_the_script_says_and_that_is_told() -> None:
    phone = FakePhone([ASK, ASK])
    answers = {"permission": "Allow"}
    outcome = run(phone, TapStep(Target("Save")), answers, "Allow", "Save")
    assert outcome.status == "passed"
    assert len(phone.performed) == 3
    notes = [note.text for note in outcome.attempts[0].waited]
    assert sum("answered 'Allow'" in note for note in notes) == 2


def test_without_an_answer_a_failed_step_says_what_was_in_front() -> None:
    outcome = run(FakePhone([ASK]), TapStep(Target("Save")), {})
    assert outcome.status == "failed"
    assert "Shop asks for the camera" in outcome.reason


def test_a_recorded_answer_needs_no_other() -> None:
    phone = FakePhone([ASK])
    outcome = run(phone, TapStep(Target("Allow")), {}, "Allow")
    assert outcome.status == "passed"


def test_nothing_is_typed_into_a_dialog() -> None:
    phone = FakePhone([ASK])
    outcome = run(phone, TypeStep("secret words"), {})
    assert outcome.status == "failed"
    assert not [event for event in phone.performed if isinstance(event, TextInput)]


def test_an_answer_that_is_not_there_is_said() -> None:
    phone = FakePhone([ASK])
    outcome = run(phone, TypeStep("words"), {"permission": "Allow"})
    assert "shows no 'Allow'" in outcome.reason


def test_logs_lie_beside_the_results_and_a_crash_is_part_of_the_reason(tmp_path: Path) -> None:
    logs = [DeviceLog("logcat", "all\n"), DeviceLog("crashes", "bang\n", "com.shop crashed")]
    phone = FakePhone([], logs)
    replayer = Replayer(Locator(), phone.clock, OPTIONS, {})  # type: ignore[arg-type]
    script = Script("buy", (Step(TapStep(Target("Buy"))),))
    replayer.run(script, phone, tmp_path / "run")
    result = load_results(tmp_path / "run")
    assert result.status == "failed"
    assert "com.shop crashed" in result.reason
    paths = [item.path for item in result.artifacts if item.kind == "log"]
    assert paths == ["logs/logcat.txt", "logs/crashes.txt"]
    assert (tmp_path / "run" / paths[1]).read_text() == "bang\n"
