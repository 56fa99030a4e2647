"""What the contract does not ask of a phone: hostile text, losses, dialogs, other ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.phone.adb import Adb, eventually
from vistest.core.errors import DeviceError
from vistest.core.events import KeyPress, Pinch, PointerEvent, ScreenChanged, Tap, TextInput
from vistest.core.geometry import Point, Position
from vistest.devices import connect
from vistest.devices.android.address import AndroidAddress
from vistest.devices.android.device import AndroidDevice
from vistest.devices.android.discover import known_phones

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.devices.android.conftest import PhoneStage
    from tests.phone import Phone
    from vistest.core.events import RawEvent
    from vistest.devices.base import InputSource

pytestmark = [pytest.mark.x11, pytest.mark.slow]

HOSTILE = "$(reboot) `reboot` ; reboot & reboot | 'a' \"b\" \\ %s 100% * ~ <x> #"


def typed(stage: PhoneStage) -> object:
    texts = [event.value for event in stage.received() if event.kind == "text"]
    return texts[-1] if texts else ""


def watch(source: InputSource, enough: Callable[[list[RawEvent]], bool]) -> list[RawEvent]:
    seen: list[RawEvent] = []
    eventually(lambda: seen.extend(source.poll(0.2)) or enough(seen))
    return seen


def downs(events: list[RawEvent]) -> int:
    return sum(isinstance(event, PointerEvent) and event.action == "down" for event in events)


def test_hostile_text_reaches_the_field_and_never_a_shell(stage: PhoneStage) -> None:
    stage.device.sink.perform(Tap(stage.text_field))
    text = f"{HOSTILE}\nGröße, Привет, 世界 $(reboot)"
    stage.device.sink.perform(TextInput(text))
    assert eventually(lambda: typed(stage) == text), typed(stage)
    ran = {command["arguments"][0] for command in stage.phone.commands("tool")}
    assert "reboot" not in ran


def test_text_is_one_argument_of_one_command(stage: PhoneStage) -> None:
    stage.device.sink.perform(Tap(stage.text_field))
    stage.device.sink.perform(TextInput("a b'c"))
    (words,) = [
        tuple(command["arguments"])
        for command in stage.phone.commands("tool")
        if tuple(command["arguments"][:2]) == ("input", "text")
    ]
    assert words == ("input", "text", "a%sb'c")


def test_a_pinch_zooms(stage: PhoneStage) -> None:
    stage.device.sink.perform(Pinch(stage.field, start_span=100, end_span=300))
    presses = [event for event in stage.received() if event.kind == "press"]
    assert eventually(lambda: len([e for e in stage.received() if e.kind == "release"]) == 2)
    assert len(presses) == 2


def test_through_a_running_adb_server(
    pad_phone: Phone, stage: PhoneStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = pad_phone.adb_environment()
    Adb(pad_phone)
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", environment["ANDROID_ADB_SERVER_PORT"])
    assert [phone.uri for phone in known_phones()] == [f"adb:{pad_phone.address}"]
    with AndroidDevice(AndroidAddress("adb:S", serial=pad_phone.address)) as device:
        source = device.open_input()
        stage.user_performs(Tap(stage.field))
        assert downs(watch(source, lambda seen: downs(seen) >= 1)) == 1
        device.sink.perform(Tap(stage.field))
        assert device.grab().screen == stage.device.info.screen


def test_a_phone_that_was_lost_comes_back_if_asked_to(pad_phone: Phone, stage: PhoneStage) -> None:
    with connect(f"adb:{pad_phone.address}?reconnect=15") as device:
        source = device.open_input()
        stage.user_performs(Tap(stage.field))
        before = watch(source, lambda seen: downs(seen) >= 1)
        pad_phone.disconnect()
        assert device.grab().screen == device.info.screen
        assert eventually(lambda: _asked_again(pad_phone), 10)
        stage.user_performs(Tap(stage.field))
        after = watch(source, lambda seen: downs(seen) >= 1)
        device.sink.perform(Tap(stage.field))
        source.close()
    assert downs(before) == downs(after) == 1


def _asked_again(phone: Phone) -> bool:
    """Whether `getevent` was started a second time for listening."""
    asked = [command["text"] for command in phone.commands("service")]
    return sum("getevent -lt" in text for text in asked) >= 2


def test_a_phone_that_is_turned_while_it_is_observed(stage: PhoneStage) -> None:
    source = stage.device.open_input()
    stage.phone.set(rotation=1)
    (changed,) = [
        event
        for event in watch(source, lambda seen: any(isinstance(e, ScreenChanged) for e in seen))
        if isinstance(event, ScreenChanged)
    ]
    assert (changed.screen.size.width, changed.screen.size.height) == (1280, 720)
    assert stage.device.grab().screen == changed.screen
    at = Position(Point(300, 200), changed.screen)
    stage.phone.user.tap(300, 200)
    touches = watch(source, lambda seen: downs(seen) >= 1)
    stage.phone.set(rotation=0)
    assert next(e.at for e in touches if isinstance(e, PointerEvent)) == at
    source.close()


def test_a_key_of_the_phone(stage: PhoneStage) -> None:
    source = stage.device.open_input()
    stage.phone.user.press("KEY_BACK")
    seen = watch(source, lambda events: len(events) >= 2)
    assert [getattr(event, "key", "") for event in seen] == ["GoBack", "GoBack"]
    source.close()
    stage.device.sink.perform(KeyPress(("AudioVolumeUp",)))
    keys = [e["object"] for e in stage.phone.events() if e["page"] == "system"]
    assert eventually(lambda: "volume-up" in [e["object"] for e in stage.phone.events()]), keys


def test_a_locked_phone_is_unlocked_or_told(stage: PhoneStage) -> None:
    stage.phone.set(screen_on=False)
    with connect(f"adb:{stage.phone.address}") as device:
        assert device.grab().screen == device.info.screen
    assert stage.phone.get()["screen_on"]


def test_dialogs_and_crashes_are_seen(stage: PhoneStage) -> None:
    device = stage.device
    device.begin_logs()
    assert device.system_dialog() is None
    stage.phone.set(dialog="permission")
    asked = device.system_dialog()
    stage.phone.set(dialog="anr")
    hung = device.system_dialog()
    stage.phone.crash()
    assert asked is not None
    assert hung is not None
    assert (asked.kind, hung.kind) == ("permission", "not_responding")
    logs = {log.name: log for log in device.collect_logs()}
    assert "org.vistest.garden crashed" in logs["crashes"].trouble
    assert "did not respond" in logs["crashes"].trouble


def test_the_application_is_started_and_stopped(stage: PhoneStage) -> None:
    application = stage.device.launch(["org.vistest.garden"])
    assert application.running
    application.close()
    assert not application.running


def test_a_key_that_the_owner_does_not_trust(pad_phone: Phone, stage: PhoneStage) -> None:
    pad_phone.faults(garbage=True)
    with pytest.raises(DeviceError):
        connect(f"adb:{pad_phone.address}")
    pad_phone.faults(garbage=False)
