"""The four screens of the demo: one application in four looks."""

from __future__ import annotations

from vistest.core.geometry import Size
from vistest.devices.x11.virtual import ScreenSetup

RECORDED = "A"

SCREENS = {
    "A": ScreenSetup(Size(1280, 800)),
    "B": ScreenSetup(Size(1920, 1080), dark=True),
    "C": ScreenSetup(Size(800, 1280), window_manager="matchbox"),
    "D": ScreenSetup(Size(1600, 1200), density=2.0),
}

WORDS = {
    "A": "1280x800 light",
    "B": "1920x1080 dark",
    "C": "800x1280 portrait, stretched",
    "D": "1600x1200 at 2x scale",
}
