"""`vistest doctor`: what is missing here, and the command that installs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from vistest.cli.output import console, print_json, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vistest.cli.checks import Check


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is missing and how to install it; exit code 1 if something required is."""
    from vistest.cli.checks import all_checks, install_commands

    checks = all_checks()
    commands = install_commands(checks)
    healthy = all(check.ok for check in checks if check.required)
    if as_json:
        print_json(
            {
                "ok": healthy,
                "checks": [check.as_json() for check in checks],
                "install": list(commands),
            }
        )
    else:
        _print(checks, commands)
    raise typer.Exit(0 if healthy else 1)


def _print(checks: Sequence[Check], commands: Sequence[str]) -> None:
    table = Table("", "what", "for", "found")
    for check in checks:
        sign = "[green]ok[/]" if check.ok else "[red]missing[/]" if check.required else "absent"
        table.add_row(sign, show(check.name), show(check.purpose), show(check.found))
    console.print(table)
    if commands:
        console.print("To install what is missing:")
    for command in commands:
        console.print(f"    {show(command, 1000)}", soft_wrap=True)
