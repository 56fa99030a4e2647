"""The front door: parse, call, print. One file per command; commands are added here by name."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

import vistest
from vistest.cli.build import build
from vistest.cli.demo import demo
from vistest.cli.devices import devices
from vistest.cli.doctor import doctor
from vistest.cli.locate import locate
from vistest.cli.model import model
from vistest.cli.output import print_error
from vistest.cli.parse import parse
from vistest.cli.record import record
from vistest.cli.replay import replay
from vistest.cli.report import report
from vistest.core.errors import VistestError

app = typer.Typer(
    name="vistest",
    help="Record on one device, replay on another by looking at the screen only.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"vistest {vistest.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option(help="Show log lines and full error traces.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )


app.command()(build)
app.command()(demo)
app.command()(devices)
app.command()(doctor)
app.command()(locate)
app.add_typer(model, name="model")
app.command()(parse)
app.command()(record)
app.command()(replay)
app.command()(report)


def main() -> None:
    """Run the command line; an expected error is one sentence and exit code 1."""
    try:
        app()
    except VistestError as error:
        if "--debug" in sys.argv:
            raise
        print_error(error)
        sys.exit(1)
