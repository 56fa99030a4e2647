"""Small drawn screens with labels, so that these tests need no browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from vistest.vision.images import write_png

if TYPE_CHECKING:
    from pathlib import Path


def draw_screen(folder: Path, seed: int, kit: str, size: tuple[int, int], density: float) -> Path:
    """Rows of filled buttons and check boxes; returns the path of the label file."""
    random = np.random.default_rng(seed)
    width, height = size
    pixels = np.full((height, width, 3), random.integers(190, 255, 3), np.uint8)
    elements = []
    step = round(48 * density)
    for top in range(step // 4, height - step, step):
        is_button = random.random() < 0.5
        side = round((90 if is_button else 20) * density)
        tall = round((34 if is_button else 20) * density)
        left = int(random.integers(4, width - side - 4))
        colour = random.integers(0, 120, 3).tolist()
        corner = (left + side - 1, top + tall - 1)
        thickness = -1 if is_button else max(1, round(2 * density))
        cv2.rectangle(pixels, (left, top), corner, colour, thickness)
        elements.append(
            {
                "id": str(len(elements)),
                "part": "",
                "class": "button" if is_button else "checkbox",
                "box": [left, top, left + side, top + tall],
                "text": "",
                "clickable": True,
            }
        )
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kit}-{seed:04d}"
    write_png(folder / f"{name}.png", pixels)
    document = {
        "image": f"{name}.png",
        "size": list(size),
        "density": density,
        "kit": kit,
        "look": "light",
        "seed": seed,
        "elements": elements,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document))
    return path


@pytest.fixture
def screens(tmp_path: Path) -> Path:
    """A folder of twelve screens of two kits, at density 1 and 2."""
    folder = tmp_path / "screens"
    for seed in range(12):
        density = 1 + seed % 2
        size = (200 * density, 300 * density)
        draw_screen(folder, seed, ("plain", "round")[seed % 2], size, float(density))
    return folder
