"""Versions of a model bundle's manifest.

A new version raises the number, adds the function that turns a manifest of the old version into one
of the new, and leaves a sample of the old version in `tests/data/bundle`.
"""

from __future__ import annotations

from typing import Any

from vistest.core.formats import Format

BUNDLE: Format[dict[str, Any]] = Format("model bundle", 1)
