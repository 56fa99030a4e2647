from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from models.train.store import build_store, open_store
from vistest.core.errors import FormatError, UnsupportedVersion


def test_screens_are_stored_at_the_scale_of_training(screens, tmp_path):
    build_store([screens], tmp_path / "store")
    stored = open_store(tmp_path / "store")
    assert len(stored.screens) == 12
    dense = next(s for s in stored.screens if s.kit == "round")
    assert dense.scale == 1.5
    pixels = np.asarray(stored.pixels(dense))
    assert pixels.shape == (450, 300, 3)
    left, top, right, _ = dense.labels.boxes[0].round().astype(int)
    edge = pixels[top : top + 2, left + 2 : right - 2]
    assert edge.mean() < pixels[0, 0].mean() - 20


def test_what_is_stored_already_is_kept(screens, tmp_path):
    folder = tmp_path / "store"
    build_store([screens], folder)
    name = open_store(folder).screens[0].name
    before = (folder / name).stat().st_mtime_ns
    build_store([screens], folder)
    assert (folder / name).stat().st_mtime_ns == before
    assert len(open_store(folder).screens) == 12


def test_two_screens_of_one_name_are_refused(screens, tmp_path):
    copy = tmp_path / "other" / screens.name
    shutil.copytree(screens, copy)
    with pytest.raises(FormatError, match="same name"):
        build_store([screens, copy], tmp_path / "store")


def test_parts_make_the_whole(screens, tmp_path):
    stored = build_store([screens], tmp_path / "store")
    parts = [stored.part(part).screens for part in ("train", "layouts")]
    assert sum(len(part) for part in parts) == 12


def test_a_folder_without_store(tmp_path):
    with pytest.raises(FormatError, match="no stored screens"):
        open_store(tmp_path)


def test_a_store_of_another_version(tmp_path):
    (tmp_path / "index.json").write_text(json.dumps({"version": 99, "screens": []}))
    with pytest.raises(UnsupportedVersion):
        open_store(tmp_path)
