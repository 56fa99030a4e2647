from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import models.data.web.renderer as web
from models.data.looks import Look
from models.data.native.ink import tightened
from models.data.native.qt import QtRenderer
from models.data.pages.sampler import sampler
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("PySide6", reason="Qt is not set up (models/data/native/setup)")
pytestmark = pytest.mark.skipif(
    not (Path(web.__file__).parent / "node_modules").is_dir(),
    reason="the icons are not set up (models/data/web/setup)",
)


@pytest.fixture(scope="module")
def renderer() -> Iterator[QtRenderer]:
    with QtRenderer() as renderer:
        yield renderer


@pytest.mark.parametrize(("dark", "density", "language"), [(False, 1.0, "en"), (True, 2.0, "ar")])
def test_every_widget_has_a_label_with_ink_in_it(
    dark: bool, density: float, language: str, renderer: QtRenderer, tmp_path: Path
) -> None:
    look = Look("qt6", "default", 120, dark, 480, 2600, density, language=language)
    png = tmp_path / "screen.png"
    (view,) = renderer.draw(sampler().as_json(language), [(look, png)])
    frame = read_frame(png, density)
    assert (frame.size.width, frame.size.height) == (480 * density, 2600 * density)
    elements = tightened(view["elements"], frame.pixels, density)
    drawn = {element["id"] for element in elements}
    # Qt forms have no floating button, and a line shows its first five widgets only.
    expected = {w.id for w in sampler().widgets()} - {"float", "b/key", "b/icon"}
    assert drawn >= expected
    texts = {element["part"] for element in elements if element["id"] == "row/icon"}
    assert texts >= {"row", "icon", "text.title", "text.subtitle", "text.trail"}


def test_a_page_that_qt_cannot_draw_is_an_error(renderer: QtRenderer, tmp_path: Path) -> None:
    page = sampler().as_json("en")
    page["sections"][0]["widgets"][0]["kind"] = "hologram"
    look = Look("qt6", "default", 1, False, 300, 300, 1.0)
    with pytest.raises(Exception, match="hologram"):
        renderer.draw(page, [(look, tmp_path / "a.png")])
    assert renderer.draw(sampler().as_json("en"), [(look, tmp_path / "b.png")])
