from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.frame import Frame
from vistest.core.geometry import Screen, Size
from vistest.devices.android.stream_video import StreamVideo

if TYPE_CHECKING:
    from collections.abc import Sequence

SCREEN = Screen(Size(64, 96), 2.0)


def picture(
    level: int, size: tuple[int, int] = (64, 96), *, spot: int | None = None
) -> av.VideoFrame:
    pixels = np.full((size[1], size[0], 3), level, np.uint8)
    if spot is not None:
        pixels[40:44, 20:24] = spot
    return av.VideoFrame.from_ndarray(pixels, "bgr24").reformat(format="yuv420p")


class FakeCamera:
    def __init__(self) -> None:
        self.pictures = 0

    def grab(self) -> Frame:
        self.pictures += 1
        return Frame(np.full((96, 64, 4), 60, np.uint8), 1000.0, 2.0)

    def shoot(self) -> tuple[bytes, float]:
        self.pictures += 1
        return str(self.pictures).encode(), 1000.0 + self.pictures

    def develop(self, data: bytes, time_ms: float) -> Frame:
        return Frame(np.full((96, 64, 4), int(data), np.uint8), time_ms, 2.0)


class FakeStream:
    """Pictures, each once; then silence, or its end."""

    def __init__(
        self, pictures: Sequence[tuple[av.VideoFrame, float]], end: Exception | None
    ) -> None:
        self.pictures = list(pictures)
        self.end = end
        self.closed = False

    def next(self, timeout_s: float) -> tuple[av.VideoFrame, float] | None:
        if self.pictures:
            return self.pictures.pop(0)
        if self.end is not None:
            raise self.end
        return None

    def close(self) -> None:
        self.closed = True


def video(*streams: FakeStream, screens: Sequence[Screen] = (SCREEN,)) -> StreamVideo:
    coming, shown = list(streams), list(screens)
    return StreamVideo(
        lambda: coming.pop(0),
        lambda ms: ms + 500.0,
        FakeCamera(),  # type: ignore[arg-type]
        lambda: shown.pop(0) if len(shown) > 1 else shown[0],
        30.0,
    )


def test_the_first_frame_is_exact_and_what_equals_it_is_not_shown_again() -> None:
    stream = FakeStream([(picture(60), 400.0)], None)
    watch = video(stream)
    first = watch.next_frame(0.1)
    assert first is not None
    assert (first.time_ms, int(first.pixels[0, 0, 0])) == (1000.0, 60)
    stream.pictures += [(picture(62), 600.0), (picture(60, spot=220), 700.0)]
    changed = watch.next_frame(0.1)
    assert changed is not None
    assert changed.time_ms == 1200.0
    assert changed.pixels[42, 22, 0] > 150
    assert watch.next_frame(0.01) is None


def test_a_stream_that_ends_after_minutes_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = DeviceError("time is up")
    one, two = FakeStream([(picture(60), 400.0)], None), FakeStream([(picture(200), 900.0)], None)
    watch = video(one, two)
    watch.next_frame(0.1)
    one.end = ended
    frame = watch.next_frame(0.5)
    assert frame is not None
    assert frame.time_ms == 1400.0
    assert one.closed


def test_streams_that_die_at_once_give_way_to_pictures() -> None:
    dead = [FakeStream([], DeviceError("no encoder")) for _ in range(4)]
    watch = video(*dead)
    assert watch.next_frame(0.1) is not None
    assert watch.lossless
    assert watch.next_frame(0.1) is not None


def test_a_lost_phone_is_no_dead_stream() -> None:
    watch = video(FakeStream([(picture(60), 400.0)], DeviceLost("gone")))
    with pytest.raises(DeviceLost):
        watch.next_frame(0.1)


def test_a_scaled_picture_is_brought_to_the_size_of_the_screen() -> None:
    stream = FakeStream([(picture(60, (32, 48)), 400.0)], None)
    watch = video(stream)
    watch.next_frame(0.1)
    stream.pictures.append((picture(200, (32, 48)), 600.0))
    frame = watch.next_frame(0.1)
    assert frame is not None
    assert frame.size == SCREEN.size


def test_a_turned_screen_begins_another_stream() -> None:
    one = FakeStream([(picture(60), 400.0)], None)
    two = FakeStream([(picture(90, (96, 64)), 900.0)], None)
    wide = Screen(Size(96, 64), 2.0)
    watch = video(one, two, screens=[SCREEN, SCREEN, SCREEN, wide])
    watch.next_frame(0.1)
    frame = watch.next_frame(0.5)
    assert frame is not None
    assert frame.size == wide.size
