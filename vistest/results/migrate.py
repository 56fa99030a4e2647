"""Versions of the results' file.

A new version raises the number, adds the function that turns a line of the old version into one
of the new, and leaves a sample of the old version in `tests/data`.
"""

from __future__ import annotations

from typing import Any

from vistest.core.formats import Format

RESULTS: Format[list[dict[str, Any]]] = Format("result", 1)
