from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the training configuration names the network; CI has no torch")

from models.train.config import TrainConfig
from models.train.schedule import Cooldown, cooldown_for, planned_cooldown, rate_factor


def test_the_rate_rises_stays_and_falls_to_zero():
    fall = Cooldown(first=50, steps=50)
    factors = [rate_factor(step, 10, fall) for step in range(101)]
    assert factors[0] == pytest.approx(0.1)
    assert factors[9] == factors[30] == factors[50] == 1
    assert factors[50:] == sorted(factors[50:], reverse=True)
    assert factors[100] == pytest.approx(0)


def test_the_planned_fall_ends_with_the_images():
    config = TrainConfig(images=1600, batch=16, cooldown=0.3)
    assert planned_cooldown(config) == Cooldown(first=70, steps=30)


def test_a_limited_run_begins_to_fall_when_the_time_left_is_its_share():
    config = TrainConfig(cooldown=0.25)
    assert cooldown_for(config, step=10, spent_s=10.0, step_s=1.0, left_s=90.0) is None
    assert cooldown_for(config, step=75, spent_s=75.0, step_s=1.0, left_s=25.0) == Cooldown(75, 25)


def test_a_run_that_becomes_slow_still_falls_in_time():
    config = TrainConfig(cooldown=0.5)
    assert cooldown_for(config, step=90, spent_s=50.0, step_s=0.6, left_s=50.0) == Cooldown(90, 83)
