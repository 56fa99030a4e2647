from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vistest.core.errors import FormatError, VistestError
from vistest.core.events import KeyEvent, Mark, PointerEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.recording import DeviceFacts, Recording, RecordingWriter, entries
from vistest.recording.fields import Fields

SCREEN = Screen(Size(161, 121), 1.5)


def grey(frame):
    return int(frame.pixels[5, 5, 0])


def test_everything_written_is_read_back(writer, picture, at):
    written = [
        PointerEvent(1010.5, "down", at(3.5, 4), "touch", 2),
        PointerEvent(1020.0, "up", at(3.5, 4), "mouse", 0, "right"),
        WheelEvent(1030.0, at(80, 60), 0, -3),
        KeyEvent(1040.0, "down", "é", "é"),
        Mark(1050.0, "checkpoint", at(10, 10)),
        Mark(1060.0, "secret_begin", None, "SHOP_PASSWORD"),
    ]
    writer.write_frame(picture(10, 1001.25))
    for entry in written:
        writer.write_entry(entry)
    writer.write_frame(picture(200, 1055.75))
    writer.close(1100.0, "stopped by the user")

    recording = Recording.open(writer.path)
    assert list(recording.entries) == written
    assert list(recording.events) == written[:4]
    assert list(recording.marks) == written[4:]
    assert recording.frame_times == (1001.25, 1055.75)
    assert recording.app == ("app", "--option")
    assert recording.device.screen == SCREEN
    assert recording.end is not None
    assert recording.end.reason == "stopped by the user"
    assert recording.notes == ()
    assert recording.readable_until_ms == math.inf


def test_frame_at_is_the_last_one_not_later(writer, picture):
    values = {1000.0: 20, 1040.0: 90, 1040.2: 160, 1500.0: 230}
    for time_ms, value in values.items():
        writer.write_frame(picture(value, time_ms))
    writer.close(1600.0)
    recording = Recording.open(writer.path)

    for time_ms, value in [(1e6, 230), (1040.1, 90), (1040.0, 90), (1039.9, 20), (1499.9, 160)]:
        assert grey(recording.frame_at(time_ms)) == pytest.approx(value, abs=3)
    assert recording.frame_at(1040.2).time_ms == 1040.2
    assert recording.frame_at(1040.2).density == 1.5


def test_frame_before_the_first_is_an_error(writer, picture):
    writer.write_frame(picture(0, 1000.0))
    writer.close(1001.0)
    with pytest.raises(FormatError, match="no frame at 999"):
        Recording.open(writer.path).frame_at(999.0)


def test_coloured_text_keeps_its_colours(writer, picture):
    frame = picture(255, 1000.0)
    frame.pixels[20:40, 20:21] = (0, 0, 255, 255)
    frame.pixels[20:40, 22:23] = (255, 0, 0, 255)
    writer.write_frame(frame)
    writer.close(1001.0)
    read = next(Recording.open(writer.path).frames())
    difference = np.abs(read.pixels[:, :, :3].astype(int) - frame.pixels[:, :, :3])
    assert difference.max() <= 16  # one-pixel lines; 4:2:0 would smear them by more than 100


def test_a_rotated_screen_begins_a_new_segment(writer, picture, at):
    turned = Screen(Size(121, 161), 1.5)
    writer.write_frame(picture(10, 1000.0))
    writer.write_entry(PointerEvent(1001.0, "down", at(150, 100)))
    writer.write_entry(ScreenChanged(1002.0, turned))
    writer.write_frame(picture(90, 1003.0, turned))
    writer.write_entry(PointerEvent(1004.0, "up", at(100, 150, turned)))
    writer.close(1010.0)

    recording = Recording.open(writer.path)
    assert [frame.size for frame in recording.frames()] == [SCREEN.size, turned.size]
    assert recording.frame_at(1004.0).size == turned.size
    assert recording.frame_at(1002.5).size == SCREEN.size
    assert recording.events[-1].at.screen == turned


def test_a_change_of_screen_that_nobody_announced_is_noted(writer, picture, at):
    turned = Screen(Size(121, 161), 1.5)
    writer.write_frame(picture(10, 1000.0))
    writer.write_entry(PointerEvent(1004.0, "down", at(100, 150, turned)))
    writer.close(1010.0)
    events = Recording.open(writer.path).events
    assert events == (
        ScreenChanged(1004.0, turned),
        PointerEvent(1004.0, "down", at(100, 150, turned)),
    )


def test_an_event_that_comes_late_is_lifted_to_the_last_time(writer, picture, at):
    writer.write_frame(picture(10, 1000.0))
    writer.write_entry(PointerEvent(1010.0, "down", at(1, 1)))
    writer.write_entry(PointerEvent(1009.0, "up", at(1, 1)))
    writer.close(1020.0)
    assert [event.time_ms for event in Recording.open(writer.path).events] == [1010.0, 1010.0]


def test_no_recording_is_overwritten(writer):
    facts = DeviceFacts("fake:", "fake", "linux", "", SCREEN)
    with pytest.raises(VistestError, match="exists already") as caught:
        RecordingWriter(writer.path, facts, 0.0)
    assert caught.value.hint


def test_a_recording_without_frames_or_events_can_be_read(writer):
    writer.close(1001.0)
    recording = Recording.open(writer.path)
    assert recording.entries == ()
    assert list(recording.frames()) == []


def test_same_frame_asked_twice_is_converted_once(writer, picture):
    writer.write_frame(picture(10, 1000.0))
    writer.close(1001.0)
    recording = Recording.open(writer.path)
    assert recording.frame_at(1000.0) is recording.frame_at(1005.0)


positions = st.builds(
    Position, st.builds(Point, st.floats(-100, 300), st.floats(-100, 200)), st.just(SCREEN)
)
times = st.floats(0, 1e12)
any_entry = st.one_of(
    st.builds(
        PointerEvent,
        times,
        st.sampled_from(["down", "move", "up"]),
        positions,
        st.sampled_from(["mouse", "touch"]),
        st.integers(0, 255),
        st.sampled_from(["left", "middle", "right"]),
    ),
    st.builds(WheelEvent, times, positions, st.integers(-99, 99), st.integers(-99, 99)),
    st.builds(KeyEvent, times, st.sampled_from(["down", "up"]), st.text(min_size=1), st.text()),
    st.builds(ScreenChanged, times, st.just(SCREEN)),
    st.builds(
        Mark,
        times,
        st.sampled_from(["checkpoint", "secret_begin", "secret_end"]),
        st.none() | positions,
        st.text(),
    ),
)


@given(any_entry)
@settings(max_examples=200, deadline=None)
def test_an_entry_survives_its_line(entry):
    document = entries.encode(entry)
    assert entries.decode(Fields(document, "here"), SCREEN) == entry


def test_paths_are_given_as_they_are(writer, picture):
    writer.write_frame(picture(1, 1000.0))
    writer.close(1001.0)
    assert Recording.open(writer.path).path == Path(writer.path)
