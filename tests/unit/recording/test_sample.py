"""A recording of each format version stays readable, whatever becomes of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from vistest.core.events import KeyEvent, Mark, PointerEvent, ScreenChanged, WheelEvent
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.recording import Recording

SAMPLES = Path(__file__).parents[3] / "recorder" / "samples"
UPRIGHT = Screen(Size(240, 320), 1.0)
LYING = Screen(Size(320, 240), 1.0)


@pytest.fixture
def sample():
    return Recording.open(SAMPLES / "v1-signin.vrec")


def test_device_and_state(sample):
    assert sample.device.uri == "x11::91"
    assert sample.device.screen == LYING
    assert sample.app == ("signin", "--demo")
    assert sample.manifest.start_ms == 500_000.0
    assert sample.end.reason == "stopped by the user"
    assert sample.notes == ()


def test_every_kind_of_entry(sample):
    field = Position(Point(150, 90), LYING)
    assert sample.marks == (
        Mark(501_200.0, "secret_begin", field, "SHOP_PASSWORD"),
        Mark(502_000.0, "secret_end", None, "SHOP_PASSWORD"),
        Mark(503_000.0, "checkpoint", Position(Point(40, 196), LYING)),
    )
    keys = [event for event in sample.events if isinstance(event, KeyEvent)]
    assert "".join(event.text for event in keys if event.action == "down") == "Zoé"
    touch = Position(Point(60, 144), LYING)
    assert PointerEvent(502_500.0, "down", touch, "touch", 1) in sample.events
    assert WheelEvent(503_500.0, Position(Point(160, 120), LYING), 0, 2) in sample.events
    assert ScreenChanged(504_000.0, UPRIGHT) in sample.events
    assert sample.events[-1].at == Position(Point(200, 300), UPRIGHT)
    assert len(sample.entries) == 20


def test_pictures(sample):
    frames = list(sample.frames())
    assert [frame.size for frame in frames] == [LYING.size] * 6 + [UPRIGHT.size]
    assert sample.frame_times[0] == 500_001.5
    button = sample.frame_at(502_500.0).pixels[135, 25, :3]
    assert abs(button.astype(int) - (180, 90, 30)).max() <= 12


def test_it_is_small():
    for folder in SAMPLES.glob("v*.vrec"):
        assert sum(path.stat().st_size for path in folder.iterdir()) <= 200_000
