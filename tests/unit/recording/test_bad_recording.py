"""What is wrong with a recording is said in one sentence; what can be kept is kept."""

from __future__ import annotations

import json
import os

import pytest

from vistest.core.errors import FormatError, UnsupportedVersion
from vistest.core.events import PointerEvent
from vistest.recording import Recording


@pytest.fixture
def folder(writer, picture, at):
    """A good recording: 30 pictures of noise-free bars, 30 presses."""
    for number in range(30):
        writer.write_frame(picture(number * 8, 1000.0 + 40 * number))
        writer.write_entry(PointerEvent(1001.0 + 40 * number, "down", at(number, number)))
    writer.close(2300.0)
    Recording.open(writer.path)
    return writer.path


def edit_line(path, number, **changes):
    lines = path.read_text().splitlines()
    lines[number] = json.dumps(json.loads(lines[number]) | changes)
    path.write_text("\n".join(lines) + "\n")


def refused(folder, words):
    with pytest.raises(FormatError, match=words) as caught:
        Recording.open(folder)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_no_such_folder(tmp_path):
    refused(tmp_path / "nothing.vrec", "no recording")


@pytest.mark.parametrize("name", ["manifest.json", "events.jsonl", "frames.jsonl", "video.mkv"])
def test_a_missing_file(folder, name):
    (folder / name).unlink()
    refused(folder, f"has no {name}")


@pytest.mark.parametrize("name", ["manifest.json", "events.jsonl", "frames.jsonl", "video.mkv"])
def test_a_link_out_of_the_folder(folder, tmp_path, name):
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    refused(folder, "points outside")


def test_a_pipe_instead_of_a_file(folder):
    (folder / "events.jsonl").unlink()
    os.mkfifo(folder / "events.jsonl")
    refused(folder, "not a file")


def test_a_newer_version(folder):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 2}))
    with pytest.raises(UnsupportedVersion, match="version 2") as caught:
        Recording.open(folder)
    assert "update" in caught.value.hint


@pytest.mark.parametrize("version", [0, -1, "1", None, True, 1.5])
def test_an_unknown_version(folder, version):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": version}))
    refused(folder, "version")


@pytest.mark.parametrize(
    "content", ["", "[1]", "{", "[" * 100_000, '{"format": "x"}', "\xff", '{"a": NaN}']
)
def test_a_manifest_that_is_none(folder, content):
    (folder / "manifest.json").write_bytes(content.encode("latin-1"))
    refused(folder, r"manifest\.json")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("size", [0, 10]),
        ("size", [1e9, 10]),
        ("size", "10x10"),
        ("density", 0),
        ("density", 1e3),
        ("uri", None),
    ],
)
def test_absurd_device_facts(folder, member, value):
    path = folder / "manifest.json"
    document = json.loads(path.read_text())
    document["device"][member] = value
    path.write_text(json.dumps(document))
    refused(folder, member)


@pytest.mark.parametrize(
    "changes",
    [
        {"time_ms": -5},
        {"time_ms": 1e300},
        {"time_ms": "1"},
        {"at": [1]},
        {"at": [1e6, 0]},
        {"at": [True, 0]},
        {"action": "press"},
        {"kind": []},
        {"contact": 1.5},
        {"contact": -1},
        {"type": "pointer2"},
        {"type": None},
        {"type": "screen"},
    ],
)
def test_an_absurd_event(folder, changes):
    edit_line(folder / "events.jsonl", 3, **changes)
    refused(folder, r"events\.jsonl line 4")


def test_events_out_of_order(folder):
    edit_line(folder / "events.jsonl", 3, time_ms=1001.0)
    refused(folder, r"events\.jsonl line 4: time goes back")


@pytest.mark.parametrize("changes", [{"index": 7}, {"pts_ms": 1}, {"time_ms": 1.0}, {"pts_ms": -1}])
def test_frames_out_of_order(folder, changes):
    edit_line(folder / "frames.jsonl", 4, **changes)
    refused(folder, r"frames\.jsonl line 5")


def test_a_damaged_line_in_the_middle(folder):
    path = folder / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5][:20] + b"\n"
    path.write_bytes(b"".join(lines))
    refused(folder, r"events\.jsonl line 6 is not valid JSON")


def test_an_endless_line(folder):
    with (folder / "events.jsonl").open("ab") as file:
        file.write(b'{"type":"' + b"x" * 100_000)
    refused(folder, "longer than 64 KiB")


def test_half_a_line_at_the_end_is_left_out(folder):
    path = folder / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:10]) + lines[10][:-5])
    recording = Recording.open(folder)
    assert len(recording.events) == 10
    assert recording.end is None
    assert any("cut off" in note for note in recording.notes)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_truncated_video_is_readable_up_to_the_damage(folder, share):
    path = folder / "video.mkv"
    whole = list(Recording.open(folder).frames())
    os.truncate(path, int(path.stat().st_size * share))

    recording = Recording.open(folder)
    frames = list(recording.frames())
    assert frames, "at least the first picture is there"
    assert len(frames) < len(whole)
    assert all((a.pixels == b.pixels).all() for a, b in zip(frames, whole, strict=False))
    assert recording.readable_until_ms == whole[len(frames)].time_ms
    assert recording.frame_at(frames[-1].time_ms).time_ms == frames[-1].time_ms
    with pytest.raises(FormatError, match="cannot be read"):
        recording.frame_at(recording.readable_until_ms)
    assert any(f"{len(frames)} of {len(whole)}" in note for note in recording.notes)


@pytest.mark.parametrize("content", [b"", b"no video at all" * 100, b"\x1aE\xdf\xa3"])
def test_a_video_that_is_none(folder, content):
    (folder / "video.mkv").write_bytes(content)
    recording = Recording.open(folder)
    assert list(recording.frames()) == []
    assert recording.notes
    with pytest.raises(FormatError):
        recording.frame_at(1e6)


def test_a_video_with_holes_is_never_read_past_them(folder):
    path = folder / "video.mkv"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 600] = bytes(600)
    path.write_bytes(bytes(data))
    whole = 30
    try:
        frames = list(Recording.open(folder).frames())
    except FormatError:
        return
    assert len(frames) < whole


def test_a_video_that_went_away_after_it_was_opened(folder):
    recording = Recording.open(folder)
    (folder / "video.mkv").unlink()
    with pytest.raises(FormatError, match="cannot be read"):
        recording.frame_at(1e6)


def test_a_list_of_other_files_is_not_followed(folder):
    (folder / "video.mkv").write_text("ffconcat version 1.0\nfile /etc/hostname\n")
    assert list(Recording.open(folder).frames()) == []


def test_a_video_of_another_size(folder):
    edit_line(folder / "frames.jsonl", 0, size=[160, 120])
    recording = Recording.open(folder)
    with pytest.raises(FormatError, match="161x121"):
        recording.frame_at(1e6)
