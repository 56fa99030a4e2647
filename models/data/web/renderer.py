"""The browser that draws pages with web kits."""

from __future__ import annotations

import shutil
from pathlib import Path

from models.data.renderer import PageRenderer, RenderError

_HERE = Path(__file__).parent


class WebRenderer(PageRenderer):
    """A browser."""

    def __init__(self) -> None:
        if shutil.which("node") is None or not (_HERE / "node_modules").is_dir():
            raise RenderError("the renderer is not set up; run models/data/web/setup first")
        super().__init__(["node", str(_HERE / "src" / "renderer.mjs")])
