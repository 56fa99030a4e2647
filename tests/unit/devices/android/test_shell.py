"""The quoting is judged by a real shell."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vistest.core.errors import DeviceError, DeviceLost
from vistest.devices.android.shell import Shell, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_NUL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@settings(max_examples=40)
@given(st.lists(_NO_NUL, min_size=1, max_size=20))
def test_a_shell_takes_quoted_words_as_they_are(words: list[str]) -> None:
    command = "printf '%s\\0' " + " ".join(quoted(word) for word in words)
    output = subprocess.run(["sh", "-c", command], capture_output=True, check=True).stdout
    assert output.decode().split("\0")[:-1] == words


def test_a_nul_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        quoted("a\0b")


class RealShellStream:
    """A `Stream` to a shell of this machine."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["sh"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._came: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._run, daemon=True).start()

    def read(self, timeout_s: float) -> bytes:
        try:
            return self._came.get(timeout=timeout_s)
        except queue.Empty as error:
            raise TimeoutError from error

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _run(self) -> None:
        assert self.process.stdout is not None
        try:
            while part := self.process.stdout.read1(65536):
                self._came.put(part)
        except (OSError, ValueError):
            pass
        self._came.put(b"")


class OneLink:
    """A `Link` whose phone is this machine."""

    comes_back = False

    def __init__(self) -> None:
        self.streams: list[RealShellStream] = []

    def open(self, service: str, timeout_s: float = 5.0) -> RealShellStream:
        assert service == "exec:sh"
        self.streams.append(RealShellStream())
        return self.streams[-1]


@pytest.fixture
def shell() -> Iterator[Shell]:
    link = OneLink()
    yield Shell(link)  # type: ignore[arg-type]
    for stream in link.streams:
        stream.close()


def test_output_and_exit_code_of_each_command(shell: Shell) -> None:
    assert shell.text("echo one; echo two >&2") == "one\ntwo\n"
    assert shell.run("(exit 3)").code == 3
    assert shell.text("printf 'no newline'") == "no newline"
    assert shell.text("cat") == "", "a command must not read what is meant for the shell"


def test_a_command_that_fails_says_why(shell: Shell) -> None:
    with pytest.raises(DeviceError, match="No such file"):
        shell.text("ls /none/such")


def test_a_command_that_hangs_costs_its_time_limit_only(shell: Shell) -> None:
    with pytest.raises(DeviceLost):
        shell.run("sleep 5", timeout_s=0.2)
    assert shell.text("echo again") == "again\n"


def test_a_shell_that_ends_is_a_lost_phone(shell: Shell) -> None:
    with pytest.raises(DeviceLost):
        shell.run("exit 1")
