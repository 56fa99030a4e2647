"""Samples in the form of AOSP's toolbox/getevent.c (print_event, print_possible_events)."""

from hypothesis import given
from hypothesis import strategies as st

from vistest.devices.android.getevent import AxisRange, parse_devices, parse_event

PHONE = """\
add device 1: /dev/input/event4
  name:     "sec_touchscreen"
  events:
    KEY (0001): KEY_HOMEPAGE          KEY_BACK              BTN_TOUCH             BTN_TOOL_FINGER
                KEY_WAKEUP
    ABS (0003): ABS_X                 : value 0, min 0, max 4095, fuzz 0, flat 0, resolution 0
                ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min -8, max 4095, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 8191, fuzz 0, flat 0, resolution 0
                ABS_MT_TRACKING_ID    : value 0, min 0, max 65535, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
add device 2: /dev/input/event0
  name:     "gpio_keys"
  events:
    KEY (0001): KEY_VOLUMEDOWN        KEY_VOLUMEUP          KEY_POWER
  input props:
    <none>
add device 3: /dev/input/event7
  name:     "Touch Pad"
  events:
    ABS (0003): ABS_MT_POSITION_X     : value 0, min 0, max 999, fuzz 0, flat 0, resolution 31
                ABS_MT_POSITION_Y     : value 0, min 0, max 699, fuzz 0, flat 0, resolution 31
  input props:
    INPUT_PROP_POINTER
"""


def test_devices_with_their_ranges() -> None:
    touch, keys, pad = parse_devices(PHONE)
    assert touch.name == "sec_touchscreen"
    assert touch.axes["ABS_MT_POSITION_X"] == AxisRange(-8, 4095)
    assert touch.is_touch_screen
    assert touch.has_slots
    assert not keys.is_touch_screen
    assert not pad.is_touch_screen


def test_lines_of_events() -> None:
    line = "[    5301.020467] /dev/input/event4: EV_ABS       ABS_MT_POSITION_X    000001f0   "
    event = parse_event(line)
    assert event is not None
    assert event.time_ms == 5301020.467
    assert (event.device, event.code, event.number) == (
        "/dev/input/event4",
        "ABS_MT_POSITION_X",
        0x1F0,
    )
    up = parse_event("[    5301.1] /dev/input/event4: EV_ABS ABS_MT_TRACKING_ID ffffffff")
    assert up is None  # six digits of a second, always
    up = parse_event("[5301.100000] /dev/input/event4: EV_ABS ABS_MT_TRACKING_ID ffffffff")
    assert up is not None
    assert up.number == -1
    key = parse_event("[5301.100000] /dev/input/event0: EV_KEY       KEY_POWER            DOWN")
    assert key is not None
    assert (key.value, key.number) == ("DOWN", 0)


def test_other_lines_are_no_events() -> None:
    for line in ("add device 1: /dev/input/event4", '  name:     "x"', "", "could not get driver"):
        assert parse_event(line) is None


@given(st.text())
def test_garbage_does_no_harm(text: str) -> None:
    parse_event(text)
    parse_devices(text)
