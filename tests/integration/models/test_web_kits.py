from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import models.data.web.renderer as module
from models.data.looks import EVALUATION_KIT_MODES, KIT_MODES, Chrome, Look
from models.data.pages.sampler import sampler
from models.data.renderer import RenderError
from models.data.web.renderer import WebRenderer
from vistest.core.scene import ELEMENT_CLASSES
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def look(kit: str, mode: str, **options: object) -> Look:
    size = {"width": 412, "height": 2800, "density": 1.0}
    return Look(kit=kit, mode=mode, hue=200, dark=False, **{**size, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kit", "mode"),
    [(k, mode) for k, modes in (KIT_MODES | EVALUATION_KIT_MODES).items() for mode in modes],
)
def test_every_widget_of_every_kit_has_a_label(
    kit: str, mode: str, renderer: WebRenderer, tmp_path: Path
) -> None:
    png = tmp_path / "screen.png"
    (view,) = renderer.draw(sampler().as_json("en"), [(look(kit, mode), png)])
    classes = {element["class"] for element in view["elements"]}
    assert classes == set(ELEMENT_CLASSES)
    ids = {element["id"] for element in view["elements"]}
    assert ids >= {widget.id for widget in sampler().widgets()}
    assert read_frame(png, 1.0).size.width == 412


def test_a_widget_that_is_not_drawn_is_an_error(renderer: WebRenderer, tmp_path: Path) -> None:
    page = sampler().as_json("en")
    page["sections"][1]["widgets"][0]["texts"]["ghost"] = "Nobody draws this"
    with pytest.raises(RenderError, match=r"f/label text.ghost was never drawn"):
        renderer.draw(page, [(look("bootstrap", "default"), tmp_path / "a.png")])
    renderer.draw(sampler().as_json("en"), [(look("bootstrap", "default"), tmp_path / "b.png")])


def test_bars_of_the_device_do_not_cover_the_application(
    renderer: WebRenderer, tmp_path: Path
) -> None:
    chrome = Chrome(seed=3, status=True, system=True, keyboard=True, wallpaper=5)
    shown = look("ionic", "md", height=900, chrome=chrome)
    (view,) = renderer.draw(sampler().as_json("en"), [(shown, tmp_path / "a.png")])
    keys = [e for e in view["elements"] if e["id"].startswith("key/")]
    app = [e for e in view["elements"] if not e["id"].startswith(("key/", "chrome/")) and e["id"]]
    assert len(keys) > 10
    assert max(e["box"][3] for e in app) <= min(e["box"][1] for e in keys)


def test_the_same_look_is_the_same_picture(renderer: WebRenderer, tmp_path: Path) -> None:
    shown = look("vuetify", "default", height=900)
    for name in ("a.png", "b.png"):
        renderer.draw(sampler().as_json("ru"), [(shown, tmp_path / name)])
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("kit", ["bootstrap", "ionic", "vuetify"])
def test_rows_can_be_spread_and_laid_out_as_tiles(
    kit: str, renderer: WebRenderer, tmp_path: Path
) -> None:
    def rows(**options: object) -> list[list[float]]:
        shown = look(kit, KIT_MODES[kit][0], **options)
        (view,) = renderer.draw(sampler().as_json("en"), [(shown, tmp_path / "a.png")])
        return [e["box"] for e in view["elements"] if e["class"] == "list_item"]

    plain, spread, tiles = rows(), rows(spread=64), rows(flow="tiles")
    assert spread[1][1] - spread[0][3] > plain[1][1] - plain[0][3] + 40
    assert tiles[0][1] == pytest.approx(tiles[1][1], abs=2)
    assert tiles[0][2] <= tiles[1][0] + 1
