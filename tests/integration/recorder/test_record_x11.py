"""The real recorder, a real X server, real applications, a user by XTEST."""

from __future__ import annotations

import signal
import subprocess

import pytest

from tests.apps.log import read_log
from vistest.core.events import (
    KeyEvent,
    KeyPress,
    PointerEvent,
    Swipe,
    Tap,
    TextInput,
    Waypoint,
    WheelEvent,
)
from vistest.core.events import Scroll as ScrollGesture
from vistest.core.geometry import Point, Position
from vistest.recording import Recording
from vistest.vision.ocr.rapidocr_engine import RapidOcrEngine

pytestmark = pytest.mark.x11

PASSWORD = "Xylophone88"  # noqa: S105 - made up


def on(device, x, y):
    return Position(Point(x, y), device.info.screen)


def brightness(frame):
    return float(frame.pixels[:, :, :3].mean())


@pytest.fixture
def stage(start_app, wait_until):
    log = start_app("stage")
    wait_until(lambda: read_log(log))
    return log


def test_clicks_text_drag_and_wheel_are_recorded_whole(screen, stage, start_recording, clock):
    text = "Hello World, vistest 123! (a+b)*c"
    recorder = start_recording()
    with screen.connect() as device:
        for number in range(100):
            device.sink.perform(Tap(on(device, 100 + number, 50 + number)))
        device.sink.perform(TextInput(text))
        path = tuple(Waypoint(10.0 * n, on(device, 100 + 5 * n, 300 + n)) for n in range(40))
        device.sink.perform(Swipe(path))
        device.sink.perform(ScrollGesture(on(device, 300, 300), 0, 3))
        clock.pause(0.3)
    result = recorder.stop()
    recording = Recording.open(recorder.path)

    downs = [e for e in recording.events if isinstance(e, PointerEvent) and e.action == "down"]
    assert [(e.at.point.x, e.at.point.y) for e in downs[:100]] == [
        (100 + n, 50 + n) for n in range(100)
    ]
    assert len(downs) == 101
    typed = [e.text for e in recording.events if isinstance(e, KeyEvent) and e.action == "down"]
    assert "".join(typed) == text
    moves = {
        (e.at.point.x, e.at.point.y)
        for e in recording.events
        if isinstance(e, PointerEvent) and e.time_ms >= downs[100].time_ms
    }
    assert {(100 + 5 * n, 300 + n) for n in range(40)} <= moves
    assert sum(e.dy for e in recording.events if isinstance(e, WheelEvent)) == 3
    assert result["events"] == len(recording.events)
    assert recorder.code == 0
    assert recording.end is not None


def test_a_press_belongs_to_the_screen_before_it(screen, stage, start_recording, clock, wait_until):
    """T4: the stage turns white and black; the frame at a press is the one before it turned."""
    recorder = start_recording()
    with screen.connect() as device:
        for number in range(1, 11):
            device.sink.perform(Tap(on(device, 400, 300)))
            wait_until(lambda turned=number: read_log(stage)[-1].get("shown") == turned)
            clock.pause(0.3)
    recorder.stop()
    recording = Recording.open(recorder.path)
    downs = [e for e in recording.events if isinstance(e, PointerEvent) and e.action == "down"]
    assert len(downs) == 10
    seen = [brightness(recording.frame_at(press.time_ms)) > 128 for press in downs]
    assert seen == [False, True] * 5
    *_, last = recording.frames()
    assert brightness(last) < 128
    assert recording.frame_times[0] <= recording.events[0].time_ms


def test_a_killed_recorder_leaves_all_but_the_last_second(screen, stage, start_recording, clock):
    recorder = start_recording()
    presses = []
    with screen.connect() as device:
        for number in range(20):
            device.sink.perform(Tap(on(device, 300 + number, 300)))
            presses.append(device.now_ms())
            clock.pause(0.15)
        killed_ms = device.now_ms()
        recorder.process.send_signal(signal.SIGKILL)
        recorder.process.wait()
    recording = Recording.open(recorder.path)

    assert recording.end is None
    assert any("by force" in note for note in recording.notes)
    downs = [e for e in recording.events if isinstance(e, PointerEvent) and e.action == "down"]
    before = [number for number, at_ms in enumerate(presses) if at_ms < killed_ms - 1000]
    assert len(before) >= 10
    assert [e.at.point.x for e in downs[: len(before)]] == [300 + number for number in before]
    frames = list(recording.frames())
    assert recording.readable_until_ms > killed_ms - 1000
    assert frames[-1].time_ms > killed_ms - 1000
    for number in before:
        frame = recording.frame_at(downs[number].time_ms)
        assert (brightness(frame) > 128) == (number % 2 == 1)


def test_a_change_just_before_a_quiet_time_survives_a_kill(screen, stage, start_recording, clock):
    """The last picture must not wait in a buffer for a next one that never comes."""
    recorder = start_recording()
    with screen.connect() as device:
        device.sink.perform(Tap(on(device, 300, 300)))
        clock.pause(1.2)
        recorder.process.send_signal(signal.SIGKILL)
        recorder.process.wait()
    *_, last = Recording.open(recorder.path).frames()
    assert brightness(last) > 250


