import pytest

from vistest.core.errors import DeviceError
from vistest.core.geometry import Size
from vistest.devices.android.facts import (
    focused_window,
    is_awake,
    is_locked,
    parse_rotation,
    parse_screen,
    turned,
)


def test_an_override_is_what_applications_are_drawn_for() -> None:
    screen = parse_screen(
        "Physical size: 1440x3120\nOverride size: 1080x2340\n",
        "Physical density: 560\nOverride density: 420\n",
    )
    assert (screen.size, screen.density) == (Size(1080, 2340), 2.625)
    assert turned(screen, 1).size == Size(2340, 1080)
    assert turned(screen, 2) == screen


def test_a_phone_that_does_not_say_is_refused() -> None:
    with pytest.raises(DeviceError):
        parse_screen("", "Physical density: 420")
    with pytest.raises(DeviceError):
        parse_screen("Physical size: 0x0", "Physical density: 420")


@pytest.mark.parametrize(
    ("dump", "quarters"),
    [
        ("      SurfaceWidth: 1080px\n      SurfaceOrientation: 3\n", 3),
        ("  Viewport INTERNAL: displayId=0, uniqueId=local:1, port=0, orientation=1, log", 1),
        ("      orientation=Rotation90, physicalFrame=...", 1),
        ("nothing of the kind", 0),
    ],
)
def test_the_rotation_as_several_versions_say_it(dump: str, quarters: int) -> None:
    assert parse_rotation(dump) == quarters


def test_awake_locked_and_in_front() -> None:
    assert is_awake("  mWakefulness=Awake\n")
    assert not is_awake("  mWakefulness=Dozing\n")
    assert is_locked("    isKeyguardShowing=true")
    assert not is_locked("    isKeyguardShowing=false")
    dump = (
        "  mCurrentFocus=null\n"
        "  mCurrentFocus=Window{4e2b u0 com.example.shop/com.example.shop.MainActivity}\n"
    )
    assert focused_window(dump) == "com.example.shop/com.example.shop.MainActivity"
    dialog = "  mCurrentFocus=Window{4e2b u0 Application Not Responding: com.example.shop}"
    assert focused_window(dialog) == "Application Not Responding: com.example.shop"
    assert focused_window("") == ""
