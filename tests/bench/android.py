"""Records a person on a stand-in for a phone; replays that there and on three other screens.

Two phones and a tablet over the real ADB protocol, and the same application in a browser on an X11
desktop. A replay is right when the application's own log says that the same was done to the same
things. Parts: `record` (loss and timing of the recording), `latency`, and the four screens.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench.phones import input_figures, replays, session
from tests.bench.phones.private import own_configuration
from tests.bench.replaying.stage import Stage
from tests.phone import Phone, PhoneSetup
from vistest.devices import connect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.figures import Bench

RECORDED_ON = PhoneSetup(size=(1080, 2400), density=2.625, sendevent=True)
INPUT = (
    ("record", "fast taps and swipes on the touch panel", input_figures.measure_recording),
    ("latency", "taps through adb", input_figures.measure_latency),
)
PARTS = ("record", "latency", *replays.SCREENS)


def run(bench: Bench, *, quick: bool, runs: int = 0, parts: Sequence[str] = ()) -> None:
    chosen = parts or PARTS
    count = runs or (1 if quick else 10)
    console = Console(stderr=True)
    with (
        tempfile.TemporaryDirectory(prefix="vistest-bench-") as name,
        own_configuration(Path(name)),
    ):
        stage = Stage(Path(name), console)
        for part, title, measure in INPUT:
            if part in chosen:
                stage.say(title)
                with Phone(input_figures.PAD) as pad, connect(f"adb:{pad.address}") as device:
                    measure(bench, pad, device, stage.clock)
        if not set(chosen) & set(replays.SCREENS):
            return
        recording = stage.folder / "garden.vrec"
        with Phone(RECORDED_ON) as phone, connect(f"adb:{phone.address}") as device:
            stage.say(f"recording on {device.info.screen}")
            session.record(phone, device, recording, stage.clock)
            wanted = session.deeds(phone.events())
        script = stage.build(recording)
        bench.cases.append({"part": "script", "steps": len(script.steps), "wanted": wanted})
        replays.measure(bench, stage, script, wanted, count, chosen)
