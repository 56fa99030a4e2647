"""The device contract on a real X server; `conftest.py` brings its fixtures."""

import pytest

from vistest.testing.device_contract import DeviceContract

pytestmark = pytest.mark.x11


class TestX11Device(DeviceContract):
    """Every test of the contract."""
