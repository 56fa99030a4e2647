"""Changes of colour and sharpness that leave the labels as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray


def recolour(pixels: NDArray[np.uint8], random: Generator) -> NDArray[np.uint8]:
    """Another theme of the same screen: inverted, other hues, other contrast, compressed."""
    if random.random() < 0.15:
        pixels = 255 - pixels
    if random.random() < 0.4:
        pixels = pixels[:, :, random.permutation(3)]
    if random.random() < 0.1:
        pixels = np.repeat(pixels.mean(2, keepdims=True).astype(np.uint8), 3, axis=2)
    if random.random() < 0.5:
        pixels = cv2.LUT(np.ascontiguousarray(pixels), _contrast(random))
    if random.random() < 0.15:
        pixels = _compressed(np.ascontiguousarray(pixels), int(random.integers(50, 95)))
    if random.random() < 0.1:
        pixels = cv2.GaussianBlur(pixels, (3, 3), float(random.uniform(0.3, 0.9)))
    return np.ascontiguousarray(pixels)


def _contrast(random: Generator) -> NDArray[np.uint8]:
    """A table of 256 values: gain, offset and gamma, clipped."""
    levels = (np.arange(256) / 255) ** float(np.exp(random.uniform(-0.3, 0.3)))
    levels = levels * random.uniform(0.7, 1.15) + random.uniform(-0.1, 0.15)
    return (np.clip(levels, 0, 1) * 255).astype(np.uint8)


def _compressed(pixels: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)
