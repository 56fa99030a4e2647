"""What the real recorder loses, how exact its clocks are, and what it costs.

`vistest record` runs as its own process on a private screen; a user acts through XTEST; the
application is tests/apps/stage, which logs when the server had drawn its answer.

- `events_lost`: of a burst of 500 clicks without a pause (each is a round trip to the server, as
  every injector makes it), a typed text and a dragged path, how many events are missing.
- `events_lost_flood`: the same, with all 1500 events of the clicks in one write. No device does
  that; it is here because X servers themselves then drop events of their RECORD extension (they
  are missing on the wire, while clients get them all).
- `clock_skew_p99_ms`: for each of many presses there is a true delay from press to changed screen
  (the application's "drawn" minus the moment before the injection, both CLOCK_MONOTONIC of this
  process's machine) and a recorded one (stamp of the first frame that shows the change minus
  stamp of the press). The skew is how far they differ: it holds the error of both clocks and the
  delay of the capture.
- `cpu_*_percent`: CPU time of the recorder's process, all threads, the live counts included, over
  wall time, in percent of one core. `cpu_*_recorded_fps` says how much was recorded for it: on a
  busy machine fewer frames are.
"""

from __future__ import annotations

import math
import random
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
from Xlib import X, display
from Xlib.ext import xtest

from tests.apps.log import read_log
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.events import KeyEvent, PointerEvent, Swipe, TextInput, Waypoint
from vistest.core.geometry import Point, Position, Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen
from vistest.recording import Recording

if TYPE_CHECKING:
    from tests.bench.figures import Bench

_STAGE = Path(__file__).parents[1] / "apps" / "stage"
_TEXT = "The quick brown fox jumps over 13 lazy dogs, (a+b)*c = 42!"
_CLICKS = 500
_PATH = 60
_SMALL, _FULL_HD = Size(1280, 800), Size(1920, 1080)
_clock = MonotonicClock()


@dataclass
class Session:
    """A screen, an application on it, a recorder watching."""

    screen: VirtualScreen
    app_log: Path
    recorder: psutil.Process
    path: Path

    def app_lines(self) -> list[dict[str, Any]]:
        return read_log(self.app_log)

    def cpu_percent(self, seconds: float) -> float:
        """Of the recorder, over the next `seconds`."""
        before, start_ms = self._cpu_s(), _clock.now_ms()
        _clock.pause(seconds)
        return 100e3 * (self._cpu_s() - before) / (_clock.now_ms() - start_ms)

    def _cpu_s(self) -> float:
        times = self.recorder.cpu_times()
        return float(times.user + times.system)


def run(bench: Bench, *, quick: bool) -> None:
    repeats = 1 if quick else 3
    for name, flood in (("events_lost", False), ("events_lost_flood", True)):
        lost = [_count_lost(bench, name, flood=flood) for _ in range(repeats)]
        sent = repeats * (_CLICKS * 3 + len(_TEXT) + _PATH)
        bench.count(name, sum(lost), "events", sent)
    skews = [skew for _ in range(repeats) for skew in _measure_skew(bench, 40 if quick else 100)]
    bench.figures["clock_skew_p99_ms"] = {
        "value": float(np.percentile(skews, 99)),
        "unit": "ms",
        "min": min(skews),
        "max": max(skews),
        "n": len(skews),
    }
    bench.samples("clock_skew_median_ms", skews, "ms")
    seconds = 5.0 if quick else 10.0
    for name, size, options in (
        ("cpu_idle_percent", _FULL_HD, []),
        ("cpu_1080p_percent", _FULL_HD, ["--fps", "25"]),
        ("cpu_1080p_busy_percent", _FULL_HD, ["--fps", "25", "--busy"]),
    ):
        runs = [_measure_cpu(bench, name, size, options, seconds) for _ in range(repeats)]
        bench.samples(name, [percent for percent, _ in runs], "% of a core")
        if options:
            fps_name = name.replace("percent", "recorded_fps")
            bench.samples(fps_name, [fps for _, fps in runs], "frames/s")


def _count_lost(bench: Bench, name: str, *, flood: bool) -> int:
    with _Opened(_SMALL, []) as session:
        points = [(20 + number % 1200, 20 + number % 700) for number in range(_CLICKS)]
        _burst(session.screen, points, flood=flood)
        path = [(100.0 + 10 * number, 300.0 + 3 * number) for number in range(_PATH)]
        with session.screen.connect() as device:
            places = [Position(Point(*place), device.info.screen) for place in path]
            device.sink.perform(TextInput(_TEXT))
            waypoints = [Waypoint(8.0 * number, at) for number, at in enumerate(places)]
            device.sink.perform(Swipe(tuple(waypoints)))
        _clock.pause(0.5)
        recording = _finish(session)
    pointer = [event for event in recording.events if isinstance(event, PointerEvent)]
    keys = [event for event in recording.events if isinstance(event, KeyEvent)]
    lost = {
        "presses": _lost(points, [_xy(e) for e in pointer if e.action == "down"]),
        "moves": _lost(points, [_xy(e) for e in pointer if e.action == "move"]),
        "releases": _lost(points, [_xy(e) for e in pointer if e.action == "up"]),
        "characters": _lost(list(_TEXT), [e.text for e in keys if e.action == "down"]),
        "path": _lost(path, [_xy(event) for event in pointer]),
    }
    bench.cases.append({"case": name, "lost": lost})
    return sum(lost.values())


