"""A configuration folder of the bench's own, so that nobody's key for phones is used."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "XDG_CONFIG_HOME"


@contextlib.contextmanager
def own_configuration(folder: Path) -> Iterator[None]:
    """Within it, vistest keeps its configuration in `folder`."""
    before = os.environ.get(_NAME)
    os.environ[_NAME] = str(folder / "config")
    try:
        yield
    finally:
        if before is None:
            del os.environ[_NAME]
        else:
            os.environ[_NAME] = before
