"""`python -m models.data.web`: draws pages of made-up applications in several looks."""

from __future__ import annotations

import os
import queue
import threading
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from models.data.renderer import RenderError
from models.data.web.crosslook import LOOKS, Split, draw, page_seed, plan
from models.data.web.renderer import WebRenderer


def main(
    out: Annotated[Path, typer.Option(help="folder for the screens; what is there is kept")],
    pages: Annotated[int, typer.Option(min=1, help="how many pages")] = 20,
    split: Annotated[str, typer.Option(help="tuning or reporting")] = "tuning",
    looks: Annotated[str, typer.Option(help="looks of each page, with commas")] = ",".join(LOOKS),
    jobs: Annotated[int, typer.Option(min=1, help="browsers at the same time")] = 1,
) -> None:
    """Draws PAGES pages in several looks, with labels that name the same element everywhere.

    Screens are OUT/SPLIT/SEED/LOOK.png with a .json beside each. Run it again to go on where it
    stopped; the same seed gives the same screen.
    """
    names = tuple(looks.split(","))
    if split not in ("tuning", "reporting") or not set(names) <= set(LOOKS):
        raise typer.BadParameter(f"splits: tuning, reporting; looks: {', '.join(LOOKS)}")
    seeds: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(pages):
        seeds.put(page_seed(cast("Split", split), number))
    failures: list[str] = []
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("pages", total=pages)

        def work() -> None:
            with WebRenderer() as renderer:
                while True:
                    try:
                        seed = seeds.get_nowait()
                    except queue.Empty:
                        return
                    folder = out / split / f"{seed:06}"
                    for shot in plan(seed, names):
                        try:
                            draw(renderer, seed, [shot], folder)
                        except RenderError as error:
                            failures.append(f"seed {seed}, {shot.name}: {error}")
                    progress.advance(task)

        os.nice(5)  # A workstation stays usable while this runs for an hour.
        threads = [threading.Thread(target=work) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for failure in failures:
        console.print(failure, style="red", markup=False)
    console.print(f"screens are in {out / split}", markup=False)
    raise typer.Exit(1 if failures else 0)


if __name__ == "__main__":
    typer.run(main)
