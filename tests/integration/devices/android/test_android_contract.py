"""The device contract over ADB, on a stand-in for a phone; `conftest.py` brings its fixtures."""

import pytest

from vistest.testing.device_contract import DeviceContract

pytestmark = [pytest.mark.x11, pytest.mark.slow]


class TestAndroidDevice(DeviceContract):
    """Every test of the contract; a phone starts a process for each move of a finger."""

    timing_ms = 20.0
