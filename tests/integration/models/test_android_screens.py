from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import models.data.web.renderer as module
from models.data.looks import Chrome, Look
from models.data.pages import widgets as w
from models.data.pages.android import KINDS
from models.data.pages.android.common import overlay, part, row
from models.data.pages.android.model import Screen
from models.data.web.renderer import WebRenderer
from models.data.web.screens import VIEWS, android_plan, draw_page
from vistest.core.scene import ELEMENT_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.data.pages.model import Page, Widget

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None
        or not (Path(module.__file__).parent / "node_modules").is_dir(),
        reason="the renderer is not set up (models/data/web/setup)",
    ),
]


@pytest.fixture(scope="module")
def renderer() -> Iterator[WebRenderer]:
    with WebRenderer() as renderer:
        yield renderer


def look(hue: int = 200, **options: object) -> Look:
    size = {"width": 412, "height": 2400, "density": 1.0}
    return Look(kit="android", mode="default", hue=hue, dark=False, **{**size, **options})  # type: ignore[arg-type]


def drawn(renderer: WebRenderer, page: Page, shown: Look, folder: Path) -> list[dict[str, Any]]:
    (view,) = renderer.draw(page.as_json(shown.language), [(shown, folder / "screen.png")])
    return view["elements"]


def one_row(title: str, *children: Widget) -> Screen:
    rows = part("rows", "list", row("row", {"title": title}, *children))
    return Screen("android", "rows", w.heading("bar/title", "Settings"), (rows,))


def test_every_kind_of_screen_has_all_its_labels(renderer: WebRenderer, tmp_path: Path) -> None:
    """The renderer refuses a screen on which a widget or a text has none."""
    classes: set[str] = set()
    for number, kind in enumerate(KINDS):
        page = replace(kind(random.Random(number)), overlay=None)
        elements = drawn(renderer, page, look(hue=number * 17 % 360), tmp_path)
        assert elements, kind.__name__
        classes |= {element["class"] for element in elements}
    assert classes == set(ELEMENT_CLASSES)


def test_what_lies_over_a_screen_has_all_its_labels(renderer: WebRenderer, tmp_path: Path) -> None:
    kinds = set()
    for seed in range(24):
        page = replace(one_row("Sounds"), overlay=overlay(random.Random(seed)))
        if page.overlay.kind not in kinds:
            elements = drawn(renderer, page, look(), tmp_path)
            assert {e["id"] for e in elements} >= {widget.id for widget in page.overlay.widgets}
        kinds.add(page.overlay.kind)
    assert kinds == {"dialog", "sheet", "menu", "drawer", "snackbar"}


def test_a_seed_gives_the_same_screens(renderer: WebRenderer, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        assert draw_page(renderer, 4, tmp_path / name, android_plan) == VIEWS
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 2 * VIEWS
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_text_that_is_cut_off_ends_before_the_control_beside_it(
    renderer: WebRenderer, tmp_path: Path
) -> None:
    page = one_row("A title that is far too long for such a row", w.switch("row/on", "", True))
    elements = {e["class"]: e for e in drawn(renderer, page, look(), tmp_path) if "row" in e["id"]}
    assert elements["text"]["text"].endswith("…")
    assert elements["text"]["box"][2] <= elements["switch"]["box"][0]
    assert elements["list_item"]["box"][0] == 0
    assert elements["list_item"]["box"][2] == 412


def test_the_keys_of_the_system_can_be_shapes(renderer: WebRenderer, tmp_path: Path) -> None:
    systems = [Chrome(seed=seed, system=True, shapes=True) for seed in range(6)]
    shown = [drawn(renderer, one_row("Sounds"), look(chrome=c), tmp_path) for c in systems]
    keys = [{e["id"] for e in elements if e["id"].startswith("chrome/key-")} for elements in shown]
    assert {"chrome/key-back", "chrome/key-home", "chrome/key-grid"} in keys
