from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="times are exchanged by PyTorch, which CI does not install")

from models.data.rebalance import pixels
from models.data.rebalance.timing import StepTimes


def test_a_process_that_is_alone_fits_its_own_times():
    times, random = StepTimes(), np.random.default_rng(0)
    for _ in range(40):
        sizes = random.integers(4, 30, (random.integers(1, 9), 2))
        padded = len(sizes) * sizes.max(0).prod()
        times.add(pixels(sizes), 0.5 + 0.002 * padded)
    cost, speeds = times.fit(("fixed", "padded"))
    assert cost.fixed == pytest.approx(0.5)
    assert cost.padded == pytest.approx(0.002)
    assert speeds == (1.0,)
    assert len(times) == 0
