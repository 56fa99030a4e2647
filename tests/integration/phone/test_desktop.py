"""The phone's application in an ordinary browser on a desk."""

from __future__ import annotations

from tests.phone.adb import eventually
from tests.phone.desktop import Desktop
from vistest.core.events import Tap
from vistest.core.geometry import Point, Position
from vistest.devices import connect


def test_it_shows_the_application_and_logs_what_is_done_there() -> None:
    with Desktop() as desktop, connect(desktop.uri) as device:
        assert str(device.info.screen.size) == "1366x768"
        device.sink.perform(Tap(Position(Point(50, 270), device.info.screen)))
        assert eventually(
            lambda: (
                [desktop.events()[0]["object"], desktop.events()[-1]["page"]] == ["Map", "map"]
                if desktop.events()
                else False
            )
        )
