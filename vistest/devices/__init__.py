"""Talk to a screen: `connect(uri)` gives a `Device`. Backends do not know each other."""

from vistest.devices.connect import connect

__all__ = ["connect"]
