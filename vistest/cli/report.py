"""`vistest report`: results as a page, JUnit XML or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vistest.cli.output import console, print_json, show


def report(
    results: Annotated[
        list[Path], typer.Argument(help="Folders of results, or folders of such folders.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path(
        "report.html"
    ),
    junit: Annotated[Path | None, typer.Option(help="Also write JUnit XML here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Make one page of the results of one replay or of many."""
    from vistest.report import summary, write_html, write_junit
    from vistest.results import find_results, load_results

    folders = [found for folder in results for found in find_results(folder)]
    write_html(folders, output)
    if junit is not None:
        write_junit(folders, junit)
    runs = [load_results(folder) for folder in folders]
    if as_json:
        print_json({"report": str(output), "runs": [summary(run) for run in runs]})
        return
    for run in runs:
        reason = f": {run.reason}" if run.reason else ""
        console.print(show(f"{run.status:8} {run.script} on {run.device}{reason}"))
    console.print(f"report: {show(str(output))}", soft_wrap=True)
