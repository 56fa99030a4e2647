from __future__ import annotations

from pathlib import Path

import pytest

from vistest.core.errors import DeviceError, FormatError, InjectionError
from vistest.core.events import Tap
from vistest.core.geometry import Size
from vistest.devices import connect
from vistest.recorder import Recorder, RecorderOptions
from vistest.recording import DeviceFacts, Recording, RecordingWriter
from vistest.testing import FakeClock, FilmDevice

SAMPLE = Path(__file__).parents[3] / "recorder" / "samples" / "v1-signin.vrec"


@pytest.fixture
def clock():
    return FakeClock(42.0)


@pytest.fixture
def film(clock):
    return FilmDevice.open(SAMPLE, clock)


def test_it_shows_the_recorded_device(film):
    assert film.info.screen.size == Size(320, 240)
    assert film.info.platform == "linux"
    assert film.now_ms() == 500_000.0


def test_pictures_come_when_their_time_comes(film, clock):
    video = film.open_video()
    assert video.next_frame(0.0).time_ms == 500_001.5
    assert video.next_frame(0.1) is None
    assert clock.now_ms() == pytest.approx(142.0)
    assert video.next_frame(10.0).time_ms == 500_620.25
    assert film.now_ms() == pytest.approx(500_620.25, abs=25)


def test_events_come_when_their_time_comes(film, clock):
    source = film.open_input()
    assert source.poll(0.1) == []
    first = source.poll(1.0)[0]
    assert first.time_ms == 500_400.0
    assert film.now_ms() == pytest.approx(500_400.0, abs=25)
    clock.pause(0.2)
    assert [event.time_ms for event in source.poll(0.0)][-1] == 500_600.0


def test_after_the_end_nothing_happens(film, clock):
    clock.pause(60.0)
    video, source = film.open_video(), film.open_input()
    frames = [video.next_frame(0.0) for _ in range(7)]
    assert [frame.size for frame in frames][-1] == Size(240, 320)
    assert video.next_frame(0.5) is None
    assert len(source.poll(0.0)) == 17
    assert source.poll(0.5) == []
    assert film.grab().size == Size(240, 320)


def test_it_takes_no_input(film):
    with pytest.raises(InjectionError):
        film.sink.perform(Tap(Recording.open(SAMPLE).events[0].at))
    with pytest.raises(DeviceError):
        film.launch(["galculator"])


def test_a_film_of_a_film_is_the_same(film, tmp_path):
    facts = film.info
    device = DeviceFacts(facts.uri, facts.backend, facts.platform, facts.name, facts.screen)
    writer = RecordingWriter(tmp_path / "copy.vrec", device, film.now_ms())
    recorder = Recorder(FilmDevice.open(SAMPLE, FakeClock()), writer, RecorderOptions())
    recorder.start()
    while recorder.counts.frames < 7 or recorder.counts.events < 17:
        assert not recorder.wait(0.05)
    assert recorder.stop().error is None
    copy, original = Recording.open(tmp_path / "copy.vrec"), Recording.open(SAMPLE)
    assert copy.events == original.events
    assert set(original.frame_times) <= set(copy.frame_times)


def test_connect_knows_films():
    with connect(f"film:{SAMPLE}") as device:
        assert device.info.backend == "film"
    with pytest.raises(FormatError):
        connect("film:/nowhere.vrec")
