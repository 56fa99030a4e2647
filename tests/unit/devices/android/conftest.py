"""A phone's shell that answers by a table, and a clock that does not wait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from vistest.devices.android.shell import Output
from vistest.testing import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FakeShell:
    """Answers each command by the first pattern that it matches; notes all of them."""

    def __init__(self, answers: Mapping[str, str | Output], clock: FakeClock) -> None:
        self.answers = dict(answers)
        self.commands: list[str] = []
        self.clock = clock

    def run(self, command: str, timeout_s: float = 5.0) -> Output:
        self.commands.append(command)
        for pattern, answer in self.answers.items():
            if re.search(pattern, command):
                return answer if isinstance(answer, Output) else Output(answer, 0)
        return Output("", 0)

    def ask(self, command: str, timeout_s: float = 5.0) -> str:
        return self.run(command, timeout_s).text

    text = ask


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def make_shell(clock: FakeClock) -> Callable[..., FakeShell]:
    return lambda answers=(): FakeShell(dict(answers), clock)
