import json

import pytest
from typer.testing import CliRunner

from vistest.cli import app, checks
from vistest.cli.checks import Check, install_commands

runner = CliRunner()


def test_one_command_per_package_manager_installs_all_that_is_missing() -> None:
    found = [
        Check("a", "", False, manager="apt", package="libb"),
        Check("b", "", False, manager="apt", package="liba"),
        Check("c", "", True, manager="apt", package="there"),
        Check("d", "", False, manager="pip", package="vistest[x11]"),
        Check("e", "", False),
    ]
    apt, pip = install_commands(found)
    assert apt.endswith("apt-get install --no-install-recommends liba libb")
    assert pip.endswith("-m pip install 'vistest[x11]'")


@pytest.mark.parametrize("requirement", ["no-such-package>=1", "numpy>=9999"])
def test_a_missing_required_package_fails_the_examination(
    requirement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "requires", lambda _: [requirement])
    result = runner.invoke(app, ["doctor", "--json"])
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert not document["ok"]
    assert requirement in "".join(document["install"])


def test_a_wayland_session_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    document = json.loads(runner.invoke(app, ["doctor", "--json"]).stdout)
    assert any("Wayland" in check["found"] for check in document["checks"])


def test_the_table_is_for_people() -> None:
    result = runner.invoke(app, ["doctor"])
    assert "Python package" in result.stdout
