from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("pycocotools", reason="the metrics need it; CI does not install it")

from models.eval.sheet import failure_sheet
from models.eval.truth import Example
from models.train.labels import read_labels
from vistest.vision.detectors.decoding import Boxes
from vistest.vision.images import read_frame

NOTHING = Boxes(
    np.zeros((0, 4), np.float32),
    np.zeros(0, np.float32),
    np.zeros(0, np.int64),
    np.zeros(0, np.float32),
)


def test_what_is_missed_is_red(screens, tmp_path):
    screen = read_labels(sorted(screens.glob("*.json"))[0])
    path = tmp_path / "sheet.png"
    failure_sheet([NOTHING], [Example(screen.image, "plain", screen.labels)], 0.5, path)
    sheet = read_frame(path).bgr
    assert (sheet == (0, 0, 255)).all(2).sum() > 100
