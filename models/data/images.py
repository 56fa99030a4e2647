"""Pictures of a data set, small on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from pathlib import Path

# Full chroma: thin coloured glyphs must survive.
_JPEG = (
    cv2.IMWRITE_JPEG_QUALITY, 90,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
)  # fmt: skip


def as_jpeg(png: Path) -> Path:
    """Replaces a PNG file by a JPEG file and returns its path."""
    frame = read_frame(png, 1.0)
    _, data = cv2.imencode(".jpg", frame.pixels[:, :, :3], _JPEG)
    jpeg = png.with_suffix(".jpg")
    jpeg.write_bytes(data.tobytes())
    png.unlink()
    return jpeg
