import pytest
from hypothesis import settings

# The machine that runs the tests may be busy: how long an example takes says nothing.
settings.register_profile("vistest", deadline=None)
settings.load_profile("vistest")

pytest.register_assert_rewrite("vistest.testing.device_contract")
