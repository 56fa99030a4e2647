from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import models.data.web.renderer as web
from models.data.looks import Look
from models.data.native.ink import tightened
from models.data.native.screens import GtkRenderer, QtRenderer
from models.data.pages.sampler import sampler
from models.data.renderer import PageRenderer, RenderError
from vistest.vision.images import read_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (Path(web.__file__).parent / "node_modules").is_dir(),
        reason="the icons are not set up (models/data/web/setup)",
    ),
]


@pytest.fixture(scope="module", params=["qt6", "gtk3"])
def renderer(request: pytest.FixtureRequest) -> Iterator[PageRenderer]:
    if request.param == "qt6":
        pytest.importorskip("PySide6", reason="Qt is not set up (models/data/native/setup)")
    elif shutil.which("xvfb-run") is None:
        pytest.skip("GTK is not set up (models/data/native/setup)")
    try:
        opened = QtRenderer() if request.param == "qt6" else GtkRenderer()
    except RenderError as error:
        pytest.skip(str(error))
    with opened as renderer:
        yield renderer


@pytest.mark.parametrize(("dark", "density", "language"), [(False, 1.0, "en"), (True, 2.0, "ar")])
def test_every_widget_has_a_label_with_ink_in_it(
    dark: bool, density: float, language: str, renderer: PageRenderer, tmp_path: Path
) -> None:
    look = Look("native", "default", 120, dark, 480, 2600, density, language=language)
    png = tmp_path / "screen.png"
    (view,) = renderer.draw(sampler().as_json(language), [(look, png)])
    frame = read_frame(png, density)
    assert (frame.size.width, frame.size.height) == (480 * density, 2600 * density)
    elements = tightened(view["elements"], frame.pixels, density)
    drawn = {element["id"] for element in elements}
    # Forms have no floating button, and a line shows its first few widgets only.
    left_out = {"float", "b/danger", "b/key", "b/icon"}
    assert drawn >= {w.id for w in sampler().widgets()} - left_out
    parts = {element["part"] for element in elements if element["id"] == "row/icon"}
    assert parts >= {"row", "icon", "text.title", "text.subtitle", "text.trail"}


def test_labels_move_with_the_picture(renderer: PageRenderer, tmp_path: Path) -> None:
    """Ink lies in the box of every text after scrolling too."""
    views = [
        (Look("native", "default", 10, False, 420, 600, 1.0, scroll=share), tmp_path / f"{n}.png")
        for n, share in enumerate((0.0, 0.5, 1.0, 0.2))
    ]
    answers = renderer.draw(sampler().as_json("en"), views)
    for (_, png), answer in zip(views, answers, strict=True):
        texts = [e for e in answer["elements"] if e["class"] == "text"]
        pixels = read_frame(png, 1.0).pixels
        inked = tightened([dict(e) for e in texts], pixels, 1.0)
        assert len({(e["id"], e["part"].partition("#")[0]) for e in inked}) == len(texts)


def test_a_page_that_cannot_be_drawn_is_an_error(renderer: PageRenderer, tmp_path: Path) -> None:
    page = sampler().as_json("en")
    page["sections"][0]["widgets"][0]["kind"] = "hologram"
    look = Look("native", "default", 1, False, 300, 300, 1.0)
    with pytest.raises(RenderError, match="hologram"):
        renderer.draw(page, [(look, tmp_path / "a.png")])
    assert renderer.draw(sampler().as_json("en"), [(look, tmp_path / "b.png")])
