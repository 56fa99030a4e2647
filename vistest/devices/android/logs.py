"""The phone's log of a stretch of time, and what went wrong in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vistest.core.text import printable
from vistest.devices.android.shell import quoted
from vistest.devices.base import DeviceLog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vistest.devices.android.shell import Shell

_NOW = "date '+%m-%d %H:%M:%S.000'"
_STAMP = re.compile(r"\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}")
_LIMIT_S = 30.0
_MOST_CHARACTERS = 4_000_000

# logcat -v threadtime: date, time, process, thread, level, tag: text
_LINE = re.compile(r"(\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\s+\d+\s+\d+ [VDIWEF] (.*?)\s*: (.*)")
_CRASH_TAGS = {"AndroidRuntime", "DEBUG"}
_PROCESS = re.compile(r"Process: ([\w.:]+)|>>> ([\w./:]+) <<<")
_ANR = re.compile(r"ANR in ([\w.:/]+)")


class LogWatch:
    """Remembers when it began, and gives the log since then."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._since = ""

    def begin(self) -> None:
        """Lines from now on count."""
        found = _STAMP.search(self._shell.ask(_NOW))
        self._since = found[0] if found else ""

    def collect(self) -> list[DeviceLog]:
        """The log, and if there are any, crashes and applications that did not respond.

        Raises:
            DeviceLost: the phone went away.
        """
        since = f" -T {quoted(self._since)}" if self._since else " -t 2000"
        text = self._shell.run(f"logcat -d -v threadtime{since}", _LIMIT_S).text
        lines = [line for line in text.splitlines() if self._is_since(line)]
        logs = [DeviceLog("logcat", "\n".join(lines)[-_MOST_CHARACTERS:] + "\n")]
        if crash := crashes(lines):
            logs.append(DeviceLog("crashes", "\n".join(crash) + "\n", trouble_of(lines)))
        return logs

    def _is_since(self, line: str) -> bool:
        """`-T` is taken for a number of lines by some; the year is in no line."""
        found = _STAMP.match(line)
        return found is None or not self._since or found[0] >= self._since


def crashes(lines: list[str]) -> list[str]:
    """The lines of crashes and of applications that did not respond."""
    return [line for line in lines if _is_trouble(line)]


def trouble_of(lines: list[str]) -> str:
    """What went wrong, one sentence for a person; empty if nothing did."""
    return "; ".join(dict.fromkeys(_troubles(lines)))


def _troubles(lines: list[str]) -> Iterator[str]:
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        _, tag, text = found.groups()
        if tag in _CRASH_TAGS and (process := _PROCESS.search(text)):
            yield f"{printable(process[1] or process[2], 80)} crashed"
        if tag == "ActivityManager" and (anr := _ANR.match(text)):
            yield f"{printable(anr[1], 80)} did not respond"


def _is_trouble(line: str) -> bool:
    found = _LINE.match(line)
    if found is None:
        return False
    _, tag, text = found.groups()
    anr = tag == "ActivityManager" and text.startswith(("ANR in", "Reason:", "PID:"))
    return tag in _CRASH_TAGS or anr
