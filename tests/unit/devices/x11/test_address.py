import pytest

from vistest.core.errors import DeviceError
from vistest.devices.x11.address import parse_address


@pytest.mark.parametrize(
    ("uri", "display", "density"),
    [
        ("x11::91", ":91", None),
        ("x11::91.0", ":91", None),
        ("x11:lab-3.example:0", "lab-3.example:0", None),
        ("x11::7?density=2.5", ":7", 2.5),
    ],
)
def test_the_forms_of_an_address(uri: str, display: str, density: float | None) -> None:
    address = parse_address(uri)
    assert (address.display, address.density) == (display, density)


@pytest.mark.parametrize(
    "uri",
    [
        "x11:91",
        "x11:",
        "x11::",
        "x11::ninety",
        "x11::1?density=0",
        "x11::1?density=no",
        "x11::1?color=red",
        "x11:%s:1",
    ],
)
def test_anything_else_is_refused_with_a_hint(uri: str) -> None:
    with pytest.raises(DeviceError) as caught:
        parse_address(uri)
    assert caught.value.hint
