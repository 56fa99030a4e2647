from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("pycocotools", reason="the workshop's own dependencies; CI has none of them")

from models.export.agreement import agreement
from vistest.core.frame import Frame
from vistest.core.geometry import Rect
from vistest.testing.vision import FakeDetector
from vistest.vision.contracts import Detection

FRAMES = [Frame.from_bgr(np.zeros((50, 50, 3), np.uint8))] * 2


def detector(*found):
    return FakeDetector([Detection(cls, Rect(*box), 0.9) for cls, box in found])


def test_it_is_the_share_that_the_other_finds_in_the_same_class():
    reference = detector(("icon", (0, 0, 20, 20)), ("text", (0, 30, 40, 40)))
    other = detector(("icon", (1, 0, 21, 20)), ("button", (0, 30, 40, 40)))
    assert agreement(reference, other, FRAMES) == 0.5
    assert agreement(reference, reference, FRAMES) == 1.0


def test_who_finds_nothing_is_not_contradicted():
    assert agreement(detector(), detector(("icon", (0, 0, 9, 9))), FRAMES) == 1.0
