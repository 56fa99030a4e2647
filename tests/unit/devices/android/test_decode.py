from vistest.core.events import KeyEvent, PointerEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Point, Screen, Size
from vistest.devices.android.decode import InputDecoder
from vistest.devices.android.facts import turned
from vistest.devices.android.getevent import AxisRange, InputDevice

PHONE = Screen(Size(1080, 2400), 2.625)
PANEL = InputDevice(
    "/dev/input/event2",
    "panel",
    {
        "ABS_MT_SLOT": AxisRange(0, 9),
        "ABS_MT_POSITION_X": AxisRange(0, 4095),
        "ABS_MT_POSITION_Y": AxisRange(0, 8191),
    },
)
KEYS = InputDevice("/dev/input/event0", "keys")


def decoder(quarters: int = 0) -> InputDecoder:
    return InputDecoder([PANEL, KEYS], PHONE, quarters)


def key(label: str, value: str, at: float = 1.0) -> str:
    return f"[{at:15.6f}] /dev/input/event0: EV_KEY       {label:<20} {value:<20}"


def touch(*reports: str, at: float = 1.0) -> list[str]:
    lines = []
    for report in reports:
        code, value = report.split()
        lines.append(f"[{at:15.6f}] /dev/input/event2: EV_ABS       {code:<20} {value:<20}")
    return [*lines, f"[{at:15.6f}] /dev/input/event2: EV_SYN       SYN_REPORT           00000000"]


def test_what_a_us_keyboard_types() -> None:
    keys = decoder()
    lines = [key("KEY_LEFTSHIFT", "DOWN"), key("KEY_B", "DOWN"), key("KEY_1", "DOWN")]
    lines += [key("KEY_LEFTSHIFT", "UP"), key("KEY_B", "UP"), key("KEY_1", "UP")]
    events = [event for line in lines for event in keys.take(line)]
    assert [(e.action, e.key, e.text) for e in events if isinstance(e, KeyEvent)] == [
        ("down", "Shift", ""),
        ("down", "B", "B"),
        ("down", "!", "!"),
        ("up", "Shift", ""),
        ("up", "B", ""),
        ("up", "!", ""),
    ]


def test_a_chord_types_nothing_and_buttons_of_the_phone_have_names() -> None:
    keys = decoder()
    keys.take(key("KEY_LEFTCTRL", "DOWN"))
    assert keys.take(key("KEY_S", "DOWN")) == [KeyEvent(1000.0, "down", "s", "")]
    assert keys.take(key("KEY_BACK", "DOWN")) == [KeyEvent(1000.0, "down", "GoBack", "")]
    assert keys.take(key("KEY_VOLUMEUP", "REPEAT")) == []
    assert keys.take(key("0x2ff", "DOWN")) == []


def test_a_finger_and_a_phone_that_is_turned_meanwhile() -> None:
    panel = decoder()
    down = touch(
        "ABS_MT_TRACKING_ID 00000001", "ABS_MT_POSITION_X 0000000a", "ABS_MT_POSITION_Y 00000014"
    )
    (event,) = [event for line in down for event in panel.take(line)]
    assert isinstance(event, PointerEvent)
    assert (event.kind, event.at.point, event.at.screen) == ("touch", Point(2, 5), PHONE)
    lifted, changed = panel.turn(turned(PHONE, 1), 1, 1500.0)
    assert isinstance(lifted, PointerEvent)
    assert lifted.action == "up"
    assert changed == ScreenChanged(1500.0, turned(PHONE, 1))
    again = [
        event for line in touch("ABS_MT_TRACKING_ID 00000002", at=2.0) for event in panel.take(line)
    ]
    assert isinstance(again[0], PointerEvent)
    assert again[0].at.screen.size == Size(2400, 1080)


def test_a_wheel_turns_where_the_finger_was() -> None:
    panel = decoder()
    wheel = "[       1.000000] /dev/input/event5: EV_REL       REL_WHEEL            ffffffff"
    (turn,) = panel.take(wheel)
    assert isinstance(turn, WheelEvent)
    assert (turn.dy, turn.at.point) == (1, Point(540, 1200))


def test_time_never_goes_back() -> None:
    keys = decoder()
    keys.take(key("KEY_A", "DOWN", 2.0))
    assert keys.take(key("KEY_A", "UP", 1.9))[0].time_ms == 2000.0
