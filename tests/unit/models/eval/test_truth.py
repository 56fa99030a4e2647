from __future__ import annotations

import json

import pytest

from models.eval.truth import from_trees, labels_from_tree, rendered
from models.train.split import part_of
from vistest.core.errors import FormatError
from vistest.core.scene import ELEMENT_CLASSES


def test_only_unseen_layouts_of_trained_kits_are_evaluated(screens):
    examples = rendered(screens, held_out=False)
    assert examples
    assert len(examples) == sum(part_of(seed) == "layouts" for seed in range(12))
    assert rendered(screens, held_out=True) == []


def test_held_out_kits_are_evaluated_whole(screens):
    for path in screens.glob("*.json"):
        path.write_text(json.dumps({**json.loads(path.read_text()), "kit": "vant"}))
    assert len(rendered(screens, held_out=True)) == 12


def test_texts_and_pictures_of_a_tree_are_not_clickable():
    labels = labels_from_tree(
        [
            {"class": "text", "box": [0, 0, 9, 9]},
            {"class": "icon", "box": [0, 0, 9, 9]},
            {"class": "button?", "box": [0, 0, 9, 9]},
        ]
    )
    assert [ELEMENT_CLASSES[c] for c in labels.classes] == ["text", "icon"]
    assert labels.clickable.tolist() == [False, True]


def test_a_folder_without_labels(tmp_path):
    with pytest.raises(FormatError, match="no screens labelled from trees"):
        from_trees(tmp_path)
