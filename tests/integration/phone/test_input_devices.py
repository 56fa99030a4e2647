"""What the panel and the buttons report, and what of it the application receives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.phone.adb import Adb, eventually

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.phone import Phone

LINE = re.compile(r"\[ *(\d+\.\d{6})\] (\S+): (\S+) +(\S+) +(\S+) *\n")
TOUCH = "/dev/input/event2"


class Watched:
    """`getevent -lt` of a phone."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.text = ""

    def until(self, wanted: str, count: int = 1) -> list[tuple[str, str, str, str]]:
        assert self._process.stdout is not None
        while self.text.count(wanted) < count or not self.text.endswith("\n"):
            self.text += self._process.stdout.read1(65536).decode()
        return [match.groups()[1:] for match in LINE.finditer(self.text)]


def watching(adb: Adb, phone: Phone) -> Iterator[Watched]:
    process = adb.start("shell", "getevent -lt")
    watched = Watched(process)
    watched.until('name:     "gpio-keys"')
    yield watched
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture
def adb(phone: Phone) -> Adb:
    return Adb(phone)


@pytest.fixture
def watched(adb: Adb, phone: Phone) -> Iterator[Watched]:
    yield from watching(adb, phone)


@pytest.fixture
def tablet_adb(tablet: Phone) -> Adb:
    return Adb(tablet)


@pytest.fixture
def watched_tablet(tablet_adb: Adb, tablet: Phone) -> Iterator[Watched]:
    yield from watching(tablet_adb, tablet)


def test_the_users_tap_is_seen_in_units_of_the_panel(watched: Watched, phone: Phone) -> None:
    phone.user.tap(100, 300)
    x, y = int(100.5 / 720 * 4096), int(300.5 / 1600 * 8192)
    landed, *others = watched.until("UP")
    assert landed[:3] == (TOUCH, "EV_ABS", "ABS_MT_TRACKING_ID")
    assert others == [
        (TOUCH, "EV_KEY", "BTN_TOUCH", "DOWN"),
        (TOUCH, "EV_ABS", "ABS_MT_POSITION_X", f"{x:08x}"),
        (TOUCH, "EV_ABS", "ABS_MT_POSITION_Y", f"{y:08x}"),
        (TOUCH, "EV_ABS", "ABS_MT_TOUCH_MAJOR", "00000006"),
        (TOUCH, "EV_ABS", "ABS_MT_PRESSURE", "00000039"),
        (TOUCH, "EV_SYN", "SYN_REPORT", "00000000"),
        (TOUCH, "EV_ABS", "ABS_MT_TRACKING_ID", "ffffffff"),
        (TOUCH, "EV_KEY", "BTN_TOUCH", "UP"),
        (TOUCH, "EV_SYN", "SYN_REPORT", "00000000"),
    ]


def test_an_injected_tap_is_not_seen(watched: Watched, adb: Adb, phone: Phone) -> None:
    box = phone.find("#plant-sage")
    adb("shell", "input", "tap", str(box.left + 99), str(box.top + 30))
    assert eventually(lambda: [event["object"] for event in phone.events()][:1] == ["Sage"])
    phone.user.press("KEY_VOLUMEDOWN")
    assert {line[0] for line in watched.until("KEY_VOLUMEDOWN", 2)} == {"/dev/input/event0"}


def test_the_panel_tells_its_range(adb: Adb) -> None:
    text = adb("shell", f"getevent -lp {TOUCH}").stdout.decode()
    assert "ABS_MT_POSITION_X     : value 0, min 0, max 4095," in text
    assert "ABS_MT_POSITION_Y     : value 0, min 0, max 8191," in text
    assert "0035  : value 0, min 0, max 4095," in adb("shell", "getevent -p").stdout.decode()


def test_a_turned_phone_has_the_panel_where_it_was(watched: Watched, phone: Phone) -> None:
    phone.set(rotation=1)
    phone.user.tap(300, 100)
    seen = dict(line[2:] for line in watched.until("ABS_MT_POSITION_Y"))
    assert int(seen["ABS_MT_POSITION_X"], 16) == int((720 - 100.5) / 720 * 4096)
    assert int(seen["ABS_MT_POSITION_Y"], 16) == int(300.5 / 1600 * 8192)


