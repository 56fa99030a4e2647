from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vistest.core.errors import DeviceError
from vistest.devices.android.application import StartOrder, parse_order, start
from vistest.devices.android.shell import Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.devices.android.conftest import FakeShell

PACKAGE = "com.example.shop"


def test_what_a_command_says() -> None:
    assert parse_order([PACKAGE]) == StartOrder(PACKAGE)
    assert parse_order([f"{PACKAGE}/.Main", "--clear"]) == StartOrder(PACKAGE, ".Main", clear=True)
    order = parse_order([PACKAGE, "--install", "shop.apk", "--grant"])
    assert (order.install, order.grant) == ("shop.apk", True)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["galculator"],
        [PACKAGE, "--force"],
        [PACKAGE, "--install"],
        ["com.a;reboot"],
        ["a.b", "c.d"],
    ],
)
def test_other_commands_are_refused(command: list[str]) -> None:
    with pytest.raises(DeviceError):
        parse_order(command)


def test_it_is_started_afresh_and_stopped_once(make_shell: Callable[..., FakeShell]) -> None:
    shell = make_shell({"resolve-activity": f"priority=0\n{PACKAGE}/.Main\n", "pidof": "4242\n"})
    application = start(None, shell, StartOrder(PACKAGE), {"who": "it's me"})  # type: ignore[arg-type]
    assert f"am start -S -W -n '{PACKAGE}/.Main' --es 'who' 'it'\\''s me'" in shell.commands
    assert application.running
    application.close()
    application.close()
    assert shell.commands.count(f"am force-stop {PACKAGE}") == 1


def test_why_it_does_not_start(make_shell: Callable[..., FakeShell]) -> None:
    unknown = make_shell({"pm path": Output("", 1)})
    with pytest.raises(DeviceError, match="no application"):
        start(None, unknown, StartOrder(PACKAGE), None)  # type: ignore[arg-type]
    broken = make_shell({"am start": Output("Error type 3\nError: Activity does not exist", 0)})
    with pytest.raises(DeviceError, match="did not start"):
        start(None, broken, StartOrder(PACKAGE, ".Gone"), None)  # type: ignore[arg-type]
    kept = make_shell({"pm clear": "Failed\n"})
    with pytest.raises(DeviceError, match="could not clear"):
        start(None, kept, StartOrder(PACKAGE, ".Main", clear=True), None)  # type: ignore[arg-type]
