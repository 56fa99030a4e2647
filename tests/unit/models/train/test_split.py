from __future__ import annotations

import pytest

from models.train.split import part_of, refuse_held_out
from vistest.core.errors import VistestError


def test_about_a_tenth_of_the_pages_validates():
    parts = [part_of(seed) for seed in range(2000)]
    assert 0.07 < parts.count("layouts") / len(parts) < 0.13


def test_a_page_stays_in_its_part_on_every_machine():
    # Other parts would mix screens that trained an old checkpoint into its validation.
    assert [s for s in range(30) if part_of(s) == "layouts"] == [7, 24]


def test_a_kit_kept_for_evaluation_cannot_be_trained_on():
    with pytest.raises(VistestError, match="vant"):
        refuse_held_out({"ionic", "vant"})
    refuse_held_out({"ionic"})
