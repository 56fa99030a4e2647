"""Puzzle Bay (tests/apps/canvas): one animated picture, nothing in it that a desktop knows.

The game writes down what it received; a replay is right when that is what the recorded person did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apps.log import read_log
from tests.apps.puzzle_player import record_game
from vistest.core.geometry import Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen

if TYPE_CHECKING:
    from typing import Any

    from tests.bench.figures import Bench
    from tests.bench.replaying.stage import Stage
    from vistest.script.model import Script

_SCREENS = {
    "canvas_runs_ok": ScreenSetup(Size(1440, 960), 1.5, dark=True, window_manager="none"),
    "canvas_portrait_runs_ok": ScreenSetup(
        Size(1080, 1600), density=1.5, dark=True, window_manager="none"
    ),
}
"""The second turns the game on its side, so that it places its pieces anew."""

_VOLUME_TOLERANCE = 3


def measure(bench: Bench, stage: Stage, runs: int) -> None:
    recording = stage.folder / "game.vrec"
    meant = record_game(recording, stage.folder / "game.jsonl")
    script = stage.build(recording)
    for figure, setup in _SCREENS.items():
        right = 0
        for number in range(runs):
            stage.say(f"Puzzle Bay on {setup.size}, {number + 1} of {runs}")
            right += _replay(bench, stage, script, setup, meant)
        bench.count(figure, right, "runs", runs)


def _replay(
    bench: Bench,
    stage: Stage,
    script: Script,
    setup: ScreenSetup,
    meant: list[dict[str, Any]],
) -> bool:
    folder = stage.new_folder("game-run")
    log = folder.with_suffix(".jsonl")
    with VirtualScreen(setup) as screen:
        screen.environment["PUZZLE_BAY_LOG"] = str(log)
        with screen.connect() as device:
            result = stage.replayer.run(script, device, folder)
            stage.clock.pause(0.3)
    received = read_log(log)
    right = result.status == "passed" and _same(meant, received)
    bench.cases.append(
        {
            "part": "canvas",
            "screen": str(setup.size),
            "status": result.status,
            "reason": result.reason,
            "right": right,
            "received": _deeds(received),
            "elapsed_ms": result.elapsed_ms,
        }
    )
    return right


def _same(meant: list[dict[str, Any]], received: list[dict[str, Any]]) -> bool:
    """Whether the same was done to the same objects, and it ended in the same state."""
    wanted, got = dict(meant[-1]["state"]), dict(received[-1]["state"])
    louder = abs(wanted.pop("volume") - got.pop("volume"))
    wanted.pop("scrolled"), got.pop("scrolled")
    return _deeds(meant) == _deeds(received) and wanted == got and louder <= _VOLUME_TOLERANCE


def _deeds(entries: list[dict[str, Any]]) -> list[list[Any]]:
    """What was done to what.

    How far was scrolled to see it is the screen's business, and which keys were pressed is the
    typist's: what came of it is in the state at the end.
    """
    return [
        [entry["action"], entry["object"], entry.get("to")]
        for entry in entries
        if entry["action"] not in ("start", "scroll", "type", "key")
    ]
