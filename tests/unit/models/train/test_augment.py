from __future__ import annotations

import numpy as np

from models.train.augment import recolour


def test_colours_change_but_places_do_not():
    pixels = np.full((60, 80, 3), 230, np.uint8)
    pixels[20:40, 30:50] = (40, 30, 20)
    for seed in range(60):
        changed = recolour(pixels, np.random.default_rng(seed)).astype(int)
        assert changed.shape == pixels.shape
        inside, outside = changed[22:38, 32:48].mean((0, 1)), changed[:15].mean((0, 1))
        assert np.abs(inside - outside).max() > 25


def test_some_views_change_and_the_input_never():
    pixels = np.random.default_rng(1).integers(0, 255, (32, 32, 3)).astype(np.uint8)
    original = pixels.copy()
    changed = [
        not np.array_equal(recolour(pixels, np.random.default_rng(seed)), original)
        for seed in range(40)
    ]
    assert any(changed)
    assert np.array_equal(pixels, original)
