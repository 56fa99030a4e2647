from __future__ import annotations

import base64
import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistest.core.errors import InjectionError
from vistest.devices.android.shell import Output
from vistest.devices.android.typist import Typist

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.devices.android.conftest import FakeShell
    from vistest.testing import FakeClock

KEYBOARD = "com.android.adbkeyboard/.AdbIME"
HOSTILE = "$(reboot) `id` \"a\" 'b' \\ ; & | > < * ? ~ ! # %s %% 100%"


def received(commands: list[str]) -> str:
    """What the phone's `input` makes of commands; %s is a space, as in InputShellCommand.java."""
    text = ""
    for command in commands:
        words = shlex.split(command)
        if words[:2] == ["input", "text"]:
            assert len(words) == 3, command
            text += words[2].replace("%s", " ")
        elif words[:2] == ["input", "keyevent"]:
            text += {"66": "\n", "61": "\t"}[words[2]]
    return text


def test_hostile_text_arrives_as_it_is(
    make_shell: Callable[..., FakeShell], clock: FakeClock
) -> None:
    shell = make_shell()
    Typist(shell, clock).type(f"{HOSTILE}\nnext\tfield")
    assert received(shell.commands) == f"{HOSTILE}\nnext\tfield"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=300))
def test_all_of_ascii_arrives(text: str) -> None:
    from vistest.testing import FakeClock

    class Recorder:
        commands: list[str]

        def __init__(self) -> None:
            self.commands = []

        def run(self, command: str, timeout_s: float = 5.0) -> Output:
            self.commands.append(command)
            return Output("", 0)

    shell = Recorder()
    Typist(shell, FakeClock()).type(text)  # type: ignore[arg-type]
    assert received(shell.commands) == text


def test_without_a_way_nothing_at_all_is_typed(
    make_shell: Callable[..., FakeShell], clock: FakeClock
) -> None:
    shell = make_shell({"ime list": "com.example/.Latin\n"})
    typist = Typist(shell, clock)
    assert not typist.any_script
    with pytest.raises(InjectionError) as caught:
        typist.type("plain, then 世界")
    assert "ADBKeyBoard" in caught.value.hint
    assert not [command for command in shell.commands if command.startswith("input")]


def test_the_owners_keyboard_is_put_back(
    make_shell: Callable[..., FakeShell], clock: FakeClock
) -> None:
    shell = make_shell(
        {"ime list": f"com.example/.Latin\n{KEYBOARD}\n", "settings get": "com.example/.Latin\n"}
    )
    Typist(shell, clock).type("世界\n")
    sent = [command.split()[-1] for command in shell.commands if command.startswith("am broadcast")]
    assert [base64.b64decode(word).decode() for word in sent] == ["世界"]
    assert shell.commands[-1] == "ime set 'com.example/.Latin'"
    assert "input keyevent 66" in shell.commands


def test_a_clipboard_is_used_where_there_is_one(
    make_shell: Callable[..., FakeShell], clock: FakeClock
) -> None:
    class Clipboard:
        pasted: list[str] = []  # noqa: RUF012

        def paste(self, text: str) -> None:
            self.pasted.append(text)

    shell = make_shell()
    Typist(shell, clock, Clipboard()).type("a\n世界")
    assert Clipboard.pasted == ["世界"]
    assert received(shell.commands) == "a\n"
