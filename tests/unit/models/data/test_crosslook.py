from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from models.data.looks import KIT_MODES
from models.data.screens import read_screen
from models.data.web.crosslook import LOOKS, draw, page_seed, plan
from vistest.vision.images import write_png

if TYPE_CHECKING:
    from pathlib import Path

    from models.data.looks import Look


class FakeRenderer:
    """Draws one button and counts."""

    def __init__(self) -> None:
        self.drawn: list[Path] = []

    def draw(self, page: dict[str, Any], views: list[tuple[Look, Path]]) -> list[dict[str, Any]]:
        for look, png in views:
            height, width = round(look.height * look.density), round(look.width * look.density)
            write_png(
                png, np.indices((height, width)).sum(0)[..., None].repeat(3, 2).astype(np.uint8)
            )
            self.drawn.append(png)
        button = {"id": "save", "part": "button", "class": "button", "box": [1, 2, 11, 6]}
        return [{"elements": [button | {"text": "Save", "clickable": True}], "behind": []}] * len(
            views
        )


def test_tuning_and_reporting_share_no_seed() -> None:
    tuning = {page_seed("tuning", number) for number in range(50)}
    reporting = {page_seed("reporting", number) for number in range(50)}
    assert len(tuning) == len(reporting) == 50
    assert not tuning & reporting


def test_each_look_changes_what_it_is_named_after() -> None:
    for seed in range(40):
        shots = {shot.name: shot for shot in plan(seed)}
        base = shots["base"]
        assert (shots["size"].look.width, shots["size"].look.height) != (
            base.look.width,
            base.look.height,
        )
        assert shots["dark"].look == replace(base.look, dark=not base.look.dark)
        assert (shots["kit"].look.kit, shots["kit"].look.mode) != (base.look.kit, base.look.mode)
        assert shots["translated"].look.language != base.look.language
        assert shots["translated"].page == base.page
        assert shots["absent"].page.app == base.page.app
        assert shots["absent"].page.name != base.page.name
        assert {shot.look.kit for shot in shots.values()} <= set(KIT_MODES)


def test_a_look_is_the_same_whatever_else_is_asked_for() -> None:
    alone = plan(7, ("translated",))
    assert alone == [shot for shot in plan(7) if shot.name == "translated"]


def test_an_unknown_look_is_named() -> None:
    with pytest.raises(ValueError, match="unknown look 'upside-down'"):
        plan(1, ("upside-down",))


def test_drawing_again_draws_only_what_is_missing(tmp_path: Path) -> None:
    renderer = FakeRenderer()
    shots = [replace(shot, look=replace(shot.look, width=40, height=30)) for shot in plan(4)]
    assert draw(renderer, 4, shots[:3], tmp_path) == 3
    assert draw(renderer, 4, shots, tmp_path) == len(LOOKS) - 3
    assert len(renderer.drawn) == len(set(renderer.drawn)) == len(LOOKS)


def test_boxes_on_disk_are_pixels(tmp_path: Path) -> None:
    (shot,) = plan(2, ("base",))
    shot = replace(shot, look=replace(shot.look, width=40, height=30, density=2.0))
    draw(FakeRenderer(), 2, [shot], tmp_path)
    screen = read_screen(tmp_path / "base.json")
    assert screen.elements[0].box.as_list() == [2, 4, 22, 12]
    assert screen.size.width == shot.look.width * 2
    assert screen.look_options["kit"] == shot.look.kit


def test_an_unknown_class_is_refused(tmp_path: Path) -> None:
    (shot,) = plan(2, ("base",))
    shot = replace(shot, look=replace(shot.look, width=40, height=30))
    draw(FakeRenderer(), 2, [shot], tmp_path)
    path = tmp_path / "base.json"
    value = json.loads(path.read_text())
    value["elements"][0]["class"] = "hologram"
    path.write_text(json.dumps(value))
    with pytest.raises(ValueError, match="unknown class 'hologram'"):
        read_screen(path)


def test_arranged_looks_change_only_how_the_same_page_is_laid_out() -> None:
    flows, spreads = set(), set()
    for seed in range(40):
        shots = {shot.name: shot for shot in plan(seed)}
        base = shots["base"]
        wide, high = base.look.width, base.look.height
        assert shots["turned"].look == replace(base.look, width=high, height=wide)
        assert shots["spaced"].look == replace(base.look, spread=shots["spaced"].look.spread)
        flow = shots["reflowed"].look
        assert replace(flow, flow="rows", width=wide, height=high) == base.look
        assert all(shots[name].page == base.page for name in ("turned", "spaced", "reflowed"))
        flows.add((flow.flow, flow.width == wide))
        spreads.add(shots["spaced"].look.spread)
    assert len(flows) == 4
    assert None not in spreads
    assert min(spreads) < 12 < max(spreads)
