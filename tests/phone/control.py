"""The test's end of a phone's control socket."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT_S = 60.0
"""The machine may be busy, and a burst of taps takes its time."""


class PhoneControl:
    """Calls what `tests.phone.device.control.Control` offers; any thread may."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_LIMIT_S)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("rwb")
        self._lock = threading.Lock()

    def call(self, name: str, **arguments: Any) -> Any:
        """Have the phone do something.

        Raises:
            RuntimeError: it could not.
        """
        with self._lock:
            self._file.write(json.dumps({"call": name, "with": arguments}).encode() + b"\n")
            self._file.flush()
            answer = json.loads(self._file.readline())
        if "error" in answer:
            raise RuntimeError(f"phone.{name}: {answer['error']}")
        return answer["result"]

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._file.close()
        self._socket.close()
