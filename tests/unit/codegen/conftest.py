from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from vistest.core.frame import Frame
from vistest.core.geometry import Point, Position, Rect, Screen, Size
from vistest.core.scene import Scene, UiElement
from vistest.recording import DeviceFacts, RecordingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCREEN = Screen(Size(400, 300), 1.0)
_CLICKABLE = {"button", "checkbox", "switch", "radio", "slider", "dropdown", "tab", "text_field"}


@pytest.fixture
def at() -> Callable[[float, float], Position]:
    return lambda x, y: Position(Point(x, y), SCREEN)


@pytest.fixture
def element() -> Callable[..., UiElement]:
    def build(cls: str, box: tuple[float, float, float, float], text: str = "") -> UiElement:
        return UiElement(cls, Rect(*box), text=text, clickable=cls in _CLICKABLE)

    return build


@pytest.fixture
def scene() -> Callable[..., Scene]:
    return lambda *elements: Scene(elements, SCREEN)


@pytest.fixture
def picture() -> Callable[..., Frame]:
    """A frame of one grey with filled polygons on it."""

    def build(
        grey: int = 230, *shapes: list[tuple[int, int]], time_ms: float = 0.0, density: float = 1.0
    ) -> Frame:
        pixels = np.full((300, 400, 3), grey, np.uint8)
        for shape in shapes:
            cv2.fillPoly(pixels, [np.array(shape, np.int32)], (40, 90, 200))
        return Frame.from_bgr(pixels, time_ms, density)

    return build


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[RecordingWriter]:
    device = DeviceFacts("fake:", "fake", "linux", "A made-up screen", SCREEN)
    writer = RecordingWriter(tmp_path / "session.vrec", device, 1000.0, ["app"])
    yield writer
    writer.close(1e9)
