"""The screen that the engines look at: a phone's settings page, drawn."""

from __future__ import annotations

import cv2
import numpy as np

from vistest.core.frame import Frame

_WIDTH, _HEIGHT, _DENSITY = 1080, 2400, 2.625
_ROW = 150


def phone_screen() -> Frame:
    """1080x2400 at 2.625 pixels per dp: rows of icon, two lines of text, and a switch."""
    pixels = np.full((_HEIGHT, _WIDTH, 4), 250, np.uint8)
    _fill(pixels, (0, 0, _WIDTH, 220), (160, 90, 40))
    _write(pixels, "Settings", (60, 150), 2.2, (255, 255, 255))
    for row, top in enumerate(range(240, _HEIGHT - 2 * _ROW, _ROW)):
        _draw_row(pixels, row, top)
    for n, word in enumerate(("Home", "Search", "Me")):
        left = n * _WIDTH // 3
        _fill(pixels, (left + 130, _HEIGHT - 190, left + 210, _HEIGHT - 110), (120, 120, 120))
        _write(pixels, word, (left + 110, _HEIGHT - 50), 1.1, (60, 60, 60))
    return Frame(pixels, density=_DENSITY)


def _draw_row(pixels: np.ndarray, row: int, top: int) -> None:
    colour = ((row * 70) % 200, 120, 200 - (row * 40) % 160)
    cv2.circle(pixels, (90, top + 70), 38, (*colour, 255), -1)
    _write(pixels, f"Setting number {row}", (170, top + 62), 1.3, (20, 20, 20))
    _write(pixels, "what it does when it is on", (170, top + 112), 1.0, (110, 110, 110))
    _fill(pixels, (890, top + 45, 1010, top + 105), (200, 140, 40) if row % 2 else (180, 180, 180))
    centre = (980 if row % 2 else 920, top + 75)
    cv2.circle(pixels, centre, 26, (255, 255, 255, 255), -1)


def _fill(pixels: np.ndarray, box: tuple[int, int, int, int], colour: tuple[int, ...]) -> None:
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = (*colour, 255)


def _write(
    pixels: np.ndarray, text: str, place: tuple[int, int], size: float, colour: tuple[int, ...]
) -> None:
    cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, (*colour, 255), 3, cv2.LINE_AA)
