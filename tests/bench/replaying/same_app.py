"""galculator, recorded on A, replayed on A, B, C and D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vistest.demo import story
from vistest.demo.screens import RECORDED, SCREENS
from vistest.script.model import TapStep

if TYPE_CHECKING:
    from tests.bench.figures import Bench
    from tests.bench.replaying.stage import Stage
    from vistest.results.model import RunResult
    from vistest.script.model import Script

_DISPLAYS = ["0", "7", "7", "8", "56", "0", "1", "12", "123", "123", "7", "77", "46"]
"""What galculator shows after so many of the keys of `story.KEYS`."""


def measure(bench: Bench, stage: Stage, runs: int) -> None:
    recording = stage.folder / "calculator.vrec"
    story.record(SCREENS[RECORDED], recording, stage.clock)
    script = stage.build(recording)
    right = wrong = 0
    for name, setup in SCREENS.items():
        for number in range(runs):
            stage.say(f"galculator on {name}, {number + 1} of {runs}")
            shown = story.replay(
                script, setup, stage.new_folder(f"calculator-{name}"), stage.replayer, stage.clock
            )
            tapped = keys_tapped(script, shown.result)
            astray = shown.display != _DISPLAYS[tapped]
            right += shown.right
            wrong += astray
            bench.cases.append(
                {
                    "part": "same_app",
                    "screen": name,
                    "status": shown.result.status,
                    "reason": shown.result.reason,
                    "display": shown.display,
                    "keys_tapped": tapped,
                    "wrong_tap": astray,
                    "elapsed_ms": shown.result.elapsed_ms,
                }
            )
    total = runs * len(SCREENS)
    bench.count("same_app_runs_ok", right, "runs", total)
    bench.count("same_app_runs", total, "runs", total)
    bench.count("wrong_taps", wrong, "taps", total)


def keys_tapped(script: Script, result: RunResult) -> int:
    """How many keys the replay pressed before it ended.

    A tap that was repeated for want of an answer counts once: if the first was received after
    all, the display tells.
    """
    return sum(
        step.action.count
        for step, outcome in zip(script.steps, result.steps, strict=False)
        if isinstance(step.action, TapStep)
        and any(attempt.point is not None for attempt in outcome.attempts)
    )
