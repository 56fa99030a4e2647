"""The recorder on a fake device whose clock is real: two threads and a user."""

from __future__ import annotations

import errno
import threading

import cv2
import numpy as np
import pytest

from vistest.core.clock import MonotonicClock
from vistest.core.errors import DeviceLost, VistestError
from vistest.core.events import KeyEvent, Mark, PointerEvent
from vistest.core.geometry import Point, Position, Size
from vistest.recorder import Recorder, RecorderOptions
from vistest.recording import DeviceFacts, Recording, RecordingWriter
from vistest.recording.files import AppendFile
from vistest.testing import FakeDevice

SIZE = Size(400, 200)
SECRET = "hunter2"  # noqa: S105 - made up


def form(text=""):
    pixels = np.full((SIZE.height, SIZE.width, 4), 255, np.uint8)
    cv2.putText(pixels, "Password", (20, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0, 255), 1)
    cv2.rectangle(pixels, (20, 50), (379, 90), (90, 90, 90, 255), 1)
    cv2.putText(pixels, text, (40, 78), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0, 255), 2)
    return pixels


class Session:
    """A fake device, its user and a recorder."""

    def __init__(self, path, open_file=AppendFile, **options):
        self.clock = MonotonicClock()
        self.device = FakeDevice(lambda *_: form(), clock=self.clock)
        info = self.device.info
        facts = DeviceFacts(info.uri, info.backend, info.platform, info.name, info.screen)
        self.path = path / "session.vrec"
        writer = RecordingWriter(self.path, facts, self.device.now_ms(), [], open_file)
        self.recorder = Recorder(self.device, writer, RecorderOptions(**options))

    def show(self, text):
        pixels = form(text)
        self.device.show(lambda *_: pixels)

    def position(self, x, y):
        return Position(Point(x, y), self.device.info.screen)

    def press(self, x, y):
        now, at = self.device.now_ms(), self.position(x, y)
        self.device.user_does(PointerEvent(now, "down", at), PointerEvent(now + 1, "up", at))

    def key(self, action, key, text=""):
        self.device.user_does(KeyEvent(self.device.now_ms(), action, key, text))

    def chord(self, *keys):
        for key in keys:
            self.key("down", key)
        for key in reversed(keys):
            self.key("up", key)

    def pause(self, seconds):
        self.clock.pause(seconds)

    def stop(self):
        self.summary = self.recorder.stop()
        return Recording.open(self.path)


@pytest.fixture
def session(tmp_path):
    return Session(tmp_path)


def everything_in(path):
    return b"".join(file.read_bytes() for file in path.iterdir())


def test_a_session_is_recorded(session):
    session.recorder.start()
    session.pause(0.05)
    session.press(100, 70)
    session.show("a")
    session.pause(0.1)
    session.chord("a")
    session.pause(0.1)
    recording = session.stop()

    assert session.summary.error is None
    assert session.summary.counts.events == len(recording.events) == 4
    assert session.summary.counts.frames == 2
    assert session.summary.counts.bytes == sum(f.stat().st_size for f in session.path.iterdir())
    press = recording.events[0]
    before = recording.frame_at(press.time_ms)
    assert np.abs(before.pixels.astype(int) - form())[:, :, :3].max() < 30
    assert recording.frame_times[0] < press.time_ms


def test_a_burst_is_recorded_whole(session):
    session.recorder.start()
    for number in range(500):
        session.press(number % 400, number % 200)
    recording = session.stop()
    assert len(recording.events) == 1000
    assert [e.at.point.x for e in recording.events[::2]] == [n % 400 for n in range(500)]


def test_what_happened_just_before_the_stop_is_recorded(session):
    session.recorder.start()
    session.pause(0.05)
    session.show("late")
    session.pause(0.06)
    session.press(1, 1)
    recording = session.stop()
    assert len(recording.events) == 2
    assert len(recording.frame_times) >= 2


def test_a_still_screen_is_repeated_once(session):
    session.recorder.start()
    session.pause(1.2)
    recording = session.stop()
    assert len(recording.frame_times) == 2
    assert session.summary.counts.frames == 1


def test_a_secret_is_nowhere(session, caplog):
    caplog.set_level("DEBUG")
    session.recorder.start()
    session.press(100, 70)
    session.pause(0.1)
    session.chord("Control", "F10")
    for end in range(1, len(SECRET) + 1):
        session.chord(SECRET[end - 1])
        session.show(SECRET[:end])
        session.pause(0.05)
    session.pause(0.1)
    assert session.recorder.counts.secret == "SECRET_1"  # noqa: S105
    session.chord("Control", "F10")
    session.pause(0.3)
    recording = session.stop()

    assert [mark.kind for mark in recording.marks] == ["secret_begin", "secret_end"]
    assert not any(isinstance(event, KeyEvent) for event in recording.events)
    for frame in recording.frames():
        inside = frame.pixels[55:86, 30:370, :3].astype(int)
        assert np.ptp(inside) < 60, "the field is blank or mosaic in every frame"
    assert SECRET not in caplog.text
    assert b'"key":' not in everything_in(session.path)