def test_a_polite_request_to_end_completes_the_recording(start_recording):
    recorder = start_recording()
    recorder.stop(signal.SIGTERM)
    assert recorder.code == 0
    assert Recording.open(recorder.path).end is not None


def test_a_display_that_vanishes_keeps_everything(screen, stage, start_recording, clock):
    recorder = start_recording()
    with screen.connect() as device:
        for number in range(5):
            device.sink.perform(Tap(on(device, 300 + number, 300)))
            clock.pause(0.1)
    clock.pause(0.3)
    screen.close()
    result = recorder.result()
    assert recorder.code == 1
    assert result["error"]
    assert "Traceback" not in recorder.errors
    recording = Recording.open(recorder.path)
    downs = [e for e in recording.events if isinstance(e, PointerEvent) and e.action == "down"]
    assert len(downs) == 5
    assert len(list(recording.frames())) >= 5


def test_a_checkpoint_is_where_the_pointer_is(screen, stage, start_recording, clock):
    recorder = start_recording()
    with screen.connect() as device:
        device.sink.perform(Tap(on(device, 321, 234)))
        device.sink.perform(KeyPress(("Control", "F9")))
        device.sink.perform(KeyPress(("Control", "a")))
        clock.pause(0.3)
    result = recorder.stop()
    recording = Recording.open(recorder.path)
    assert result["checkpoints"] == 1
    assert [(m.kind, m.at.point) for m in recording.marks] == [("checkpoint", Point(321, 234))]
    keys = [(e.action, e.key) for e in recording.events if isinstance(e, KeyEvent)]
    assert sorted(key for _, key in keys) == ["Control", "Control", "a", "a"]


@pytest.mark.slow
def test_a_secret_is_neither_in_the_files_nor_in_the_pictures(
    screen, start_app, start_recording, clock, wait_until
):
    """The hardest case: the password is shown as it is typed, and repeated elsewhere."""
    log = start_app("signin")
    ocr = RapidOcrEngine()

    def places():
        found = ocr.read(device.grab())
        return {line.text.lstrip("□ "): line.box.center for line in found}  # an empty checkbox

    with screen.connect() as device:
        wait_until(lambda: "Password" in places(), 60)
        seen = places()
        recorder = start_recording("--secret-name", "SHOP_PASSWORD")
        field_x = seen["Password"].x + 250

        def press(x, y):
            device.sink.perform(Tap(on(device, x, y)))
            clock.pause(0.3)

        press(field_x, seen["Name"].y)
        device.sink.perform(TextInput("Zoe"))
        press(seen["Show it"].x, seen["Show it"].y)
        press(field_x, seen["Password"].y)
        device.sink.perform(KeyPress(("Control", "F10")))
        clock.pause(0.1)
        device.sink.perform(TextInput(PASSWORD))
        clock.pause(0.3)
        device.sink.perform(KeyPress(("Control", "F10")))
        clock.pause(0.5)
        live = "\n".join(line.text for line in ocr.read(device.grab()))
        press(seen["Enter the shop"].x, seen["Enter the shop"].y)
        clock.pause(1.2)
        recorder.stop()

    assert read_log(log) == [{"name": "Zoe", "password": PASSWORD}], "the application received it"
    assert live.count(PASSWORD) == 2, "it was on the screen, in two places"
    recording = Recording.open(recorder.path)
    assert [(m.kind, m.name) for m in recording.marks] == [
        ("secret_begin", "SHOP_PASSWORD"),
        ("secret_end", "SHOP_PASSWORD"),
    ]
    typed = [e.text for e in recording.events if isinstance(e, KeyEvent) and e.action == "down"]
    assert "".join(typed) == "Zoe"
    for path in recorder.path.iterdir():
        assert PASSWORD.encode() not in path.read_bytes()
    assert PASSWORD not in recorder.errors + recorder.output

    end_ms = recording.marks[1].time_ms
    for time_ms in (end_ms, end_ms + 400, recording.frame_times[-1]):
        text = "\n".join(line.text for line in ocr.read(recording.frame_at(time_ms)))
        assert not any(part in text for part in ("Xyl", "ylo", "hone", "88", "typed"))
        assert "Password" in text, "the rest of the screen can be read"
        assert "zoe" in text.casefold(), "a capital Z is read as a small one in some fonts"
        assert "Enter the shop" in text, "also the button that the secret enabled"
    assert "Welcome" in text


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_with_a_clear_message(
    screen, start_app, start_recording, small_disk, wait_until
):
    log = start_app("stage", "--fps", "25", "--busy")
    wait_until(lambda: read_log(log))
    path = small_disk / "session.vrec"
    recorder = start_recording(path=path)
    result = recorder.result()
    assert recorder.code == 1
    assert "disk is full" in result["error"]
    assert "try:" in recorder.errors
    assert "Traceback" not in recorder.errors
    assert len(list(Recording.open(path).frames())) >= 1
