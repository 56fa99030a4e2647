"""`python -m models.eval`: detectors side by side on sets of screens with known objects."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from models.eval.engines import OPERATING_THRESHOLD, engine
from models.eval.score import Score, find_all, score
from models.eval.sheet import failure_sheet
from models.eval.truth import sets_of, spread

console = Console(width=max(150, Console().width))  # the table is wide, also in a file


def main(
    model: Annotated[Path | None, typer.Option(help="Manifest; the package's by default.")] = None,
    screens: Annotated[Path | None, typer.Option(help="Rendered screens, any kits.")] = None,
    android_screens: Annotated[Path | None, typer.Option("--android", help="Real screens.")] = None,
    desktop: Annotated[Path | None, typer.Option(help="Of models.eval.desktop.")] = None,
    engines: Annotated[str, typer.Option(help="Of learned, contour, combined, ocr.")] = (
        "combined,learned,contour,ocr"
    ),
    most: Annotated[int, typer.Option(help="Screens of a set at most, evenly chosen.")] = 200,
    to: Annotated[Path | None, typer.Option(help="Folder for figures and failure sheets.")] = None,
) -> None:
    """Print a table; write the figures and failure sheets to a folder."""
    sets = {
        name: spread(examples, most)
        for name, examples in sets_of(screens, android_screens, desktop).items()
    }
    scores: dict[str, dict[str, Score]] = {}
    for engine_name in engines.split(","):
        detector = engine(engine_name, model)
        for set_name, examples in sets.items():
            found = find_all(detector, examples)
            scores.setdefault(set_name, {})[engine_name] = score(found, examples)
            if to is not None:
                to.mkdir(parents=True, exist_ok=True)
                sheet = to / f"misses-{set_name}-{engine_name}.png"
                failure_sheet(found, examples, OPERATING_THRESHOLD, sheet)
    console.print(table(scores))
    if to is not None:
        document = {s: {e: v.document() for e, v in by.items()} for s, by in scores.items()}
        (to / "scores.json").write_text(json.dumps(document, indent=1) + "\n")


def table(scores: dict[str, dict[str, Score]]) -> Table:
    """One row per set and engine."""
    made = Table("set", "engine", "screens", "mAP@.5", "mAP", "recall@.5", "text", "non-text")
    for name in ("clickable", "class right", "centre", "centre text", "clickable tapped"):
        made.add_column(name)
    for set_name, by_engine in scores.items():
        for engine_name, result in by_engine.items():
            shares = [
                *(result.recall50.get(k) for k in ("all", "text", "nontext", "clickable")),
                result.right_class50.get("all"),
                *(result.centre.get(k) for k in ("all", "text")),
                result.tapped.get("clickable"),
            ]
            figures = [result.map50, result.map50_95, *shares]
            cells = ["-" if figure is None else f"{figure:.3f}" for figure in figures]
            made.add_row(set_name, engine_name, str(result.screens), *cells)
    return made


typer.run(main)