def test_a_frame_is_not_stored_before_the_input_of_its_time_is_known(session, monkeypatch):
    """The hot key reaches the recorder after the first character is on the screen."""
    source_type = type(session.device.open_input())
    poll, held = source_type.poll, []

    def late_poll(source, timeout_s):
        held.append((session.device.now_ms(), poll(source, timeout_s)))
        now = session.device.now_ms()
        due = [events for time_ms, events in held if now - time_ms >= 60.0]
        held[:] = [item for item in held if now - item[0] < 60.0]
        return [event for events in due for event in events]

    monkeypatch.setattr(source_type, "poll", late_poll)
    session.recorder.start()
    session.press(100, 70)
    session.pause(0.2)
    session.chord("Control", "F10")
    session.show(SECRET)
    session.pause(0.6)
    recording = session.stop()
    for frame in recording.frames():
        assert np.ptp(frame.pixels[55:86, 30:370, :3].astype(int)) < 60


def test_a_secret_that_never_ended_is_told(session):
    session.recorder.start()
    session.chord("Control", "F10")
    session.pause(0.2)
    recording = session.stop()
    assert session.summary.counts.secret == "SECRET_1"  # noqa: S105
    assert [mark.kind for mark in recording.marks] == ["secret_begin", "secret_end"]


def test_a_checkpoint_is_counted(session):
    session.recorder.start()
    session.press(10, 20)
    session.chord("Control", "F9")
    recording = session.stop()
    assert session.summary.counts.checkpoints == 1
    assert recording.marks[0].at == session.position(10, 20)


@pytest.mark.parametrize("operation", ["poll", "next_frame"])
def test_a_device_that_vanishes_keeps_everything(session, operation):
    session.recorder.start()
    session.press(10, 20)
    session.show("last words")
    session.pause(0.25)
    session.device.fail(operation)
    assert session.recorder.wait(5.0)
    recording = session.stop()
    assert isinstance(session.summary.error, DeviceLost)
    assert len(recording.events) == 2
    assert len(recording.frame_times) >= 2
    assert "went away" in recording.end.reason


def test_a_device_that_vanishes_at_the_start(session):
    session.device.fail("next_frame")
    with pytest.raises(DeviceLost):
        session.recorder.start()
    assert Recording.open(session.path).events == ()


def test_the_first_picture_is_on_the_disk_at_once(session):
    session.recorder.start()
    assert len(list(Recording.open(session.path).frames())) >= 1
    session.stop()


@pytest.mark.parametrize("name", ["events.jsonl", "frames.jsonl", "video.mkv"])
def test_a_full_disk_stops_the_recording(tmp_path, name):
    full = threading.Event()

    class File(AppendFile):
        def _write_some(self, data):
            if full.is_set() and self.name == name:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super()._write_some(data)

        def __init__(self, path):
            super().__init__(path)
            self.name = path.name

    session = Session(tmp_path, File)
    session.recorder.start()
    session.press(10, 20)
    session.show("a")
    while session.recorder.counts.frames < 2 or session.recorder.counts.events < 2:
        assert not session.recorder.wait(0.05)
    full.set()
    session.show("b")
    session.press(10, 20)
    assert session.recorder.wait(5.0)
    recording = session.stop()
    assert isinstance(session.summary.error, VistestError)
    assert "disk is full" in str(session.summary.error)
    assert len(recording.events) >= 2
    assert len(list(recording.frames())) >= 1


def test_an_input_that_does_not_answer_ends_the_recording(session, monkeypatch):
    release = threading.Event()
    source_type = type(session.device.open_input())
    monkeypatch.setattr(source_type, "poll", lambda *_: release.wait(5) and [])
    shown = iter(range(10**9))
    session.device.show(lambda *_: form(str(next(shown))))
    session.recorder.start()
    assert session.recorder.wait(10.0)
    release.set()
    session.stop()
    assert "does not answer" in str(session.summary.error)


def test_marks_are_no_events(session):
    session.recorder.start()
    session.chord("Control", "F9")
    recording = session.stop()
    assert recording.events == ()
    assert isinstance(recording.entries[0], Mark)
