"""JSON lines for outside benchmarks: one record per thing asked, whatever goes wrong with one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from vistest.cli.output import error_console
from vistest.core.errors import FormatError, VistestError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_lines(path: Path, what: str, hint: str) -> list[tuple[int, str]]:
    """The lines of a text file that are not blank, each with its number.

    Raises:
        FormatError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"the {what} {path} cannot be read", hint=hint) from error
    lines = enumerate(text.splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def write_lines(out: Path, records: Iterable[dict[str, Any]], total: int, doing: str) -> None:
    """Write each record as soon as it is there, showing progress.

    Raises:
        typer.Exit: with 1, after the last record, if one holds `error`.
        VistestError: `out` cannot be written.
    """
    from rich.progress import Progress

    failures = 0
    try:
        with (
            out.open("w", encoding="utf-8") as sink,
            Progress(console=error_console, transient=True) as progress,
        ):
            for record in progress.track(records, total=total, description=doing):
                failures += "error" in record
                sink.write(json.dumps(record) + "\n")
                sink.flush()
    except OSError as error:
        raise VistestError(
            f"{out} cannot be written: {error.strerror}", hint="Give another path with --out."
        ) from error
    if failures:
        raise typer.Exit(1)
