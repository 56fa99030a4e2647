"""Videos of the screen, and the states that a phone can be in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import av
import pytest

from tests.phone.adb import Adb, eventually

if TYPE_CHECKING:
    from tests.phone import Phone

RECORD = "screenrecord --output-format=h264"


@pytest.fixture
def adb(phone: Phone) -> Adb:
    return Adb(phone)


def frames(data: bytes) -> list[av.VideoFrame]:
    with av.open(io.BytesIO(data), format="h264") as video:
        return list(video.decode(video=0))


def test_a_video_has_a_frame_for_each_change(adb: Adb, phone: Phone) -> None:
    recording = adb.start("exec-out", f"{RECORD} --time-limit 3 -")
    assert recording.stdout is not None
    data = recording.stdout.read1()
    phone.user.tap_on("#go-settings")
    data += recording.stdout.read()
    assert recording.wait() == 0
    recording.stdout.close()
    shown = frames(data)
    assert len(shown) >= 2
    assert {(frame.width, frame.height) for frame in shown} == {(720, 1600)}
    first, last = (frame.to_ndarray(format="gray") for frame in (shown[0], shown[-1]))
    assert abs(first.astype(int) - last).mean() > 1


def test_a_video_of_a_turned_phone_keeps_its_size(adb: Adb, phone: Phone) -> None:
    recording = adb.start("exec-out", f"{RECORD} --time-limit 3 -")
    assert recording.stdout is not None
    data = recording.stdout.read1()
    phone.set(rotation=1)
    shown = frames(data + recording.stdout.read())
    recording.wait()
    recording.stdout.close()
    assert {(frame.width, frame.height) for frame in shown} == {(720, 1600)}
    assert shown[-1].to_ndarray(format="gray")[:400].max() < 30


def test_a_video_may_end_early(adb: Adb, phone: Phone) -> None:
    phone.faults(screenrecord_dies_after_s=0.5)
    done = adb("exec-out", f"{RECORD} -")
    assert done.returncode == 0
    assert frames(done.stdout)


def test_a_dark_phone_takes_no_touch_and_wakes_up(adb: Adb, phone: Phone) -> None:
    phone.user.press("KEY_POWER")
    assert b"mWakefulness=Asleep" in adb("shell", "dumpsys power").stdout
    phone.user.tap(360, 800)
    adb("shell", "input keyevent KEYCODE_WAKEUP")
    assert b"mWakefulness=Awake" in adb("shell", "dumpsys power").stdout
    assert not [event for event in phone.events() if event["page"] != "system"]


def test_a_lock_is_swiped_away(adb: Adb, phone: Phone) -> None:
    phone.set(locked=True)
    assert b"mShowingLockscreen=true" in adb("shell", "dumpsys window").stdout
    phone.user.swipe([(0, 360, 1300), (250, 360, 500)])
    assert eventually(lambda: not phone.get()["locked"])
    phone.set(locked=True)
    adb("shell", "wm dismiss-keyguard")
    assert not phone.get()["locked"]


def test_a_turned_phone_says_so(adb: Adb, phone: Phone) -> None:
    adb("shell", "settings put system user_rotation 1")
    assert b"SurfaceOrientation: 1" in adb("shell", "dumpsys input").stdout
    assert b"cur=1600x720" in adb("shell", "dumpsys window").stdout
    assert adb("shell", "wm size").stdout == b"Physical size: 720x1600\n"


def test_dialogs_of_the_system_are_in_front(adb: Adb, phone: Phone) -> None:
    phone.set(dialog="permission")
    assert b"GrantPermissionsActivity" in adb("shell", "dumpsys window").stdout
    phone.user.tap_on("#dialog button")
    assert eventually(lambda: not phone.get()["dialog"])
    phone.set(dialog="anr")
    assert b"Application Not Responding" in adb("shell", "dumpsys window").stdout
    assert b"E ActivityManager: ANR in org.vistest.garden" in adb("shell", "logcat -d").stdout
    phone.user.tap_on("#dialog button")
    assert eventually(lambda: not phone.get()["running"])


def test_an_application_is_started_stopped_and_crashes(adb: Adb, phone: Phone) -> None:
    assert adb("shell", "pidof org.vistest.garden").stdout == b"4242\n"
    adb("shell", "am force-stop org.vistest.garden")
    assert adb("shell", "pidof org.vistest.garden").returncode == 1
    phone.faults(crash_on_start=True)
    adb("shell", "am start -n org.vistest.garden/.MainActivity")
    assert b"E AndroidRuntime: FATAL EXCEPTION: main" in adb("shell", "logcat -d").stdout
    assert b"does not exist" in adb("shell", "am start -n com.example.none/.Main").stdout


def test_cleared_data_are_forgotten(adb: Adb, phone: Phone) -> None:
    phone.user.tap_on("#go-settings")
    phone.user.tap_on("#frost-warnings")
    assert eventually(lambda: phone.where("#frost-warnings.on"))
    adb("shell", "am start -S -W -n org.vistest.garden/.MainActivity --es page settings")
    assert phone.where("#frost-warnings.on")
    assert adb("shell", "pm clear org.vistest.garden").stdout == b"Success\n"
    adb("shell", "am start -W -n org.vistest.garden/.MainActivity --es page settings")
    assert phone.where("#frost-warnings")
    assert not phone.where("#frost-warnings.on")


def test_an_input_method_takes_any_script(adb: Adb, phone: Phone) -> None:
    phone.user.tap_on("#search")
    assert eventually(lambda: phone.get()["keyboard_shown"])
    encoded = "R3LDtsOfZSDkvaDlpb0="
    adb("shell", f"am broadcast -a ADB_INPUT_B64 --es msg {encoded}")
    assert not [event for event in phone.events() if event["action"] == "type"]
    adb("shell", "ime set com.android.adbkeyboard/.AdbIME")
    assert not phone.get()["keyboard_shown"]
    adb("shell", f"am broadcast -a ADB_INPUT_B64 --es msg {encoded}")
    assert eventually(lambda: phone.events()[-1]["value"] == "Größe 你好")


@pytest.mark.parametrize("which", ["new_phone", "old_tablet"])
def test_a_soft_keyboard_types(which: str, request: pytest.FixtureRequest) -> None:
    phone: Phone = request.getfixturevalue(which)
    phone.reset()
    phone.user.tap_on("#add")
    phone.user.tap_on("#name")
    phone.user.type("Mint 2, old?")
    phone.user.tap_key("erase")
    phone.user.tap_key("enter")
    assert eventually(lambda: phone.events()[-1]["value"] == "Mint 2, old"), phone.events()[-1]
    assert eventually(lambda: not phone.get()["keyboard_shown"])
