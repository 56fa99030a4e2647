"""What an application of this folder has written to its log so far."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def read_log(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a log of JSON lines, none if there is no log yet.

    A line without its end is still being written: a reader may see the first half of it.
    """
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
