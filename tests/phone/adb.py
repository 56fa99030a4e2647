"""Debian's adb and the package adb-shell, as the tests use them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.phone.phone import Phone

_LIMIT_S = 20.0


class Adb:
    """Debian's adb with a server of its own, connected to one phone or to several."""

    def __init__(self, *phones: Phone) -> None:
        self._first = phones[0]
        for phone in phones:
            self._run(["connect", phone.address])
            if not eventually(lambda: self(("get-state"), phone=phone).stdout == b"device\n"):  # noqa: B023 - called at once
                raise RuntimeError(f"adb does not reach {phone.address}")

    def __call__(
        self, *words: str, phone: Phone | None = None, text: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run adb for one phone, by default the first."""
        return self._run(["-s", (phone or self._first).address, *words], text)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start adb, and have what it writes in a pipe."""
        return subprocess.Popen(
            ["adb", "-s", self._first.address, *words],
            env=self._first.adb_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )

    def _run(self, words: list[str], text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["adb", *words],
            env=self._first.adb_environment(),
            input=text,
            capture_output=True,
            timeout=_LIMIT_S,
            check=False,
        )


def eventually(condition: Callable[[], object], limit_s: float = 8.0) -> bool:
    """Whether `condition` holds at last."""
    deadline = Deadline.after(limit_s, MonotonicClock())
    while not condition():
        if deadline.passed:
            return False
        deadline.pause(0.03)
    return True
