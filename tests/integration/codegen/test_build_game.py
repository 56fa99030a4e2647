"""A real recording of a real, self-drawn application, seen by the real parser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vistest.cli import app
from vistest.core.errors import VistestError
from vistest.core.geometry import Rect
from vistest.script import load_script
from vistest.script.model import (
    DragStep,
    KeyStep,
    LongPressStep,
    ScrollStep,
    TapStep,
    TypeStep,
)

if TYPE_CHECKING:
    from pathlib import Path

    from vistest.script.model import Script, Target

OnObject = TapStep | LongPressStep | DragStep
pytestmark = [pytest.mark.x11, pytest.mark.slow]


@dataclass(frozen=True)
class Built:
    folder: Path
    said: dict[str, Any]
    script: Script


@pytest.fixture(scope="session")
def built(session, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("scripts") / "game.vistest"
    done = CliRunner().invoke(app, ["build", str(session.path), "-o", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    return Built(folder, json.loads(done.stdout), load_script(folder))


def test_each_interaction_is_one_step_and_nothing_is_lost(built) -> None:
    assert (built.said["script"], built.said["name"]) == (str(built.folder), "game")
    assert (built.said["steps"], built.said["lost"]) == (18, 0)
    script = built.script
    kinds = [type(step.action) for step in script.steps]
    assert kinds == [
        TapStep,
        ScrollStep,
        TapStep,
        *[DragStep] * 4,
        TapStep,
        LongPressStep,
        *[TapStep] * 2,
        DragStep,
        *[TapStep] * 3,
        TypeStep,
        KeyStep,
        TapStep,
    ]
    assert script.steps[1].action == ScrollStep(0, 2)
    assert script.steps[7].action.count == 2
    assert script.steps[15].action.text == "Ann Le"
    assert script.steps[16].action.keys == ("Enter",)


def test_every_target_is_the_object_that_the_game_saw_touched(session, built) -> None:
    touched = [
        entry
        for entry in session.entries
        if entry["object"] and not _is_first_of_double(entry, session.entries)
    ]
    acted = [s.action for s in built.script.steps if isinstance(s.action, OnObject)]
    assert len(touched) == len(acted)
    for entry, action in zip(touched, acted, strict=True):
        assert _means(action.target, entry["box"]), entry["object"]
        if isinstance(action, DragStep):
            assert action.to is not None, entry["object"]
            assert _means(action.to, entry["to_box"] or entry["box"]), entry["to"]


def test_a_slider_is_dragged_between_places_and_a_piece_from_its_middle(session, built) -> None:
    drags = [step.action for step in built.script.steps if isinstance(step.action, DragStep)]
    assert all(drag.target.recorded.grip == (0.5, 0.5) for drag in drags[:4])
    slider = drags[4]
    assert slider.target.recorded.index == slider.to.recorded.index
    assert slider.to.recorded.grip[0] - slider.target.recorded.grip[0] == pytest.approx(
        0.5, abs=0.05
    )
    received = [entry["held_ms"] for entry in session.entries if entry["action"] == "drag"]
    assert [drag.path[-1].after_ms for drag in drags] == pytest.approx(received, abs=2)


def test_a_script_that_is_there_is_not_overwritten(session, built) -> None:
    before = (built.folder / "script.yaml").read_bytes()
    again = CliRunner().invoke(app, ["build", str(session.path), "-o", str(built.folder)])
    assert isinstance(again.exception, VistestError)
    assert "exists already" in str(again.exception)
    assert (built.folder / "script.yaml").read_bytes() == before


def _is_first_of_double(entry: dict, entries: list[dict]) -> bool:
    following = entries[entries.index(entry) + 1 :][:1]
    return any(
        after["action"] == "double_tap" and after["object"] == entry["object"]
        for after in following
    )


def _means(target: Target, box: list[float]) -> bool:
    """Whether the element lies in `box`, where the thing may be touched, and is most of its ink."""
    element = target.recorded.scene.elements[target.recorded.index].box
    thing = Rect.from_list(box)
    return element.covered_by(thing.expanded(4)) > 0.9 and element.area > 0.15 * thing.area
