"""The phone's log and `logcat`, in the format `threadtime` (Android's liblog, logprint.cpp)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.phone.device.state import monotonic_s

if TYPE_CHECKING:
    from tests.phone.device.programs import Call

_PROCESS, _THREAD = 4242, 4242
_BUFFER = "--------- beginning of main\n"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log."""

    wall: datetime
    monotonic_s: float
    level: str
    tag: str
    text: str

    def formatted(self, *, monotonic: bool) -> str:
        """As `logcat -v threadtime` prints it, or `-v monotonic` with it."""
        stamp = f"{self.wall:%m-%d %H:%M:%S}.{self.wall.microsecond // 1000:03d}"
        if monotonic:
            stamp = f"{self.monotonic_s:11.3f}"
        return f"{stamp} {_PROCESS:5d} {_THREAD:5d} {self.level} {self.tag:<8s}: {self.text}\n"


class LogBuffer:
    """All that was logged since it was cleared."""

    def __init__(self) -> None:
        self._lines: list[LogLine] = []

    def write(self, level: str, tag: str, text: str) -> None:
        """Add a line."""
        self._lines.append(LogLine(datetime.now(UTC), monotonic_s(), level, tag, text))

    async def run(self, call: Call) -> int:
        """The program: `-c` clears, `-d` prints and ends, `-T N` begins with the last N lines."""
        words = call.arguments
        if "-c" in words:
            self._lines.clear()
            return 0
        monotonic = "monotonic" in words
        shown = max(0, len(self._lines) - _last(words))
        await call.say(_BUFFER)
        while True:
            new = self._lines[shown:]
            shown += len(new)
            await call.say("".join(line.formatted(monotonic=monotonic) for line in new))
            if "-d" in words or "-t" in words:
                return 0
            await asyncio.sleep(0.05)
            shown = min(shown, len(self._lines))


def _last(words: list[str]) -> int:
    """How many of the lines that there are; all, if it is not said or a time is given."""
    for flag in ("-T", "-t"):
        if flag in words and words[words.index(flag) + 1].isdigit():
            return int(words[words.index(flag) + 1])
    return 1_000_000
