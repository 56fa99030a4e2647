from __future__ import annotations

import errno

import pytest

from vistest.core.errors import VistestError
from vistest.core.events import KeyEvent
from vistest.recording import DeviceFacts, Recording, RecordingWriter
from vistest.recording.files import AppendFile


class SmallDisk:
    """Files that share `room` bytes."""

    def __init__(self, room):
        self.room = room

    def open(self, path):
        return _SmallFile(path, self)


class _SmallFile(AppendFile):
    def __init__(self, path, disk):
        super().__init__(path)
        self._disk = disk

    def _write_some(self, data):
        if self._disk.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = super()._write_some(data[: self._disk.room])
        self._disk.room -= written
        return written


def record(tmp_path, picture, room):
    """Record until the disk is full."""
    device = DeviceFacts("fake:", "fake", "linux", "", picture(0, 0.0).screen)
    writer = RecordingWriter(tmp_path / "full.vrec", device, 0.0, [], SmallDisk(room).open)
    try:
        for number in range(1000):
            writer.write_frame(picture(number % 250, number * 40.0))
            writer.write_entry(KeyEvent(number * 40.0 + 1, "down", "a", "a"))
    finally:
        writer.close(40_000.0)


@pytest.mark.parametrize("room", [4_000, 6_001, 8_003, 12_007, 20_011])
def test_what_was_recorded_until_the_disk_was_full_is_kept(tmp_path, picture, room):
    with pytest.raises(VistestError, match="disk is full") as caught:
        record(tmp_path, picture, room)
    assert "kept in" in str(caught.value)
    assert caught.value.hint

    recording = Recording.open(tmp_path / "full.vrec")
    frames = list(recording.frames())
    assert len(recording.events) >= 5
    assert len(frames) >= len(recording.events) - 2
    assert recording.end is None


def test_a_disk_without_any_room(tmp_path, picture):
    with pytest.raises(VistestError, match="disk is full"):
        record(tmp_path, picture, 10)