def _burst(screen: VirtualScreen, points: list[tuple[int, int]], *, flood: bool) -> None:
    """Click at all `points` as fast as the server takes it."""
    user = display.Display(screen.environment["DISPLAY"])
    for x, y in points:
        xtest.fake_input(user, X.MotionNotify, x=x, y=y)
        xtest.fake_input(user, X.ButtonPress, 1)
        xtest.fake_input(user, X.ButtonRelease, 1)
        if not flood:
            user.sync()
    user.sync()
    user.close()


def _lost(wanted: list[Any], found: list[Any]) -> int:
    """How many of `wanted` are not in `found`, or not in this order."""
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    return len(wanted) - sum(block.size for block in matcher.get_matching_blocks())


def _xy(event: PointerEvent) -> tuple[float, float]:
    return event.at.point.x, event.at.point.y


def _measure_skew(bench: Bench, presses: int) -> list[float]:
    chance = random.Random(presses)  # spreads the presses over the frame clock
    with _Opened(_SMALL, []) as session:
        user = display.Display(session.screen.environment["DISPLAY"])
        xtest.fake_input(user, X.MotionNotify, x=640, y=400)
        injected = []
        for number in range(1, presses + 1):
            user.sync()
            injected.append(_clock.now_ms())
            xtest.fake_input(user, X.ButtonPress, 1)
            xtest.fake_input(user, X.ButtonRelease, 1)
            user.sync()
            _wait_for(session.app_log, b'"shown": %d,' % number)
            _clock.pause(chance.uniform(0.12, 0.2))
        user.close()
        _clock.pause(0.3)
        recording = _finish(session)
        changed = _changes(recording)
        drawn = [line["ms"] for line in session.app_lines() if "shown" in line]
    pressed = [
        event.time_ms
        for event in recording.events
        if isinstance(event, PointerEvent) and event.action == "down"
    ]
    times = zip(injected, drawn, pressed, _paired(injected, changed), strict=True)
    skews = [
        abs((change - press) - (draw - inject))
        for inject, draw, press, change in times
        if change is not None
    ]
    rounded = [round(skew, 2) for skew in skews]
    bench.cases.append({"case": "skew", "unseen": presses - len(skews), "skews_ms": rounded})
    return skews


def _paired(injected: list[float], changed: list[float]) -> list[float | None]:
    """For each press the change that was recorded before the next one, if there was one."""
    early = 50.0  # a change may not be stamped before its press, but if it is, that must show
    ends = [*injected[1:], math.inf]
    return [
        next((at for at in changed if start - early <= at < end - early), None)
        for start, end in zip(injected, ends, strict=True)
    ]


def _changes(recording: Recording) -> list[float]:
    """When the stage turned from black to white or back, by the frames' stamps."""
    times, last = [], False
    for frame in recording.frames():
        white = bool(frame.pixels[100, 100, :3].mean() > 128)
        if white != last:
            times.append(frame.time_ms)
        last = white
    return times


def _measure_cpu(
    bench: Bench, name: str, size: Size, options: list[str], seconds: float
) -> tuple[float, float]:
    with _Opened(size, options) as session:
        _clock.pause(1.0)
        percent = session.cpu_percent(seconds)
        load = psutil.getloadavg()[0]
        recording = _finish(session)
    length_s = (recording.frame_times[-1] - recording.frame_times[0]) / 1e3
    fps = len(recording.frame_times) / length_s if options else 0.0
    case = {"case": name, "percent": percent, "recorded_fps": fps, "load_average": load}
    bench.cases.append(case)
    return percent, fps


class _Opened:
    """Starts and ends all parts of a `Session`."""

    def __init__(self, size: Size, app_options: list[str]) -> None:
        self._size, self._options = size, app_options
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Session:
        self._folder = tempfile.TemporaryDirectory(prefix="vistest-bench-")
        folder = Path(self._folder.name)
        self._screen = VirtualScreen(ScreenSetup(self._size))
        log, path = folder / "app.jsonl", folder / "bench.vrec"
        app = [sys.executable, str(_STAGE), "--log", str(log), *self._options]
        self._start(app, self._screen.environment, folder / "app.txt")
        _wait_for(log, b"ready")
        command = ["-m", "vistest", "record", self._screen.uri, "-o", str(path), "--no-build"]
        said = folder / "said.txt"
        process = self._start([sys.executable, *command], None, said)
        _wait_for(said, b"Recording.")
        return Session(self._screen, log, psutil.Process(process.pid), path)

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.wait()
        self._screen.close()
        self._folder.cleanup()

    def _start(
        self, command: list[str], environment: dict[str, str] | None, said: Path
    ) -> subprocess.Popen[bytes]:
        with said.open("wb") as file:
            process = subprocess.Popen(command, env=environment, stderr=file)
        self._processes.append(process)
        return process


def _finish(session: Session) -> Recording:
    session.recorder.send_signal(signal.SIGINT)
    session.recorder.wait(30)
    return Recording.open(session.path)


def _wait_for(path: Path, content: bytes) -> None:
    deadline = Deadline.after(30, _clock)
    while not (path.exists() and content in path.read_bytes()):
        if deadline.passed:
            raise RuntimeError(f"{path.name} never came")
        deadline.pause(0.05)
