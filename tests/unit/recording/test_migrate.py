from __future__ import annotations

import pytest

from vistest.core.errors import UnsupportedVersion
from vistest.recording.manifest import VERSION
from vistest.recording.migrate import STEPS, Documents, check_version, migrate


def rename_click(documents):
    events = [
        event | {"type": "pointer"} if event["type"] == "click" else event
        for event in documents.events
    ]
    return Documents(documents.manifest | {"version": 2}, events, documents.frames)


def add_app(documents):
    return Documents(documents.manifest | {"version": 3, "app": []}, documents.events, [])


def test_steps_run_in_order_from_the_version_of_the_file():
    old = Documents({"version": 1}, [{"type": "click"}], [])
    new = migrate(old, 1, {1: rename_click, 2: add_app}, newest=3)
    assert new.manifest == {"version": 3, "app": []}
    assert new.events == [{"type": "pointer"}]


def test_the_current_version_is_left_alone():
    documents = Documents({"version": VERSION}, [], [])
    assert migrate(documents, VERSION) is documents


def test_there_is_a_step_from_every_older_version():
    assert sorted(STEPS) == list(range(1, VERSION))


def test_newer_is_refused():
    with pytest.raises(UnsupportedVersion) as caught:
        check_version({"version": VERSION + 1}, "here")
    assert "update" in caught.value.hint
