"""vistest: record on one device, replay on another by looking at the screen only."""

from importlib.metadata import version

__version__ = version("vistest")
