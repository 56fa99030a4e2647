"""`python -m models.data.build --screens N`: the data set that the detector is trained on."""

from __future__ import annotations

import itertools
import json
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Protocol, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from models.data.looks import EVALUATION_KIT_MODES
from models.data.native.screens import GtkRenderer, QtRenderer
from models.data.native.screens import draw_page as draw_native_page
from models.data.renderer import RenderError
from models.data.split import SPLITS, first_seed
from models.data.web.renderer import WebRenderer
from models.data.web.screens import android_plan, draw_page, game_plan, web_plan

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from models.data.looks import Look
    from models.data.pages.model import Page
    from models.data.renderer import PageRenderer


class Source(Protocol):
    """Draws the screens of a seed. One per thread; a context manager that ends its processes."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def draw(self, seed: int, folder: Path) -> int:
        """Draws what `folder` lacks of this seed and says how many screens that were.

        Raises:
            RenderError: these screens could not be drawn.
        """
        ...


class WebSource(AbstractContextManager["WebSource"]):
    """What the browser draws: pages and looks as `plan` makes them up."""

    def __init__(self, plan: Callable[[random.Random], tuple[Page, list[Look]]] = web_plan) -> None:
        self._renderer = WebRenderer()
        self._plan = plan

    def __exit__(self, *_: object) -> None:
        self._renderer.close()

    def draw(self, seed: int, folder: Path) -> int:
        return draw_page(self._renderer, seed, folder, self._plan)


class NativeSource(AbstractContextManager["NativeSource"]):
    """Forms of a native toolkit."""

    def __init__(self, kit: str, open_renderer: Callable[[], PageRenderer]) -> None:
        self._kit = kit
        self._renderer = open_renderer()

    def __exit__(self, *_: object) -> None:
        self._renderer.close()

    def draw(self, seed: int, folder: Path) -> int:
        return draw_native_page(self._renderer, seed, folder, self._kit)


SOURCES: dict[str, Callable[[], Source]] = {
    "web": WebSource,
    "game": partial(WebSource, game_plan),
    "android": partial(WebSource, android_plan),
    "qt": partial(NativeSource, "qt6", QtRenderer),
    "gtk": partial(NativeSource, "gtk3", GtkRenderer),
}
_held_out = partial(web_plan, kits=EVALUATION_KIT_MODES)


@dataclass
class Work:
    """Seeds handed out to threads until enough screens exist."""

    folder: Path
    first_seed: int
    wanted: int
    report: Callable[[int], None]

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.done = sum(1 for _ in self.folder.glob("*.json"))
        self.failures: list[str] = []
        self._seeds = itertools.count(self.first_seed, 2)
        self._lock = threading.Lock()

    def run(self, open_source: Callable[[], Source]) -> None:
        """Draws seed after seed. Called from several threads."""
        with open_source() as source:
            while (seed := self._next()) is not None:
                try:
                    drawn = source.draw(seed, self.folder)
                except RenderError as error:
                    self.failures.append(f"seed {seed}: {error}")
                    continue
                with self._lock:
                    self.done += drawn
                self.report(self.done)

    def _next(self) -> int | None:
        with self._lock:
            enough = self.done >= self.wanted or len(self.failures) > 20 + self.done / 20
            return None if enough else next(self._seeds)


def write_index(folder: Path) -> int:
    """`labels.jsonl`: the JSON files below `folder`, one a line, image paths relative to it."""
    count = 0
    with (folder / "labels.jsonl").open("w", encoding="utf-8") as index:
        for path in sorted(folder.rglob("*.json")):
            value = json.loads(path.read_text(encoding="utf-8"))
            value["image"] = str((path.parent / value["image"]).relative_to(folder))
            index.write(json.dumps(value, ensure_ascii=False) + "\n")
            count += 1
    return count


def main(
    out: Annotated[Path, typer.Option(help="folder of the data set; what is there is kept")],
    screens: Annotated[int, typer.Option(min=1, help="how many screens in the end")] = 1000,
    split: Annotated[
        str, typer.Option(help="training, layouts (unseen pages) or kits (unseen kits)")
    ] = "training",
    source: Annotated[str, typer.Option(help=", ".join(SOURCES))] = "web",
    jobs: Annotated[int, typer.Option(min=1, help="processes at the same time")] = 2,
) -> None:
    """Draws SCREENS labelled screens below OUT/SPLIT/SOURCE and writes OUT/SPLIT/labels.jsonl.

    Run it again to go on where it stopped. Even seeds are the training split, odd seeds pages of
    the same kits that training never sees; the split `kits` shows such pages in web kits that are
    for evaluation only.
    """
    name = next((name for name in SPLITS if name == split), None)
    if name is None or source not in SOURCES:
        raise typer.BadParameter(f"splits: {', '.join(SPLITS)}; sources: {', '.join(SOURCES)}")
    if name == "kits" and source != "web":
        raise typer.BadParameter("the split kits has web pages only")
    opened = partial(WebSource, _held_out) if name == "kits" else SOURCES[source]
    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(f"{source} screens", total=screens)
        work = Work(
            out / split / source,
            first_seed(name),
            screens,
            lambda done: progress.update(task, completed=done),
        )
        threads = [threading.Thread(target=work.run, args=(opened,)) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for failure in work.failures:
        console.print(failure, style="red", markup=False)
    total = write_index(out / split)
    console.print(f"{total} screens in {out / split / 'labels.jsonl'}", markup=False)
    raise typer.Exit(0 if work.done >= screens else 1)


if __name__ == "__main__":
    typer.run(main)
