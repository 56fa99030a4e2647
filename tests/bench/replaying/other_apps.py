"""The keys of galculator, looked for on mate-calc and kcalc: other toolkits, other glyphs.

Each key is tried by itself: the calculator is prepared by the keyboard, the key is looked for and
tapped if found, and what the calculator then makes of it tells which key it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.events import KeyPress, Tap, TextInput
from vistest.core.geometry import Position
from vistest.demo.calculator import copied_result, wait_for_window
from vistest.demo.screens import SCREENS
from vistest.devices.x11.virtual import VirtualScreen
from vistest.replayer.locating import query_for
from vistest.script import load_script
from vistest.script.model import TapStep

if TYPE_CHECKING:
    from tests.bench.figures import Bench
    from tests.bench.replaying.stage import Stage
    from vistest.devices.base import Device
    from vistest.script.model import Target

_APPLICATIONS = ("mate-calc", "kcalc")


@dataclass(frozen=True)
class Trial:
    """Type `before`, tap the key, type `after`: then the calculator shows `result`."""

    before: str
    after: str
    result: str


_TRIALS = {
    **{digit: Trial("", "", digit) for digit in "0123456789"},
    "*": Trial("6", "3\n", "18"),
    "-": Trial("6", "4\n", "2"),
    "=": Trial("6+3", "", "9"),
    "C": Trial("55", "4", "4"),
}
_SIGNS = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{MULTIPLICATION SIGN}": "*", "x": "*"}


def measure(bench: Bench, stage: Stage) -> None:
    script = load_script(stage.folder / "calculator.vistest")
    targets: dict[str, Target] = {}
    for step in script.steps:
        if isinstance(step.action, TapStep):
            key = _SIGNS.get(step.action.target.text, step.action.target.text)
            if key in _TRIALS:
                targets.setdefault(key, step.action.target)
    outcomes = []
    for application in _APPLICATIONS:
        with VirtualScreen(SCREENS["A"]) as screen, screen.connect() as device:
            device.launch([application])
            wait_for_window(screen.environment["DISPLAY"], application, stage.clock)
            stage.clock.pause(1.5)
            for key, target in targets.items():
                outcome, shown = _try(stage, device, dict(screen.environment), key, target)
                stage.say(f"{application} key {key}: {outcome} (shows {shown!r})")
                outcomes.append(outcome)
                bench.cases.append(
                    {
                        "part": "other_app",
                        "application": application,
                        "key": key,
                        "outcome": outcome,
                        "shown": shown,
                    }
                )
    total = len(outcomes)
    bench.count("other_app_hits", outcomes.count("hit"), "keys", total)
    bench.count("other_app_ambiguous", outcomes.count("ambiguous"), "keys", total)
    bench.count("other_app_absent", outcomes.count("absent"), "keys", total)
    bench.count("other_app_wrong", outcomes.count("wrong"), "keys", total)


def _try(
    stage: Stage, device: Device, environment: dict[str, str], key: str, target: Target
) -> tuple[str, str]:
    trial = _TRIALS[key]
    device.sink.perform(KeyPress(("Escape",)))
    if trial.before:
        device.sink.perform(TextInput(trial.before))
    device.sink.park_pointer()
    stage.clock.pause(0.5)
    match = stage.matcher.match(query_for(target), stage.parser.parse(device.grab()))
    if match.outcome != "found" or match.point is None:
        return match.outcome, ""
    device.sink.perform(Tap(Position(match.point, device.info.screen)))
    device.sink.park_pointer()
    stage.clock.pause(0.3)
    if trial.after:
        device.sink.perform(TextInput(trial.after))
    stage.clock.pause(0.3)
    shown = copied_result(environment, device.sink, stage.clock)
    return ("hit" if shown == trial.result else "wrong"), shown
