from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Point, Position, Screen, Size
from vistest.recording import DeviceFacts, RecordingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCREEN = Screen(Size(161, 121), 1.5)
DEVICE = DeviceFacts("fake:", "fake", "linux", "A made-up screen", SCREEN)


@pytest.fixture
def picture() -> Callable[..., Frame]:
    """A frame whose left half has a grey value of its own."""

    def build(value: int, time_ms: float, screen: Screen = SCREEN) -> Frame:
        pixels = np.full((screen.size.height, screen.size.width, 4), 255, np.uint8)
        pixels[:, : screen.size.width // 2, :3] = value
        return Frame(pixels, time_ms, screen.density)

    return build


@pytest.fixture
def at() -> Callable[..., Position]:
    def build(x: float, y: float, screen: Screen = SCREEN) -> Position:
        return Position(Point(x, y), screen)

    return build


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RecordingWriter]:
    writer = RecordingWriter(tmp_path / "session.vrec", DEVICE, 1000.0, ["app", "--option"])
    yield writer
    writer.close(1e9)
