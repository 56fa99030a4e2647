"""Replays a script on a device by what is on its screen. Rules: `replayer/README.md`."""

from vistest.replayer.locating import Locator
from vistest.replayer.options import ReplayOptions
from vistest.replayer.replay import Replayer

__all__ = ["Locator", "ReplayOptions", "Replayer"]
