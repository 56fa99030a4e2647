"""Sequences as in the kernel's Documentation/input/multi-touch-protocol.rst."""

from vistest.core.geometry import Point, Position, Screen, Size
from vistest.devices.android.contacts import ContactReader, ListReader, SlotReader
from vistest.devices.android.getevent import EvdevEvent

SCREEN = Screen(Size(1000, 1000))


def place(x: int, y: int) -> Position:
    return Position(Point(x, y), SCREEN)


def feed(reader: ContactReader, *lines: str) -> list[tuple[str, int, float, float]]:
    """Lines are `CODE VALUE`, the value in decimal; each report is one ms later."""
    found, time_ms = [], 0.0
    for line in lines:
        code, _, value = line.partition(" ")
        kind = {"SYN": "EV_SYN", "BTN": "EV_KEY"}.get(code[:3], "EV_ABS")
        text = value if kind == "EV_KEY" else f"{int(value or 0) & 0xFFFFFFFF:08x}"
        if code == "SYN_REPORT":
            time_ms += 1
        events = reader.take(EvdevEvent(time_ms, "/dev/input/event1", kind, code, text))
        found += [(e.action, e.contact, e.at.point.x, e.at.point.y) for e in events]
    return found


def b(line: str) -> str:
    return f"ABS_MT_{line}"


def test_b_a_tap_without_btn_touch_and_a_second_one_at_the_same_place() -> None:
    found = feed(
        SlotReader(place),
        *(b("TRACKING_ID 45"), b("POSITION_X 10"), b("POSITION_Y 20"), "SYN_REPORT"),
        *(b("TRACKING_ID -1"), "SYN_REPORT"),
        *(b("TRACKING_ID 46"), "SYN_REPORT"),
        *(b("TRACKING_ID -1"), "SYN_REPORT"),
    )
    assert found == [("down", 0, 10, 20), ("up", 0, 10, 20)] * 2


def test_b_two_fingers_with_the_slot_named_only_when_it_changes() -> None:
    found = feed(
        SlotReader(place),
        *(b("TRACKING_ID 45"), b("POSITION_X 10"), b("POSITION_Y 20")),
        *(b("SLOT 1"), b("TRACKING_ID 46"), b("POSITION_X 90"), b("POSITION_Y 80"), "SYN_REPORT"),
        *(b("POSITION_X 95"), "SYN_REPORT"),
        *(b("SLOT 0"), b("POSITION_Y 15"), "SYN_REPORT"),
        *(b("TRACKING_ID -1"), "SYN_REPORT", b("SLOT 1"), b("TRACKING_ID -1"), "SYN_REPORT"),
    )
    assert found == [
        ("down", 0, 10, 20),
        ("down", 1, 90, 80),
        ("move", 1, 95, 80),
        ("move", 0, 10, 15),
        ("up", 0, 10, 15),
        ("up", 1, 95, 80),
    ]


def test_b_a_new_number_in_a_taken_slot_is_another_finger() -> None:
    found = feed(
        SlotReader(place),
        *(b("TRACKING_ID 1"), b("POSITION_X 10"), b("POSITION_Y 20"), "SYN_REPORT"),
        *(b("TRACKING_ID 2"), b("POSITION_X 50"), "SYN_REPORT"),
    )
    assert [(action, contact) for action, contact, *_ in found] == [
        ("down", 0),
        ("up", 0),
        ("down", 0),
    ]


def test_b_a_finger_that_was_down_before_anybody_listened_is_not_made_up() -> None:
    reader = SlotReader(place)
    assert not feed(reader, b("POSITION_X 10"), "SYN_REPORT", b("TRACKING_ID -1"), "SYN_REPORT")


def test_b_a_tap_within_one_report_is_nothing_but_the_next_one_is_whole() -> None:
    reader = SlotReader(place)
    feed(reader, b("TRACKING_ID 3"), b("TRACKING_ID -1"), "SYN_REPORT")
    found = feed(reader, b("TRACKING_ID 4"), "SYN_REPORT", b("TRACKING_ID -1"), "SYN_REPORT")
    assert [action for action, *_ in found] == ["down", "up"]


def test_b_events_that_the_kernel_dropped_lift_all_fingers() -> None:
    found = feed(
        SlotReader(place),
        *(b("TRACKING_ID 1"), b("POSITION_X 10"), b("POSITION_Y 20"), "SYN_REPORT"),
        *("SYN_DROPPED", b("POSITION_X 30"), "SYN_REPORT"),
    )
    assert [action for action, *_ in found] == ["down", "up"]


def test_a_all_contacts_in_every_report() -> None:
    found = feed(
        ListReader(place),
        *(b("POSITION_X 10"), b("POSITION_Y 20"), "SYN_MT_REPORT", "SYN_REPORT"),
        *(b("POSITION_X 90"), b("POSITION_Y 80"), "SYN_MT_REPORT"),  # another order
        *(b("POSITION_X 12"), b("POSITION_Y 20"), "SYN_MT_REPORT", "SYN_REPORT"),
        *(b("POSITION_X 90"), b("POSITION_Y 80"), "SYN_MT_REPORT", "SYN_REPORT"),
        *("SYN_MT_REPORT", "SYN_REPORT"),
    )
    assert found == [
        ("down", 0, 10, 20),
        ("move", 0, 12, 20),
        ("down", 1, 90, 80),
        ("up", 0, 12, 20),
        ("up", 1, 90, 80),
    ]


def test_a_numbers_of_a_driver_count_more_than_nearness() -> None:
    found = feed(
        ListReader(place),
        *(b("POSITION_X 10"), b("POSITION_Y 20"), b("TRACKING_ID 0"), "SYN_MT_REPORT"),
        *(b("POSITION_X 90"), b("POSITION_Y 20"), b("TRACKING_ID 1"), "SYN_MT_REPORT"),
        "SYN_REPORT",
        *(b("POSITION_X 90"), b("POSITION_Y 20"), b("TRACKING_ID 0"), "SYN_MT_REPORT"),
        *(b("POSITION_X 10"), b("POSITION_Y 20"), b("TRACKING_ID 1"), "SYN_MT_REPORT"),
        "SYN_REPORT",
    )
    assert found[2:] == [("move", 0, 90, 20), ("move", 1, 10, 20)]


def test_a_a_key_on_the_same_device_lifts_nothing() -> None:
    reader = ListReader(place)
    feed(reader, b("POSITION_X 10"), b("POSITION_Y 20"), "SYN_MT_REPORT", "SYN_REPORT")
    assert not feed(reader, "SYN_REPORT")
    assert feed(reader, "BTN_TOUCH UP", "SYN_REPORT") == [("up", 0, 10, 20)]
