from __future__ import annotations

from vistest.core.formats import Format
from vistest.recording.migrate import RECORDING, Documents


def rename_click(documents):
    events = [
        event | {"type": "pointer"} if event["type"] == "click" else event
        for event in documents.events
    ]
    return Documents(documents.manifest | {"version": 2}, events, documents.frames)


def add_app(documents):
    return Documents(documents.manifest | {"version": 3, "app": []}, documents.events, [])


def test_steps_see_all_documents_of_a_recording():
    later = Format("recording", 3, {1: rename_click, 2: add_app})
    old = Documents({"version": 1}, [{"type": "click"}], [])
    new = later.upgrade(old, 1, "here")
    assert new.manifest == {"version": 3, "app": []}
    assert new.events == [{"type": "pointer"}]


def test_there_is_a_step_from_every_older_version():
    assert sorted(RECORDING.steps) == list(range(1, RECORDING.version))
