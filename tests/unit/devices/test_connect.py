import pytest

from vistest.core.errors import DeviceError
from vistest.devices import connect


@pytest.mark.parametrize("uri", ["", "x11", "nonsense:1", ":91", "\x1b[31m:1"])
def test_a_uri_of_no_known_backend_says_which_there_are(uri: str) -> None:
    with pytest.raises(DeviceError) as caught:
        connect(uri)
    assert "x11::0" in caught.value.hint
    assert "\x1b" not in str(caught.value)
