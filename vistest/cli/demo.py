"""`vistest demo`: the main job on four private screens."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from vistest.cli.output import console, print_json, show

if TYPE_CHECKING:
    from vistest.demo.story import Shown


def demo(
    out: Annotated[
        Path, typer.Option(help="Folder for recording, script, results and report.")
    ] = Path("out/demo"),
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Record galculator on one private screen, replay it on three others that look different."""
    from vistest.report import summary, write_html

    started_s = time.monotonic()
    folder = _fresh(out)
    console.quiet = as_json
    shown = _play(folder)
    report = folder / "report.html"
    write_html([folder / f"results-{name}" for name in shown], report)
    seconds = time.monotonic() - started_s
    if as_json:
        screens = {
            name: {"right": one.right, "display": one.display, **summary(one.result)}
            for name, one in shown.items()
        }
        print_json({"seconds": seconds, "report": str(report), "screens": screens})
    else:
        console.print(_table(shown))
        console.print(f"{seconds:.0f} s in all; report: {report}", soft_wrap=True)
    if not all(one.right for one in shown.values()):
        raise typer.Exit(1)


def _play(folder: Path) -> dict[str, Shown]:
    import os

    from vistest.core.clock import MonotonicClock
    from vistest.demo import screens, story
    from vistest.replayer import Locator, Replayer, ReplayOptions
    from vistest.vision.matching import Matcher
    from vistest.vision.parse import ScreenParser

    clock = MonotonicClock()
    recorded = screens.SCREENS[screens.RECORDED]
    console.print(f"recording on {screens.RECORDED} ({screens.WORDS[screens.RECORDED]}) ...")
    story.record(recorded, folder / "demo.vrec", clock)
    console.print("building the script ...")
    parser = ScreenParser.default()
    script = story.build(folder / "demo.vrec", folder / "demo.vistest", parser)
    replayer = Replayer(Locator(parser, Matcher()), clock, ReplayOptions(), os.environ)
    shown = {}
    for name, setup in screens.SCREENS.items():
        if name == screens.RECORDED:
            continue
        console.print(f"replaying {len(script.steps)} steps on {name} ({screens.WORDS[name]}) ...")
        shown[name] = story.replay(script, setup, folder / f"results-{name}", replayer, clock)
    return shown


def _fresh(out: Path) -> Path:
    """`out`, or `out-2`, `out-3`, ... if there is something: nothing is ever overwritten."""
    folder, number = out, 1
    while folder.exists():
        number += 1
        folder = out.with_name(f"{out.name}-{number}")
    folder.mkdir(parents=True)
    return folder


def _table(shown: dict[str, Shown]) -> Table:
    from vistest.demo.screens import WORDS
    from vistest.demo.story import FINAL

    table = Table("screen", "", "steps", "seconds", f"display (want {FINAL})", "", title="demo")
    for name, one in shown.items():
        passed = sum(step.status == "passed" for step in one.result.steps)
        table.add_row(
            name,
            WORDS[name],
            f"{passed}/{len(one.result.steps)}",
            f"{one.result.elapsed_ms / 1e3:.1f}",
            show(one.display, 20),
            "[green]right[/]" if one.right else f"[red]{show(one.result.reason or 'wrong')}[/]",
        )
    return table
