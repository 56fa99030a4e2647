"""`vistest replay`: a script on a device."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vistest.cli.output import console, print_json, show

if TYPE_CHECKING:
    from vistest.replayer import Replayer
    from vistest.results.model import RunResult, StepResult

_MARKS = {
    "passed": "[green]passed [/]",
    "failed": "[red]failed [/]",
    "error": "[red]error  [/]",
    "skipped": "[dim]skipped[/]",
}


def replay(
    script: Annotated[Path, typer.Argument(help="A NAME.vistest folder or a .yaml file.")],
    device: Annotated[str, typer.Option(help="Where to replay it, for example x11::92.")],
    report: Annotated[
        Path | None, typer.Option(help="Folder for results and report.html; must be new.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for a step.")] = 15.0,
    allow_coordinates: Annotated[
        bool,
        typer.Option(help="Tap on the recorded, scaled place if a target is not found."),
    ] = False,
    no_launch: Annotated[
        bool, typer.Option("--no-launch", help="The application is running already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Replay a script: find its objects on another device and do the same there."""
    from vistest.devices import connect
    from vistest.report import summary, write_html, write_junit
    from vistest.script import load_script

    loaded = load_script(script)
    folder = report or _new_folder(loaded.name)
    replayer = _replayer(timeout, allow_coordinates, len(loaded.steps), quiet=as_json)
    with connect(device) as screen:
        result = replayer.run(loaded, screen, folder, launch=not no_launch)
    write_html([folder], folder / "report.html")
    write_junit([folder], folder / "junit.xml")
    if as_json:
        print_json({**summary(result), "results": str(folder)})
    else:
        _print_end(result, folder)
    if result.status != "passed":
        raise typer.Exit(1)


def _replayer(timeout_s: float, allow_coordinates: bool, steps: int, *, quiet: bool) -> Replayer:
    from vistest.core.clock import MonotonicClock
    from vistest.replayer import Locator, Replayer, ReplayOptions
    from vistest.vision.matching import Matcher
    from vistest.vision.parse import ScreenParser

    def tell(step: StepResult) -> None:
        if not quiet:
            _print_step(step, steps)

    options = ReplayOptions(timeout_s=timeout_s, allow_coordinates=allow_coordinates)
    locator = Locator(ScreenParser.default(), Matcher())
    return Replayer(locator, MonotonicClock(), options, os.environ, on_step=tell)


def _print_step(step: StepResult, steps: int) -> None:
    flags = f"  [yellow]{', '.join(step.flags)}[/]" if step.flags else ""
    number = f"{step.index + 1}/{steps}"
    console.print(
        f"{number:>7}  {_MARKS[step.status]}  {show(step.title, 80)}{flags}", highlight=False
    )
    if step.reason and step.status != "skipped":
        console.print(f"         {show(step.reason, 400)}", highlight=False, soft_wrap=True)


def _print_end(result: RunResult, folder: Path) -> None:
    seconds = result.elapsed_ms / 1e3
    console.print(f"{_MARKS[result.status].strip()} in {seconds:.1f} s", highlight=False)
    console.print(f"report: {folder / 'report.html'}", highlight=False, soft_wrap=True)


def _new_folder(name: str) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return Path("reports") / f"{name}-{stamp}"
