"""Applications on a display of this machine, and everything that they start."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError
from vistest.core.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Children inherit it, also those that leave the process group (daemons of D-Bus do).
_MARK = "VISTEST_APPLICATION"
_TERMINATE_S = 2.0


class LocalApplication:
    """A running program with all its descendants.

    Args:
        command: The program and its arguments.
        environment: All of its environment.
        pass_fds: File descriptors that it inherits.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        pass_fds: Sequence[int] = (),
    ) -> None:
        self._mark = f"{_MARK}={uuid.uuid4().hex}"
        key, _, value = self._mark.partition("=")
        self._process = _start(command, {**environment, key: value}, pass_fds)

    @property
    def process(self) -> int:
        """The number of the program's process."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the program that was started still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the program and all that it started; safe to call twice."""
        end_marked(self._mark)
        self._process.kill()  # in its first moment a process has no environment to be found by
        self._process.wait()


def end_marked(mark: str) -> None:
    """End all processes with `mark`, as in `NAME=value`, in their environment.

    Each is asked once, also those that show up meanwhile; those that stay are killed.
    """
    deadline = Deadline.after(_TERMINATE_S, MonotonicClock())
    asked: set[int] = set()
    while (left := _marked(mark)) and not deadline.passed:
        _signal(set(left) - asked, signal.SIGTERM)
        asked.update(left)
        deadline.pause(0.02)
    _signal(left, signal.SIGKILL)


def _start(
    command: Sequence[str], environment: Mapping[str, str], pass_fds: Sequence[int]
) -> subprocess.Popen[bytes]:
    program = shutil.which(command[0], path=environment.get("PATH")) if command else None
    if program is None:
        name = printable(command[0]) if command else ""
        raise DeviceError(
            f"There is no program '{name}' to start.",
            hint="check its name, or install the package that has it.",
        )
    try:
        return subprocess.Popen(
            [program, *command[1:]],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=pass_fds,
        )
    except OSError as error:
        raise DeviceError(f"'{printable(program)}' cannot be started: {error}.") from error


def _marked(mark: str) -> list[int]:
    """The processes whose environment holds `mark`; one that is gone meanwhile is left out."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


def _signal(processes: Iterable[int], kind: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, kind)
