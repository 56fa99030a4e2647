"""The phone's log and `logcat`, in the format `threadtime` (Android's liblog, logprint.cpp)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.phone.device.state import monotonic_s

if TYPE_CHECKING:
    from tests.phone.device.programs import Call

_PROCESS, _THREAD = 4242, 4242
_LOOK_S = 0.05
CRASH_TAG = "AndroidRuntime"


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
        stamp = f"{self.monotonic_s:11.3f}" if monotonic else self.stamp()
        return f"{stamp} {_PROCESS:5d} {_THREAD:5d} {self.level} {self.tag:<8s}: {self.text}\n"

    def stamp(self) -> str:
        """Month to millisecond, without a year, as Android writes it."""
        return f"{self.wall:%m-%d %H:%M:%S}.{self.wall.microsecond // 1000:03d}"


class LogBuffer:
    """All that was logged since it was cleared."""

    def __init__(self) -> None:
        self._lines: list[LogLine] = []

    def write(self, level: str, tag: str, text: str) -> None:
        """Add a line."""
        self._lines.append(LogLine(datetime.now(UTC), monotonic_s(), level, tag, text))

    async def run(self, call: Call) -> int:
        """The program: -c clears, -d ends, -T begins with the last lines or at a time."""
        words = call.arguments
        if "-c" in words:
            self._lines.clear()
            return 0
        options = dict(pairwise(words))
        monotonic = options.get("-v") == "monotonic"
        crashes = options.get("-b") == "crash"
        shown = self._first(options.get("-T", options.get("-t", "")))
        await call.say("--------- beginning of " + ("crash\n" if crashes else "main\n"))
        while True:
            new = self._lines[shown:]
            shown += len(new)
            lines = [line for line in new if not crashes or line.tag == CRASH_TAG]
            await call.say("".join(line.formatted(monotonic=monotonic) for line in lines))
            if "-d" in words or "-t" in words:
                return 0
            await asyncio.sleep(_LOOK_S)
            shown = min(shown, len(self._lines))

    async def date(self, call: Call) -> int:
        """`date [+FORMAT]`, by the clock that stamps the log."""
        wanted = call.arguments[0] if call.arguments else "+%a %b %d %H:%M:%S UTC %Y"
        await call.say(f"{datetime.now(UTC):{wanted.removeprefix('+')}}\n")
        return 0

    def _first(self, since: str) -> int:
        """Where to begin: so many lines before the end, or at a time of this year."""
        if since.isdigit():
            return max(0, len(self._lines) - int(since))
        stamps = [line.stamp() for line in self._lines]
        return sum(stamp < since for stamp in stamps)