def test_two_fingers_have_two_slots(watched: Watched, phone: Phone) -> None:
    phone.user.tap_on("#go-map")
    middle = phone.find("#map")
    phone.user.pinch(middle.center.x, middle.center.y, 80, 320, duration_ms=200)
    assert eventually(lambda: phone.events()[-1]["action"] == "pinch")
    assert phone.events()[-1]["value"] > 2
    slots = [line[3] for line in watched.until("UP", 2) if line[2] == "ABS_MT_SLOT"]
    assert slots[:3] == ["00000001", "00000000", "00000001"]


def test_protocol_a_names_every_finger_each_time(watched_tablet: Watched, tablet: Phone) -> None:
    tablet.user.tap(400, 40)
    kinds = [line[2] for line in watched_tablet.until("SYN_REPORT", 2)]
    assert kinds == [
        "ABS_MT_TRACKING_ID", "ABS_MT_TOUCH_MAJOR", "ABS_MT_POSITION_X", "ABS_MT_POSITION_Y",
        "SYN_MT_REPORT", "SYN_REPORT", "SYN_MT_REPORT", "SYN_REPORT",
    ]  # fmt: skip


def test_a_swipe_lasts_and_scrolls(watched: Watched, phone: Phone) -> None:
    phone.user.tap_on("#go-journal")
    assert eventually(lambda: phone.where("#entries"))
    phone.user.swipe([(0, 360, 1200), (240, 360, 500), (400, 360, 500)])
    watched.until("UP", 2)
    begin = watched.text.rindex("DOWN")
    times = [
        float(match[1])
        for match in LINE.finditer(watched.text, watched.text.rindex("\n", 0, begin))
    ]
    assert times[-1] - times[0] == pytest.approx(0.4, abs=0.02)
    assert eventually(lambda: phone.events()[-1]["action"] == "scroll")


def test_nothing_of_a_burst_is_lost_by_the_panel(watched: Watched, phone: Phone) -> None:
    phone.user.burst(360, 20, count=500)
    assert len([line for line in watched.until("UP", 500) if line[3] == "DOWN"]) == 500


def test_nothing_of_a_burst_is_lost_by_the_application(adb: Adb, phone: Phone) -> None:
    adb("shell", "am start -S -W -n org.vistest.garden/.MainActivity --es page pad")
    pad = phone.find("#pad")
    phone.user.burst(pad.center.x, pad.center.y, count=40)

    def presses() -> int:
        return sum(event["action"] == "press" for event in phone.events())

    assert eventually(lambda: presses() == 40, limit_s=20), presses()


def test_buttons_and_a_keyboard_are_devices_of_their_own(watched: Watched, phone: Phone) -> None:
    phone.user.tap_on("#search")
    phone.user.type_on_keyboard("aB")
    phone.user.press("KEY_BACK")
    lines = [line for line in watched.until("KEY_BACK", 2) if line[1] == "EV_KEY"][2:]
    assert [line[2:] for line in lines] == [
        ("KEY_A", "DOWN"), ("KEY_A", "UP"), ("KEY_LEFTSHIFT", "DOWN"), ("KEY_B", "DOWN"),
        ("KEY_B", "UP"), ("KEY_LEFTSHIFT", "UP"), ("KEY_BACK", "DOWN"), ("KEY_BACK", "UP"),
    ]  # fmt: skip
    assert eventually(lambda: "aB" in [event["value"] for event in phone.events()])


def test_writing_to_the_panel_needs_permission(adb: Adb) -> None:
    assert b"Permission denied" in adb("shell", f"sendevent {TOUCH} 3 57 1").stderr


def test_what_is_written_to_the_panel_is_a_touch(tablet_adb: Adb, tablet: Phone) -> None:
    box = tablet.find("#plant-sage")
    x, y = (int(box.left + 99) * 32768 // 800, int(box.top + 30) * 32768 // 1280)
    down = [(3, 57, 5), (3, 53, x), (3, 54, y), (0, 0, 0)]
    events = [*down, (3, 57, 0xFFFFFFFF), (0, 0, 0)]
    script = "; ".join(f"sendevent {TOUCH} {kind} {code} {value}" for kind, code, value in events)
    tablet_adb("shell", script)
    assert eventually(lambda: [event["object"] for event in tablet.events()][:1] == ["Sage"])
