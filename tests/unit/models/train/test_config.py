from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the training configuration names the network; CI has no torch")

from models.train.config import TrainConfig, config_document, config_from, read_config
from vistest.core.errors import FormatError, UnsupportedVersion

CONFIGS = Path(__file__).parents[4] / "models" / "configs"


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_configuration_of_the_tree_is_valid(path):
    assert read_config(path).images > 0


def test_a_configuration_survives_writing_and_reading():
    config = TrainConfig(seed=7, shapes=((64, 96),))
    assert config_from(config_document(config)) == config


def test_an_unknown_key_is_named(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text("version = 1\nlearningrate = 1\n")
    with pytest.raises(FormatError, match="learningrate"):
        read_config(path)


def test_another_version(tmp_path):
    path = tmp_path / "new.toml"
    path.write_text("version = 2\n")
    with pytest.raises(UnsupportedVersion, match="version 2"):
        read_config(path)


def test_views_must_fit_the_strides():
    with pytest.raises(ValueError, match="multiples of 32"):
        TrainConfig(shapes=((100, 96),))
