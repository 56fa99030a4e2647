"""Pictures in files <-> frames, and pictures of single objects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vistest.core.errors import FormatError
from vistest.core.frame import Frame
from vistest.core.geometry import Rect, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

PHONE_WIDTH_DP = 411
MAX_PIXELS = 100_000_000


def guess_density(size: Size) -> float:
    """Pixels per dp of a screen of which only the size is known.

    A tall, narrow picture is a phone, about 411 dp wide whatever its pixels; a very wide one is
    a desktop screen at twofold scale; everything else is taken as 1.
    """
    short, long = sorted((size.width, size.height))
    if size.height > size.width and long / short >= 1.7 and short >= 320:
        return max(1.0, round(short / PHONE_WIDTH_DP * 8) / 8)
    return 2.0 if long >= 2880 else 1.0


def read_frame(path: Path | str, density: float | None = None) -> Frame:
    """Read a PNG or JPEG file; the density is guessed from the size unless given.

    Raises:
        FormatError: there is no such file, or it is not a whole picture.
    """
    return decode_frame(_read_bytes(Path(path)), str(path), density)


def decode_frame(data: bytes, name: str, density: float | None = None) -> Frame:
    """The frame in the bytes of a PNG or JPEG file that errors call `name`.

    Raises:
        FormatError: the bytes are not a whole picture.
    """
    hint = "Give a complete PNG or JPEG file."
    if not _is_complete(data):
        raise FormatError(f"{name} is not a complete PNG or JPEG picture", hint=hint)
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise FormatError(f"{name} cannot be decoded as a picture", hint=hint) from error
    if pixels is None:
        raise FormatError(f"{name} cannot be decoded as a picture", hint=hint)
    size = Size(pixels.shape[1], pixels.shape[0])
    chosen = guess_density(size) if density is None else density
    return Frame.from_bgr(np.asarray(pixels, np.uint8), density=chosen)


def encode_png(pixels: NDArray[np.uint8]) -> bytes:
    """uint8 of shape (h, w, 3 or 4), BGR or BGRA, as an opaque PNG file."""
    if pixels.size == 0:
        raise ValueError("a picture without pixels cannot be written")
    _, data = cv2.imencode(".png", np.ascontiguousarray(pixels[:, :, :3]))
    return bytes(data)


def write_png(path: Path | str, pixels: NDArray[np.uint8]) -> None:
    """Write uint8 of shape (h, w, 3 or 4), BGR or BGRA, as an opaque PNG file."""
    Path(path).write_bytes(encode_png(pixels))


def picture_of(frame: Frame, box: Rect, margin_dp: float = 0.0) -> NDArray[np.uint8]:
    """A copy of the object in `box` for people, uint8 BGR of shape (h, w, 3), never empty."""
    whole = Rect(0, 0, frame.size.width, frame.size.height)
    crop = frame.crop(box.expanded(margin_dp * frame.density))
    return (crop if crop.size else frame.crop(whole))[:, :, :3].copy()


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise FormatError(
            f"{path} cannot be read: {reason.lower()}", hint="Check the path of the picture."
        ) from error


def _is_complete(data: bytes) -> bool:
    """Whether the file ends as its format demands and is of a sane size.

    OpenCV fills the missing part of a truncated file with grey and says nothing.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        return b"IEND" in data[-64:] and 0 < width * height <= MAX_PIXELS
    return data.startswith(b"\xff\xd8") and b"\xff\xd9" in data[-4096:]
