"""`vistest build`: a recording -> a script."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from vistest.cli.output import console, error_console, print_json, show

if TYPE_CHECKING:
    from vistest.codegen import Remark
    from vistest.script.model import Script


def build(
    recording: Annotated[Path, typer.Argument(help="NAME.vrec, written by vistest record.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="NAME.vistest; beside the recording.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the script, for people.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a script that is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Make a script of objects and interactions out of a recording."""
    folder = output or recording.with_suffix(".vistest")
    script, remarks = make_script(recording, folder, name=name, force=force, quiet=as_json)
    if as_json:
        print_json(script_document(script, folder, remarks))
    else:
        print_script(script, folder, remarks)


def make_script(
    recording: Path, folder: Path, *, name: str = "", force: bool = False, quiet: bool = False
) -> tuple[Script, list[Remark]]:
    """Build the script of `recording` into `folder`, with a bar unless `quiet`."""
    from vistest.codegen import build_script
    from vistest.recording import Recording
    from vistest.vision.parse import ScreenParser

    opened = Recording.open(recording)
    remarks: list[Remark] = []
    columns = (TextColumn("building"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=error_console, transient=True, disable=quiet) as progress:
        task = progress.add_task("build", total=None)
        script = build_script(
            opened,
            ScreenParser.default(),
            folder,
            name=name,
            overwrite=force,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
            on_remark=remarks.append,
        )
    return script, remarks


def script_document(script: Script, folder: Path, remarks: list[Remark]) -> dict[str, Any]:
    """What `--json` says about a script that was built."""
    return {
        "script": str(folder),
        "name": script.name,
        "steps": len(script.steps),
        "lost": sum(remark.lost for remark in remarks),
        "remarks": [
            {"time_ms": round(remark.time_ms, 1), "text": remark.text, "lost": remark.lost}
            for remark in remarks
        ],
    }


def print_script(script: Script, folder: Path, remarks: list[Remark]) -> None:
    """Say what was built, and what the tester should look at."""
    console.print(f"[bold]{show(str(folder))}[/]: {len(script.steps)} steps", highlight=False)
    for remark in remarks:
        style = "red" if remark.lost else "yellow"
        line = f"[{style}]{remark.time_ms / 1e3:8.2f} s[/]  {show(remark.text)}"
        console.print(line, highlight=False, soft_wrap=True)
    lost = sum(remark.lost for remark in remarks)
    if lost:
        console.print(f"{lost} of these are not in the script: check it before you rely on it.")
