from __future__ import annotations

import pytest

from models.train.split import part_of, refuse_held_out
from vistest.core.errors import VistestError


def test_pages_of_odd_seeds_never_train():
    assert [part_of(seed) for seed in range(4)] == ["train", "layouts", "train", "layouts"]


def test_a_kit_kept_for_evaluation_cannot_be_trained_on():
    with pytest.raises(VistestError, match="vant"):
        refuse_held_out({"ionic", "vant"})
    refuse_held_out({"ionic"})
