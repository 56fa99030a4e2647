"""Shipped fakes and the device contract, for tests of vistest and of its users' backends."""

from vistest.testing.clock import FakeClock
from vistest.testing.fake_device import FakeDevice
from vistest.testing.film_device import FilmDevice
from vistest.testing.raw import raw_events

__all__ = ["FakeClock", "FakeDevice", "FilmDevice", "raw_events"]
