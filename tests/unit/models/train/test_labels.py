from __future__ import annotations

import json

import numpy as np
import pytest

from models.train.labels import Labels, read_labels, without_doubles
from vistest.core.errors import FormatError
from vistest.core.scene import ELEMENT_CLASSES


def test_a_label_file_gives_boxes_and_classes(screens):
    path = sorted(screens.glob("*.json"))[0]
    document = json.loads(path.read_text())
    screen = read_labels(path)
    assert screen.image.exists()
    assert screen.size == tuple(document["size"])
    assert screen.labels.boxes.tolist() == [e["box"] for e in document["elements"]]
    assert [ELEMENT_CLASSES[c] for c in screen.labels.classes] == [
        e["class"] for e in document["elements"]
    ]


def test_a_path_in_a_label_file_cannot_leave_its_folder(screens):
    path = sorted(screens.glob("*.json"))[0]
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "image": "../../secret.png"}))
    assert read_labels(path).image == path.parent / "secret.png"


@pytest.mark.parametrize("content", ["[]", "{}", "nothing", '{"elements": [{"class": "text"}]}'])
def test_a_broken_label_file_is_named(tmp_path, content):
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(FormatError, match=r"broken\.json"):
        read_labels(path)


def test_a_box_labelled_twice_is_kept_once_and_stays_clickable():
    boxes = np.array([[0, 0, 10, 10], [0, 0, 10, 10.5], [0, 0, 10, 10]], np.float32)
    labels = Labels(boxes, np.array([1, 1, 3]), np.array([False, True, False]))
    once = without_doubles(labels)
    assert once.classes.tolist() == [1, 3]
    assert once.clickable.tolist() == [True, False]
