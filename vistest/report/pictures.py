"""Pictures and videos of a run as data URIs, so that the page needs no other file."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from vistest.core.geometry import Rect, Size
from vistest.core.paths import path_inside

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MAX_SIDE = 1280
QUALITY = 80
CLOSE_UP_SHARE = 0.15
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_VIDEO_BYTES = 12 * 1024 * 1024
_VIDEO_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for the page.

    Attributes:
        uri: The picture as a data URI, made smaller if it is large.
        width: Of the picture as it was taken, in device pixels, as boxes on it are.
        height: The same.
    """

    uri: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Video:
    """A video for the page.

    Attributes:
        uri: A data URI, or the file's address relative to the page if it is too large or of a
            kind that browsers do not play.
        embedded: Which of the two.
    """

    uri: str
    embedded: bool


class PictureBook:
    """The pictures of one run's folder, each read and made smaller once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pictures: dict[str, Picture | None] = {}

    def picture(self, path: str) -> Picture | None:
        """The picture at `path` in the folder, or None if it is missing or damaged."""
        if path not in self._pictures:
            pixels = _pixels(path_inside(self._folder, path))
            self._pictures[path] = None if pixels is None else _shrunk(pixels)
        return self._pictures[path]

    def close_up(self, path: str, box: Rect) -> Picture | None:
        """What is around `box` on the picture; None if that is a large part of it anyway."""
        pixels = _pixels(path_inside(self._folder, path))
        if pixels is None:
            return None
        size = Size(pixels.shape[1], pixels.shape[0])
        near = box.expanded(max(16.0, 0.5 * min(box.width, box.height))).clipped(size)
        if not 4 <= near.area <= CLOSE_UP_SHARE * size.width * size.height:
            return None
        left, top, right, bottom = (round(edge) for edge in near.as_list())
        return _shrunk(pixels[top:bottom, left:right])


def _pixels(file: Path) -> NDArray[np.uint8] | None:
    import cv2
    import numpy as np

    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            return None
        pixels = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        return None
    return None if pixels is None else np.asarray(pixels, np.uint8)


def _shrunk(pixels: NDArray[np.uint8]) -> Picture | None:
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, MAX_SIDE / max(height, width))
    shown = pixels
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        shown = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(pixels.dtype)
    done, encoded = cv2.imencode(".webp", shown, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    return Picture(_data_uri("image/webp", encoded.tobytes()), width, height) if done else None


def video(folder: Path, path: str, page: Path) -> Video | None:
    """The video at `path` in `folder` for a page that will lie at `page`; None if missing."""
    file = path_inside(folder, path)
    kind = _VIDEO_TYPES.get(file.suffix)
    try:
        if kind is not None and file.stat().st_size <= MAX_VIDEO_BYTES:
            return Video(_data_uri(kind, file.read_bytes()), embedded=True)
    except OSError:
        return None
    address = link(folder, path, page)
    return None if address is None else Video(address, embedded=False)


def link(folder: Path, path: str, page: Path) -> str | None:
    """The address of a file of `folder`, relative to `page`; None if it is missing."""
    try:
        file = path_inside(folder, path).resolve(strict=True)
        return quote(os.path.relpath(file, page.parent.resolve()).replace(os.sep, "/"))
    except (OSError, ValueError):
        return None


def _data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
