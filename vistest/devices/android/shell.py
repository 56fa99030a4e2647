"""One shell on the phone that stays open, for a new one costs tens of milliseconds.

Text is only ever put between single quotes, where a shell takes every character as it is.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import threading
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vistest.core.clock import Deadline, MonotonicClock
from vistest.core.errors import DeviceError, DeviceLost
from vistest.core.text import printable
from vistest.devices.android.transport import ANSWER_LIMIT_S, overdue, refused_as

if TYPE_CHECKING:
    from vistest.devices.android.link import Link
    from vistest.devices.android.transport import Stream

_SERVICE = "exec:sh"
_MOST_OUTPUT = 64 * 1024 * 1024

_clock = MonotonicClock()


@dataclass(frozen=True, slots=True)
class Output:
    """What a command wrote, errors included, and how it ended."""

    text: str
    code: int


def quoted(text: str) -> str:
    """`text` as one word that no shell reads anything into.

    Raises:
        ValueError: it holds a NUL, which no argument can.
    """
    if "\0" in text:
        raise ValueError("an argument cannot hold a NUL")
    return "'" + text.replace("'", "'\\''") + "'"


class Shell:
    """Runs commands one after the other; used from any thread."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._guard = threading.Lock()
        self._stream: Stream | None = None
        self._secret = uuid.uuid4().hex  # no command can write the mark by chance or intent
        self._marks = itertools.count(1)

    def run(self, command: str, timeout_s: float = ANSWER_LIMIT_S) -> Output:
        """Run one line.

        Args:
            command: For the phone's shell, in one line; put foreign text through `quoted`.
            timeout_s: It must end by then.

        Raises:
            DeviceLost: the phone went away, or did not answer in time.
        """
        with self._guard:
            mark = f"{self._secret}-{next(self._marks)}"
            stream = self._opened()
            # The empty input keeps a command from reading what is meant for the shell.
            line = f"{{ {command}; }} </dev/null 2>&1; echo {mark}:$?\n"
            try:
                stream.write(line.encode())
                return self._read_to(stream, mark, timeout_s)
            except DeviceLost:
                self._drop()
                raise

    def text(self, command: str, timeout_s: float = ANSWER_LIMIT_S) -> str:
        """What `command` writes.

        Raises:
            DeviceError: it failed.
        """
        output = self.run(command, timeout_s)
        if output.code:
            reason = printable(output.text.strip().rpartition("\n")[2])
            name = printable(command.partition(" ")[0])
            raise DeviceError(f"'{name}' failed on the phone ({output.code}): {reason}")
        return output.text

    def ask(self, command: str, timeout_s: float = ANSWER_LIMIT_S) -> str:
        """What a command that changes nothing writes; asked again if the phone comes back."""
        try:
            return self.run(command, timeout_s).text
        except DeviceLost:
            if not self._link.comes_back:
                raise
            return self.run(command, timeout_s).text

    def close(self) -> None:
        """End the shell; safe to call twice."""
        self._drop()

    def _opened(self) -> Stream:
        if self._stream is None:
            self._stream = _open(self._link)
        return self._stream

    def _drop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(DeviceLost):
                stream.close()

    def _read_to(self, stream: Stream, mark: str, timeout_s: float) -> Output:
        deadline = Deadline.after(timeout_s, _clock)
        end = re.compile(rb"%b:(\d+)\r?\n" % mark.encode())
        came = bytearray()
        while (found := end.search(came, max(0, len(came) - 4096))) is None:
            try:
                part = stream.read(deadline.remaining_s)
            except TimeoutError as error:
                raise overdue(timeout_s) from error
            if not part:
                raise DeviceLost("The shell on the phone has ended.")
            came += part
            if len(came) > _MOST_OUTPUT:
                raise DeviceLost("The phone's answer has no end.")
        text = came[: found.start()].decode("utf-8", "replace").replace("\r\n", "\n")
        return Output(text, int(found[1]))


def _open(link: Link) -> Stream:
    """A shell that reads its standard input and has no terminal."""
    refusal = DeviceError("The phone gives no shell.", hint="vistest needs Android 5 or newer.")
    with refused_as(refusal):
        return link.open(_SERVICE)
