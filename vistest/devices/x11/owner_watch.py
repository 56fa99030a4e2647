"""Ends programs when the process that owns them dies, however it dies."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# It waits for the end of its input, which is when the owner closes it or is no more.
_SCRIPT = 'cat >/dev/null; kill "$@" 2>/dev/null; rm -rf -- "$0"'


class OwnerWatch:
    """A small program that outlives a killed owner, to clean up for it.

    Args:
        processes: To be ended.
        folder: To be removed.
    """

    def __init__(self, processes: Sequence[int], folder: Path) -> None:
        self._program = subprocess.Popen(
            ["sh", "-c", _SCRIPT, str(folder), *map(str, processes)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def close(self) -> None:
        """Call it off, because the owner cleans up itself; safe to call twice."""
        self._program.kill()
        self._program.wait()
        if self._program.stdin is not None:
            self._program.stdin.close()
