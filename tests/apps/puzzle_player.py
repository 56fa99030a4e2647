"""Somebody who plays Puzzle Bay (tests/apps/canvas) while a recorder watches."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.apps.log import read_log
from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.events import (
    KeyPress,
    LongPress,
    Scroll,
    Swipe,
    Tap,
    TextInput,
    Waypoint,
)
from vistest.core.geometry import Point, Position, Size
from vistest.devices.x11.virtual import ScreenSetup, VirtualScreen
from vistest.recorder import Recorder, RecorderOptions
from vistest.recording import DeviceFacts, RecordingWriter

if TYPE_CHECKING:
    from vistest.core.events import InputEvent
    from vistest.devices.x11.device import X11Device

GAME = [sys.executable, str(Path(__file__).parent / "canvas")]
SCREEN = ScreenSetup(Size(900, 640), window_manager="none")
CLOCK = MonotonicClock()


@dataclass
class Player:
    """A person who plays Puzzle Bay: acts, sees that it was received, and looks a while."""

    device: X11Device
    log: Path

    def entries(self) -> list[dict[str, Any]]:
        return read_log(self.log)

    def wait_for(self, count: int) -> None:
        deadline = Deadline.after(10, CLOCK)
        while len(self.entries()) < count:
            assert not deadline.passed, "the game did not receive what was done"
            deadline.pause(0.02)
        CLOCK.pause(0.5)

    def act(self, event: InputEvent, received: int = 1) -> None:
        before = len(self.entries())
        self.device.sink.perform(event)
        self.wait_for(before + received)

    def at(self, x: float, y: float) -> Position:
        return Position(Point(x, y), self.device.info.screen)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        path = tuple(
            Waypoint(
                share * 300,
                self.at(
                    start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
                ),
            )
            for share in (0, 0.2, 0.4, 0.6, 0.8, 1)
        )
        self.act(Swipe(path))


def play(player: Player) -> None:
    """Every screen of the game, on a display of 900x640."""
    player.act(Tap(player.at(450, 314)))  # choose level
    player.act(Scroll(player.at(450, 300), dy=2), received=2)
    player.act(Tap(player.at(450, 228)))  # the fourth row
    for piece, place in ((62, 622), (167, 832), (272, 517), (377, 727)):
        player.drag((piece, 202), (place, 202))
    player.act(Tap(player.at(368, 198), count=2), received=2)  # the prize
    player.act(LongPress(player.at(532, 198), 700))  # the gem
    player.act(Tap(player.at(450, 354)))  # menu
    player.act(Tap(player.at(862, 32)))  # the cog
    player.drag((246, 100), (406, 100))  # volume
    player.act(Tap(player.at(236, 240)))  # a colour
    player.act(Tap(player.at(166, 166)))  # sound
    player.act(Tap(player.at(250, 315)))  # the player's name
    player.act(TextInput("Ann Lee"), received=7)
    player.act(KeyPress(("Backspace",)))
    player.act(KeyPress(("Enter",)))
    player.act(Tap(player.at(34, 32)))  # back


def record_game(path: Path, log: Path) -> list[dict[str, Any]]:
    """Record a whole game into `path`; what the game received meanwhile."""
    with VirtualScreen(SCREEN) as screen, screen.connect() as device:
        device.launch(GAME, {"PUZZLE_BAY_LOG": str(log)})
        player = Player(device, log)
        player.wait_for(1)
        info = device.info
        facts = DeviceFacts(info.uri, info.backend, info.platform, info.name, info.screen)
        writer = RecordingWriter(path, facts, device.now_ms(), GAME)
        recorder = Recorder(device, writer, RecorderOptions())
        recorder.start()
        play(player)
        recorder.stop()
        return player.entries()
