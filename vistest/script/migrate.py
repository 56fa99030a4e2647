"""Versions of the files of a script.

A new version raises the number, adds the function that turns a document of the old version into
one of the new, and leaves a sample of the old version in `tests/data`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vistest.core.formats import Format

if TYPE_CHECKING:
    from vistest.script.nodes import Fields

SCRIPT: Format[Fields] = Format("script", 1)
SCENE: Format[dict[str, Any]] = Format("scene", 1)
