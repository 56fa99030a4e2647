"""Screens drawn by native toolkits."""

from __future__ import annotations

import importlib.util
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from models.data.images import as_jpeg
from models.data.native.ink import tightened
from models.data.pages.mixed import mixed_page
from models.data.renderer import PageRenderer, RenderError
from models.data.screens import write_labels
from models.data.web.screens import looks
from vistest.vision.images import read_frame


class QtRenderer(PageRenderer):
    """Qt without a screen."""

    def __init__(self) -> None:
        if importlib.util.find_spec("PySide6") is None:
            raise RenderError("Qt is not installed; run models/data/native/setup first")
        super().__init__(
            [sys.executable, "-m", "models.data.native.qt_renderer"],
            {"QT_QPA_PLATFORM": "offscreen"},
        )


class GtkRenderer(PageRenderer):
    """GTK 3 under a display server of its own.

    Debian's Python runs it: the bindings are built for that one.
    """

    def __init__(self) -> None:
        root = Path(__file__).parents[3]
        python = "/usr/bin/python3"
        found = [shutil.which("xvfb-run"), Path(python).exists() and _has_gtk(python)]
        if not all(found):
            raise RenderError("GTK is not installed; run models/data/native/setup first")
        super().__init__(
            ["xvfb-run", "--auto-servernum", python, "-m", "models.data.native.gtk_renderer"],
            {
                "PYTHONPATH": str(root), "GDK_SCALE": "1", "GDK_BACKEND": "x11",
                "NO_AT_BRIDGE": "1", "GTK_OVERLAY_SCROLLING": "0",
            },
        )  # fmt: skip


def _has_gtk(python: str) -> bool:
    check = "import gi; gi.require_version('Gtk', '3.0')"
    return subprocess.run([python, "-c", check], check=False, capture_output=True).returncode == 0


def draw_page(renderer: PageRenderer, seed: int, folder: Path, kit: str) -> int:
    """Draws the screens of one page into `folder` unless they are there; says how many.

    Args:
        renderer: Of the toolkit.
        seed: Of the page.
        folder: For the pictures and labels.
        kit: Name of the toolkit.

    Raises:
        RenderError: the page could not be drawn.
    """
    rng = random.Random(f"{kit} {seed}")
    page = replace(mixed_page(rng), overlay=None)
    views = [
        (replace(look, kit=kit, mode="default", chrome=None), folder / f"{seed:07}_{n}.png")
        for n, look in enumerate(looks(rng))
    ]
    if views[-1][1].with_suffix(".json").exists():
        return 0
    answers = renderer.draw(page.as_json(views[0][0].language), views)
    for (look, png), answer in zip(views, answers, strict=True):
        pixels = read_frame(png, look.density).pixels
        answer["elements"] = tightened(answer["elements"], pixels, look.density)
        write_labels(
            as_jpeg(png), look.density, answer, source="native", kit=kit, app=page.app,
            page=page.name, seed=seed, look="random", look_options=look.as_json(),
        )  # fmt: skip
    return len(views)
