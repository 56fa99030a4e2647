from __future__ import annotations

from models.data.looks import EVALUATION_KIT_MODES, KIT_MODES
from models.data.split import SPLITS, first_seed, trains


def test_only_the_seeds_of_the_training_split_train():
    for split in SPLITS:
        seeds = range(first_seed(split), 40, 2)
        assert {trains(seed) for seed in seeds} == {split == "training"}


def test_no_kit_is_both_trained_on_and_kept_for_evaluation():
    assert not set(KIT_MODES) & set(EVALUATION_KIT_MODES)
