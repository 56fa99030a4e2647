from __future__ import annotations

import importlib

import pytest
import typer
from typer.testing import CliRunner

COMMANDS = ("build", "overlay", "pairs", "web.__main__")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    app = typer.Typer()
    app.command()(importlib.import_module(f"models.data.{name}").main)
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_a_split_that_does_not_exist_is_named(tmp_path: object) -> None:
    app = typer.Typer()
    app.command()(importlib.import_module("models.data.build").main)
    result = CliRunner().invoke(app, ["--out", str(tmp_path), "--split", "acceptance"])
    assert result.exit_code == 2
    assert "training" in result.output
